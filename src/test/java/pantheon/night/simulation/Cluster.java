package pantheon.night.simulation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import pantheon.night.contract.Json;
import pantheon.night.journal.Shard;
import pantheon.night.past.History;
import pantheon.night.queue.Split;
import pantheon.night.queue.Task;

/**
 * A queue in shards on machines that share a file system, and a scheduler that starts a shard again where it takes its
 * machine for dead, rightly or not.
 */
final class Cluster {
    /** A shard's machines may be dead one after the other; after some all goes well. */
    private static final int STARTS = 40;

    private static final int AT_ONCE = 3;

    private final Chance chance;
    private final World world;
    private final UserRepository repository;
    private final Person person;
    private final List<SimulatedShard> shards;
    private final List<String> notes = new ArrayList<>();
    private final int faulty;
    private final int startsOneIn;
    private final int commitsOneIn;

    private Cluster(long seed, Path template, Path folder) throws IOException {
        this.chance = new Chance(seed);
        this.world = new World(chance.fork());
        this.repository = UserRepository.copy(template, folder.resolve("workspace"));
        this.person = new Person(repository.folder());
        this.faulty = chance.scaled(2) + 1;
        this.startsOneIn = chance.of(List.of(8, 40, 200));
        this.commitsOneIn = chance.of(List.of(0, 0, 0, 12));
        var queue = IntStream.range(0, 1 + chance.below(6)).mapToObj(this::task).toList();
        int count = chance.of(List.of(1, 1, 2));
        int slots = chance.of(List.of(1, 1, 2));
        var split = new Split(task -> Objects.requireNonNull(Agents.all().get(task.agent())), count);
        this.shards = IntStream.range(0, count)
                .mapToObj(index -> new Shard(index, count))
                .map(shard -> new SimulatedShard(
                        shard, repository, folder.resolve(shard.mark()), split.of(queue, shard), slots, 5))
                .toList();
    }

    private Task task(int number) {
        var input = Json.object();
        input.put("path", "file-%d.txt".formatted(chance.below(UserRepository.FILES)));
        input.put("line", chance.below(UserRepository.LINES));
        input.put("by", "task-" + number);
        return new Task("task-" + number, chance.of(Agents.NAMES), input, chance.below(3), List.of());
    }

    /** Runs a seed's cluster until its queue is done, and checks it. */
    static Cluster run(long seed, Path template, Path folder) {
        Cluster cluster = null;
        try {
            cluster = new Cluster(seed, template, folder);
            cluster.run();
            cluster.check();
            return cluster;
        } catch (Error | RuntimeException | IOException e) {
            throw new AssertionError(story(seed, cluster, e), e);
        } finally {
            if (cluster != null) {
                cluster.world.end();
            }
        }
    }

    private static String story(long seed, @Nullable Cluster cluster, Throwable e) {
        var story = new StringBuilder("seed %d of owners: %s\n".formatted(seed, e.getMessage()));
        if (cluster != null) {
            cluster.schedule().forEach(line -> story.append("  ").append(line).append('\n'));
            for (var shard : cluster.shards) {
                for (var journal : History.journals(shard.log())) {
                    story.append('\n').append(journal).append('\n').append(Simulation.text(journal));
                }
            }
        }
        return story.toString();
    }

    private void run() throws IOException {
        for (var shard : shards) {
            Files.createDirectories(shard.folder());
            shard.onCommit(() -> {
                if (commitsOneIn > 0 && chance.oneIn(4)) {
                    commitByHand(shard);
                }
            });
        }
        do {
            for (var shard : shards) {
                schedule(shard);
            }
        } while (world.goOn());
    }

    private void schedule(SimulatedShard shard) {
        if (shard.isDone()) {
            return;
        }
        long alive = shard.owners().stream().filter(owner -> !owner.hasEnded()).count();
        if (alive == 0 || (alive < AT_ONCE && shard.owners().size() < faulty + 2 && chance.oneIn(startsOneIn))) {
            start(shard);
        }
        if (commitsOneIn > 0 && chance.oneIn(commitsOneIn)) {
            commitByHand(shard);
        }
    }

    private void commitByHand(SimulatedShard shard) {
        try {
            if (shard.owners().size() < faulty && person.commit(shard.shard().mark())) {
                shard.share();
                notes.add("a person commits behind owner " + shard.owners().size());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void start(SimulatedShard shard) {
        int before = shard.owners().size();
        if (before > STARTS) {
            throw new AssertionError(
                    "%s is not done after %d starts".formatted(shard.shard().words(), before));
        }
        var owner = new ShardOwner(shard, chance.fork(), world, before >= faulty);
        shard.owners().add(owner);
        world.pass(Duration.ofSeconds(chance.below(30)));
        world.begin(owner::run);
    }

    private void check() throws IOException {
        repository.assertUntouched();
        person.assertKept();
        for (var shard : shards) {
            Invariants.check(shard);
        }
    }

    /** Whether something happened that is told with these words. */
    boolean happened(String words) {
        return schedule().stream().anyMatch(line -> line.contains(words));
    }

    List<String> schedule() {
        var lines = new ArrayList<>(notes);
        for (var shard : shards) {
            for (int i = 0; i < shard.owners().size(); i++) {
                var name = "%s, owner %d: ".formatted(shard.shard().words(), i + 1);
                shard.owners().get(i).schedule().forEach(line -> lines.add(name + line));
            }
        }
        return lines;
    }
}
