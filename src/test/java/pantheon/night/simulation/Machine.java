package pantheon.night.simulation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import pantheon.night.NightException;
import pantheon.night.agent.Agent;
import pantheon.night.agent.Ending;
import pantheon.night.batch.Books;
import pantheon.night.batch.Egress;
import pantheon.night.batch.Expectation;
import pantheon.night.batch.Night;
import pantheon.night.batch.NightContext;
import pantheon.night.batch.NightListener;
import pantheon.night.batch.NightResult;
import pantheon.night.batch.NightStart;
import pantheon.night.batch.StartListener;
import pantheon.night.batch.StartPlan;
import pantheon.night.batch.Window;
import pantheon.night.contract.Json;
import pantheon.night.journal.LogFolder;
import pantheon.night.journal.StateFolder;
import pantheon.night.local.preflight.EgressProof;
import pantheon.night.local.preflight.Evidence;
import pantheon.night.local.preflight.PreflightCheck;
import pantheon.night.outcome.FinishReason;
import pantheon.night.proof.SigningKey;
import pantheon.night.queue.Task;
import pantheon.night.workspace.Checkouts;
import pantheon.night.workspace.Workspace;
import pantheon.night.workspace.git.NightBranch;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A simulated machine with a repository, a queue and a state folder, on which nights run as on a real one: only the
 * five edges are stand-ins.
 */
final class Machine implements NightListener, Scene {
    /** What nights are signed with: always the same key, so that a seed gives the same bytes in every process. */
    private static final SigningKey KEY =
            SigningKey.ofPem("""
            -----BEGIN PRIVATE KEY-----
            MC4CAQAwBQYDK2VwBCIEI%s
            -----END PRIVATE KEY-----
            """.formatted("A".repeat(43))).orElseThrow();

    static final pantheon.night.journal.Machine MACHINE =
            new pantheon.night.journal.Machine(2, "simulated", 8_000_000_000L);

    /** A forecast as a night's second line has it. */
    private static final ObjectNode FORECAST = forecast();

    /** The evidence of a process that is confined; the tests' own is not. */
    static final EgressProof PROVEN =
            new EgressProof(List.of(new Evidence(PreflightCheck.SECCOMP, true, "as expected", true)));

    /** Signatures take more time than all the rest of a night, so most machines have no key. */
    private static final int SIGNED_ONE_IN = 5;

    /** Makes the seed of the order in which work ends; with one slot there is none to decide. */
    private static final long ORDER = 0x5107_5107L;

    /** Makes the seed of which tasks build on others, and of when people merge. */
    private static final long AFTER = 0xAF7E_AF7EL;

    /** Machines on which tasks build on others; each takes some nights more. */
    private static final int DEPENDENT_ONE_IN = 4;

    /** That a task has ended in a night. */
    record Told(String run, String task, FinishReason reason) {}

    private final Chance chance;
    private final Faults faults;
    private final SimulatedClock clock;
    private final SimulatedDisk disk;
    private final SimulatedGit git;
    private final SimulatedWatch watch;
    private final LateWrites late;
    private final SimulatedEngine engine;
    private final Path folder;
    private final UserRepository repository;
    private final Map<String, Agent> lying = new LinkedHashMap<>();
    private final Map<String, Agent> agents = new LinkedHashMap<>();
    private final List<Task> queue;
    private final Chance order;
    private final Chance people;
    private final boolean dependent;
    private final int slots;
    private final int attempts;
    private final int windowMinutes;
    private final int graceSeconds;
    private final @Nullable SigningKey key;
    private final List<Told> told = new ArrayList<>();
    private String run = "";

    Machine(long seed, Path template, Path folder) throws IOException {
        this.chance = new Chance(seed);
        this.faults = new Faults(chance.fork());
        this.clock = new SimulatedClock(chance.fork(), faults);
        this.disk = new SimulatedDisk(chance.fork(), faults);
        this.git = new SimulatedGit(chance.fork(), faults);
        this.watch = new SimulatedWatch(faults, clock);
        this.late = new LateWrites(faults, watch);
        this.engine = new SimulatedEngine(chance.fork(), faults, clock, watch, chance.of(List.of(0, 12, 12, 4, 1)));
        this.order = new Chance(seed ^ ORDER);
        this.people = new Chance(seed ^ AFTER);
        this.dependent = people.oneIn(DEPENDENT_ONE_IN);
        this.slots = order.of(List.of(1, 1, 1, 2, 3, 4));
        this.folder = folder;
        this.repository = UserRepository.copy(template, folder.resolve("workspace"));
        this.attempts = chance.of(List.of(2, 3, 5));
        this.windowMinutes = chance.of(List.of(0, 0, 3, 30)); // what is expected to outlast it waits for a longer one
        this.graceSeconds = chance.of(List.of(0, 10));
        layOutAgents(chance.below(Integer.MAX_VALUE), chance.of(List.of(0, 0, 5)), chance.of(List.of(0, 0, 4)));
        this.queue =
                IntStream.range(0, 1 + chance.below(5)).mapToObj(this::task).toList();
        this.key = chance.oneIn(SIGNED_ONE_IN) ? KEY : null;
    }

