package pantheon.night.simulation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import pantheon.night.NightException;
import pantheon.night.agent.Agent;
import pantheon.night.batch.Books;
import pantheon.night.batch.Egress;
import pantheon.night.batch.Expectation;
import pantheon.night.batch.Night;
import pantheon.night.batch.NightContext;
import pantheon.night.batch.NightListener;
import pantheon.night.batch.NightStart;
import pantheon.night.batch.StartListener;
import pantheon.night.batch.StartPlan;
import pantheon.night.batch.Window;
import pantheon.night.journal.LogFolder;
import pantheon.night.journal.StateFolder;
import pantheon.night.lease.Hold;
import pantheon.night.lease.LeaseListener;
import pantheon.night.lease.Leasing;
import pantheon.night.workspace.Workspace;
import pantheon.night.workspace.git.WriteSteps;

/** One start of the program for a shard, on a machine of its own: the scheduler takes the one before it for dead, or it is. */
final class ShardOwner {
    static final Duration LEASE = Duration.ofSeconds(10);

    private static final List<Fault> KINDS = List.of(
            Fault.NONE,
            Fault.NONE,
            Fault.NONE,
            Fault.KILLED,
            Fault.KILLED,
            Fault.STOPPED,
            Fault.STOPPED_TWICE,
            Fault.HUNG,
            Fault.ENGINE_LOST);

    private final SimulatedShard shard;
    private final Faults faults;
    private final SimulatedClock clock;
    private final SimulatedGit git;
    private final SimulatedWatch watch;
    private final SimulatedEngine engine;
    private final OwnerPace pace;
    private final Chance order;
    private final Map<String, Agent> agents = new LinkedHashMap<>();
    private Hold hold = Hold.ofThisMachine();
    private boolean lost;
    private boolean done;
    private boolean ended;

    ShardOwner(SimulatedShard shard, Chance chance, World world, boolean calm) {
        this.shard = shard;
        this.faults = new Faults(chance.fork(), KINDS);
        this.clock = new SimulatedClock(chance.fork(), faults);
        clock.passHere(world.now());
        clock.set(Duration.ofMinutes(chance.below(240) - 120L));
        world.add(clock);
        this.git = new SimulatedGit(chance.fork(), faults);
        this.watch = new SimulatedWatch(faults, clock);
        this.engine = new SimulatedEngine(chance.fork(), faults, clock, watch, calm ? 0 : 12);
        this.pace = new OwnerPace(chance.fork(), faults, clock, world, LEASE, calm);
        this.order = chance.fork();
        var late = new LateWrites(faults, watch);
        Agents.all()
                .forEach((name, agent) ->
                        agents.put(name, agent.over(tool -> new SimulatedTool(tool, order, faults, clock, late, 0))));
        faults.turnOn(calm);
        clock.jumps(calm ? 0 : chance.of(List.of(0, 200)));
        faults.onEffect(pace::at);
    }

    /** Runs it; what it throws nothing explains. */
    void run() {
        try {
            hold = leasing().take();
            held();
            hold.close();
        } catch (MachineOff e) {
            faults.note("killed");
        } catch (NightException e) {
            ended(e);
        } finally {
            faults.turnOff();
            close();
            ended = true;
        }
    }

    private void held() {
        try {
            night();
        } catch (NightException e) {
            throw hold.reason(e);
        }
    }

    /** As the program ends: the lease is given back where it is still this process's. */
    private void ended(NightException e) {
        faults.note("ends with %d: %s".formatted(e.exitCode().status(), e.getMessage()));
        Stream.of(e.getSuppressed()).forEach(before -> faults.note("before that: " + before.getMessage()));
        boolean explained = switch (e.exitCode()) {
            case WORK_LEFT -> true;
            case UNAVAILABLE -> faults.had(Fault.ENGINE_LOST);
            case OK, USAGE, DATA, SOFTWARE, CANT_CREATE, IO, EGRESS, CONFIG, INTERRUPTED, READER_LEFT, STOPPED -> false;
        };
        if (!explained) {
            throw e;
        }
        try {
            hold.close();
        } catch (MachineOff off) {
            faults.note("killed");
        }
    }

    private void close() {
        try {
            pace.files().close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Leasing leasing() {
        var listener = new LeaseListener() {
            @Override
            public void waits(String owner) {}

            @Override
            public void lost() {
                lost = true;
                faults.note("notices that it is overtaken");
            }
        };
        return new Leasing(new StateFolder(shard.folder()).lease(), LEASE, clock, () -> false, listener, pace);
    }

    /** The repository; where the process is killed nothing is tidied up. */
    private void night() {
        var workspace = Workspace.openAlone(
                shard.repository().folder(),
                (step, file) -> {
                    git.before(step, file);
                    if (step == WriteSteps.Step.ADD_COMMIT) {
                        shard.commits();
                    }
                    if (step == WriteSteps.Step.MOVE_BRANCH) {
                        hold.require();
                        faults.effect("behind the look");
                    }
                },
                hold.owner());
        try {
            night(workspace);
            workspace.close();
        } catch (MachineOff e) {
            killed(workspace);
            throw e;
        } catch (NightException e) {
            workspace.close();
            throw e;
        }
    }

    /** Lets go of the repository's files, and leaves in it what a process leaves that tidies nothing up. */
    private void killed(Workspace workspace) {
        var owned = shard.repository().folder().resolve(".git/pantheon-night");
        var aside = owned.resolveSibling("aside");
        try {
            if (Files.exists(owned)) {
                Files.move(owned, aside);
            }
            workspace.close();
            if (Files.exists(aside)) {
                Files.move(aside, owned);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void night(Workspace workspace) {
        var state = new StateFolder(shard.folder());
        var books = new Books(hold.disk(shard.log()), new LogFolder(shard.log()), state, clock, null);
        var start = new NightStart(
                books, workspace, ZoneOffset.UTC, () -> false, StartListener.none(), () -> "", shard.shard());
        switch (start.plan(new NightStart.Queue(shard.queue()))) {
            case StartPlan.NothingToDo nothing -> done = true;
            case StartPlan.Refused refused -> throw refused.failure();
            case StartPlan.Ready plan -> night(start, plan, workspace, state);
        }
    }

    private void night(NightStart start, StartPlan.Ready plan, Workspace workspace, StateFolder state) {
        var window = new Window(clock, null, Duration.ofSeconds(5));
        faults.onStop(window::stop);
        var egress = new Egress(() -> Machine.PROVEN, () -> Machine.PROVEN);
        egress.prove();
        var open = start.open(plan);
        var context = new NightContext(
                plan,
                new NightContext.Program(
                        "simulated", "0".repeat(64), agents, Map.of(SimulatedEngine.NAME, engine), egress),
                new NightContext.Site(workspace, UserRepository.AUTHOR, state, hold.checkouts(state.checkouts())),
                open,
                new NightContext.Room(shard.slots(), new SimulatedHands(order, watch)),
                new NightContext.Bounds(clock, window, watch, shard.attempts(), 0, NightContext.Budget.ANY),
                new Expectation(Machine.MACHINE, null));
        new Night(context, NightListener.all()).run();
        open.close();
    }

    /** Whether it found that nothing is left to do. */
    boolean isDone() {
        return done;
    }

    boolean hasEnded() {
        return ended;
    }

    /** Whether it noticed that another one took over. */
    boolean isLost() {
        return lost;
    }

    List<String> schedule() {
        return faults.schedule();
    }
}
