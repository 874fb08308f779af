package pantheon.night.simulation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;
import java.util.PrimitiveIterator;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import pantheon.night.contract.Sha256;
import pantheon.night.disk.FileTree;
import pantheon.night.past.History;

/** A seed's simulation: a machine is started until its queue is done, then everything is checked. */
final class Simulation implements AutoCloseable {
    /** A calm machine ends in a night or two; what the night cut off takes attempts. */
    private static final int STARTS = 30;

    /** How many failures are told in full. */
    private static final int STORIES = 3;

    private final Path base;
    private final Path template;

    private Simulation(Path base, Path template) {
        this.base = base;
        this.template = template;
    }

    /** In memory where the system has a file system for that. */
    static Simulation inMemory() throws IOException {
        var memory = Path.of("/dev/shm");
        var folder = Files.isWritable(memory) ? memory : Path.of(System.getProperty("java.io.tmpdir"));
        // All as long as each other: where a write is torn hangs on how long a message is that names a path.
        return at(folder.resolve(
                "nights-%08x".formatted(ThreadLocalRandom.current().nextInt())));
    }

    /** In a folder that is made, and removed in the end. */
    static Simulation at(Path base) throws IOException {
        Files.createDirectory(base);
        var template = base.resolve("template");
        UserRepository.layOut(template);
        return new Simulation(base, template);
    }

    /** What the first seed fails of those from 0 on, empty where all pass. */
    static Optional<String> firstFailure(int seeds) throws IOException {
        return firstFailure(seeds, Simulation::run);
    }

    /** The same of clusters, on which a shard has several owners. */
    static Optional<String> firstFailureOfOwners(int seeds) throws IOException {
        return firstFailure(seeds, Simulation::cluster);
    }

    private static Optional<String> firstFailure(int seeds, BiConsumer<Simulation, Long> run) throws IOException {
        try (var simulation = inMemory()) {
            for (long seed = 0; seed < seeds; seed++) {
                run.accept(simulation, seed);
            }
            return Optional.empty();
        } catch (AssertionError e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    /** The stories of the seeds that fail, one after the other; empty where all pass. */
    String failures(LongStream seeds) throws InterruptedException {
        return failures(seeds, this::run);
    }

    /** The same of clusters, on which a shard has several owners. */
    String failuresOfOwners(LongStream seeds) throws InterruptedException {
        return failures(seeds, this::cluster);
    }

    private String failures(LongStream seeds, BiConsumer<Long, Path> run) throws InterruptedException {
        var next = seeds.iterator();
        var failures = new ConcurrentSkipListMap<Long, String>();
        var workers = new ArrayList<Thread>();
        // A machine waits for its journal's readers and its disk; half as many more keep the processors busy.
        int machines = Math.ceilDiv(3 * Runtime.getRuntime().availableProcessors(), 2);
        for (int i = 0; i < machines; i++) {
            var folder = base.resolve("machine-" + i);
            workers.add(Thread.ofPlatform().start(() -> work(folder, next, failures, run)));
        }
        for (var worker : workers) {
            worker.join();
        }
        return failures.values().stream().limit(STORIES).collect(Collectors.joining("\n"))
                + (failures.isEmpty() ? "" : "failed: " + failures.keySet());
    }

    private void work(
            Path folder, PrimitiveIterator.OfLong seeds, Map<Long, String> failures, BiConsumer<Long, Path> run) {
        while (true) {
            long seed;
            synchronized (seeds) {
                if (!seeds.hasNext()) {
                    return;
                }
                seed = seeds.next();
            }
            try {
                run.accept(seed, folder);
            } catch (AssertionError e) {
                failures.put(seed, String.valueOf(e.getMessage()));
            }
        }
    }

    /** Runs a seed's nights on a machine of its own, which takes the place of the last one. */
    Machine run(long seed) {
        return run(seed, base.resolve("machine"));
    }

    /** Runs a seed's cluster. */
    Cluster cluster(long seed) {
        return cluster(seed, base.resolve("machine"));
    }

    private Cluster cluster(long seed, Path folder) {
        delete(folder);
        try {
            return Cluster.run(seed, template, Files.createDirectory(folder));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @param folder is made anew; the same one again and again, since much is remembered of a path */
    private Machine run(long seed, Path folder) {
        Machine machine = null;
        try {
            delete(folder);
            machine = new Machine(seed, template, Files.createDirectory(folder));
            int starts = 0;
            int faulty = new Chance(~seed).scaled(3);
            while (!machine.start(starts >= faulty)) {
                machine.repository().assertUntouched();
                if (++starts > STARTS) {
                    throw new AssertionError("the queue is not done after %d starts".formatted(starts));
                }
                machine.pause();
            }
            Invariants.check(machine);
            return machine;
        } catch (Error | RuntimeException | IOException e) {
            throw new AssertionError(story(seed, machine, e), e);
        }
    }

    private static String story(long seed, @Nullable Machine machine, Throwable e) {
        var story = new StringBuilder("seed %d: %s\n".formatted(seed, e.getMessage()));
        story.append("Run it again: mvn -B -q test -Dtest=SimulationTest -Dsimulation.seed=%d\n\n".formatted(seed));
        story.append("What went wrong:\n");
        if (machine != null) {
            machine.schedule().forEach(line -> story.append("  ").append(line).append('\n'));
            for (var journal : History.journals(machine.log())) {
                story.append('\n').append(journal).append('\n').append(text(journal));
            }
        }
        return story.toString();
    }

    static String text(Path journal) {
        try {
            return new String(Files.readAllBytes(journal), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return e.toString();
        }
    }

    /** Copies a folder to where there is none. */
    static void copy(Path from, Path to) throws IOException {
        try (var files = Files.walk(from)) {
            for (var file : (Iterable<Path>) files::iterator) {
                Files.copy(file, to.resolve(from.relativize(file)));
            }
        }
    }

    /** The SHA-256 over all the journals of some seeds; the same in every process, in the same folder. */
    String digest(LongStream seeds) {
        var journals = new StringBuilder();
        seeds.forEach(seed -> History.journals(run(seed).log())
                .forEach(journal ->
                        journals.append(journal.getFileName()).append('\n').append(text(journal))));
        return Sha256.hex(journals.toString());
    }

    private static void delete(Path folder) {
        try {
            FileTree.remove(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        delete(base);
    }
}