    private static ObjectNode forecast() {
        try (var golden = Objects.requireNonNull(Machine.class.getResourceAsStream("/golden/journal.jsonl"))) {
            return new String(golden.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(line -> Json.parse(line).get("data").path("night.forecast"))
                    .filter(JsonNode::isObject)
                    .map(JsonNode::asObject)
                    .findFirst()
                    .orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void layOutAgents(int lieSeed, int liesOneIn, int hangsOneIn) {
        var hangs = chance.fork();
        Agents.all().forEach((name, agent) -> {
            var liar = agent.over(tool -> new LyingTool(tool, lieSeed, liesOneIn));
            lying.put(name, liar);
            agents.put(name, liar.over(tool -> new SimulatedTool(tool, hangs, faults, clock, late, hangsOneIn)));
        });
    }

    private Task task(int number) {
        var input = Json.object();
        input.put("path", "file-%d.txt".formatted(chance.below(UserRepository.FILES)));
        input.put("line", chance.below(UserRepository.LINES));
        input.put("by", "task-" + number);
        return new Task(
                "task-" + number,
                chance.of(Agents.NAMES),
                input,
                chance.below(3),
                List.of(),
                null,
                null,
                dependent ? after(number) : List.of());
    }

    /** Some of those before it. */
    private List<String> after(int number) {
        return IntStream.range(0, number)
                .filter(earlier -> people.oneIn(3))
                .mapToObj(earlier -> "task-" + earlier)
                .toList();
    }

    /**
     * Starts the program once.
     *
     * @param calm whether all goes well
     * @return whether there was nothing left to do
     */
    boolean start(boolean calm) throws IOException {
        faults.turnOn(calm);
        clock.jumps(calm ? 0 : chance.of(List.of(0, 0, 0, 60)));
        try {
            return night() && !mergesMore();
        } catch (MachineOff e) {
            return false;
        } catch (NightException e) {
            expectFailure(e);
            return false;
        } catch (IllegalStateException e) {
            if (faults.isOff() || faults.had(Fault.BUG)) {
                return false;
            }
            throw e;
        } finally {
            if (faults.turnOff()) {
                disk.losePower();
                git.losePower();
            }
            disk.close();
            late.clear();
        }
    }

    /** Only what the faults explain may fail, and with the exit code that is theirs. */
    private void expectFailure(NightException e) {
        boolean disk = faults.had(Fault.WRITE_FAILED) || faults.had(Fault.SYNC_FAILED) || faults.had(Fault.DISK_FULL);
        boolean explained = switch (e.exitCode()) {
            case IO, CANT_CREATE -> disk;
            case UNAVAILABLE -> faults.had(Fault.ENGINE_LOST);
            case OK, USAGE, DATA, SOFTWARE, WORK_LEFT, EGRESS, CONFIG, INTERRUPTED, READER_LEFT, STOPPED -> false;
        };
        if (!explained && !faults.isOff()) {
            throw e;
        }
    }

    /** Once nothing else is left people merge, and what waited for it can be done. */
    private boolean mergesMore() throws IOException {
        return dependent && repository.merge(clock.now());
    }

    private boolean night() {
        try (var workspace = Workspace.open(repository.folder(), git)) {
            var books = new Books(disk, new LogFolder(log()), new StateFolder(folder), clock, key);
            var start = new NightStart(
                    books, workspace, ZoneOffset.UTC, this::isLeft, StartListener.none(), () -> "", null);
            return switch (start.plan(new NightStart.Queue(queue))) {
                case StartPlan.NothingToDo nothing -> true;
                case StartPlan.Refused refused -> throw refused.failure();
                case StartPlan.Ready plan -> {
                    night(start, plan, workspace);
                    yield false;
                }
            };
        }
    }

    /** Whether a night that could go on is left, once in a while. */
    private boolean isLeft() {
        boolean left = chance.oneIn(12);
        if (left) {
            faults.note("the night is left for a fresh one");
        }
        return left;
    }

    private void night(NightStart start, StartPlan.Ready plan, Workspace workspace) {
        run = plan.run();
        try (var books = start.open(plan)) {
            var window = window();
            faults.onStop(window::stop);
            var egress = new Egress(() -> PROVEN, () -> PROVEN);
            egress.prove();
            var context = new NightContext(
                    plan,
                    new NightContext.Program(
                            "simulated", "0".repeat(64), agents, Map.of(SimulatedEngine.NAME, engine), egress),
                    new NightContext.Site(workspace, UserRepository.AUTHOR, new StateFolder(folder), checkouts()),
                    books,
                    new NightContext.Room(slots, new SimulatedHands(order, watch)),
                    new NightContext.Bounds(clock, window, watch, attempts, 0, NightContext.Budget.ANY),
                    new Expectation(MACHINE, chance.oneIn(3) ? FORECAST : null));
            new Night(context, this).run();
        }
    }

    private Path checkouts() {
        return new StateFolder(folder).checkouts();
    }

    private Window window() {
        var end = windowMinutes == 0 ? null : clock.instant().plus(Duration.ofMinutes(windowMinutes));
        return new Window(clock, end, Duration.ofSeconds(graceSeconds));
    }

    /** What may have happened until the program is started again. */
    void pause() throws IOException {
        if (chance.oneIn(4)) {
            scribble();
        }
        clock.pass(Duration.ofMinutes(chance.below(600)));
        if (chance.oneIn(16)) {
            faults.note("the user commits");
            repository.work(clock.now());
        }
        if (dependent && people.oneIn(3)) {
            faults.note("the user merges");
            repository.merge(clock.now());
        }
        boolean killedAtTheBranch = !run.isEmpty() && chance.oneIn(4);
        if (killedAtTheBranch && Files.exists(log().resolve(run + ".jsonl"))) { // no night, no branch
            leaveLock(NightBranch.of(run));
        }
    }

    /** A process that is killed while it checks out, or a tool, leaves anything in the checkout. */
    private void scribble() throws IOException {
        for (int slot = 1; slot <= slots; slot++) {
            for (var checkout : Checkouts.in(checkouts().resolve("slot-" + slot))) {
                Files.writeString(checkout.resolve("file-0.txt"), "half a fi");
                Files.createDirectories(checkout.resolve("left/behind"));
            }
        }
    }

    /** A process that is killed while it moves a branch leaves its lock. */
    private void leaveLock(NightBranch branch) throws IOException {
        var lock = repository.folder().resolve(".git/refs/heads/%s.lock".formatted(branch.name()));
        Files.createDirectories(lock.getParent());
        if (!Files.exists(lock)) {
            Files.createFile(lock);
        }
    }

    @Override
    public void nightStarted(String run, int tasks) {}

    @Override
    public void nightResumed(String run, Map<FinishReason, Integer> finished, int left) {}

    @Override
    public void taskFinished(Task task, Ending ending) {
        told.add(new Told(run, task.id(), ending.reason()));
    }

    @Override
    public void nightFinished(NightResult result) {}

    /** What somebody outside was told of tasks' endings. */
    @Override
    public List<Told> told() {
        return told;
    }

    /** Whatever was told up to now need not be true any more. */
    void forget() {
        told.clear();
    }

    /** Puts the branch of a night behind the last of some commits; without one there is no branch. */
    void putBranch(String night, List<String> commits) throws IOException {
        var ref = repository.folder().resolve(".git/refs/heads/night").resolve(night);
        if (commits.isEmpty()) {
            Files.deleteIfExists(ref);
        } else {
            Files.writeString(ref, commits.getLast() + "\n");
        }
    }

    /** How many tasks may be under way beside one another. */
    @Override
    public int slots() {
        return slots;
    }

    /** How often a task may be begun. */
    @Override
    public int attempts() {
        return attempts;
    }

    @Override
    public List<Task> queue() {
        return queue;
    }

    /** The agents that a replay runs: their tools lie as they did, and do not hang. */
    @Override
    public Map<String, Agent> replayed() {
        return lying;
    }

    @Override
    public UserRepository repository() {
        return repository;
    }

    /** The key that its nights are signed with; empty where they are not. */
    @Override
    public Optional<SigningKey> key() {
        return Optional.ofNullable(key);
    }

    @Override
    public Path folder() {
        return folder;
    }

    /**
     * Whether a sync failed and the power went later. The last line of a night that nobody goes on with may then be
     * gone; all that it says is told by the lines before it.
     */
    @Override
    public boolean hasLostLines() {
        return faults.hadOnce(Fault.SYNC_FAILED) && faults.hadOnce(Fault.POWER_LOST);
    }

    @Override
    public boolean isShared() {
        return false;
    }

    /** Whether something went wrong at any start that is told with these words. */
    boolean happened(String words) {
        return schedule().stream().anyMatch(line -> line.contains(words));
    }

    List<String> schedule() {
        return faults.schedule();
    }
}
