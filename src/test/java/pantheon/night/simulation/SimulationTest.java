package pantheon.night.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pantheon.night.journal.Journal;
import pantheon.night.outcome.FinishReason;
import pantheon.night.past.History;
import pantheon.night.workspace.git.WriteSteps;

/**
 * Whole nights on machines on which everything goes wrong that can.
 *
 * <p>{@code -Dsimulation.nights=100000} makes it the drill, {@code -Dsimulation.seed} repeats one night.
 */
final class SimulationTest {
    private static final int NIGHTS = Integer.getInteger("simulation.nights", 1_000);

    /** Seeds that failed once, a line each, with what they found. */
    private static final String FAILED_ONCE = "/simulation-seeds.txt";

    /** How many seeds are simulated in a second process. */
    private static final int SAME_SEEDS = 20;

    private static final Set<FinishReason> ENDINGS = EnumSet.of(
            FinishReason.ACCEPTED,
            FinishReason.NOT_ACCEPTED,
            FinishReason.SCHEMA_FAILURES,
            FinishReason.TOOL_TIMEOUT,
            FinishReason.TASK_TIMEOUT,
            FinishReason.IDENTICAL_CALLS,
            FinishReason.WINDOW_CLOSED,
            FinishReason.CONTEXT_FULL,
            FinishReason.STOPPED,
            FinishReason.CONFLICT,
            FinishReason.ATTEMPTS_SPENT);

    @Test
    void nothing_is_lost_and_nothing_is_done_twice_whatever_goes_wrong() throws IOException, InterruptedException {
        var seed = Long.getLong("simulation.seed");
        var seeds = seed == null ? LongStream.range(0, NIGHTS) : LongStream.of(seed);
        try (var simulation = Simulation.inMemory()) {
            assertEquals("", simulation.failures(seeds));
        }
    }

    @Test
    void seeds_that_failed_once_pass() throws IOException, InterruptedException {
        try (var simulation = Simulation.inMemory();
                var text = Objects.requireNonNull(SimulationTest.class.getResourceAsStream(FAILED_ONCE))) {
            var seeds = new String(text.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .mapToLong(line -> Long.parseLong(line.replaceFirst(" .*", "")));
            assertEquals("", simulation.failures(seeds));
        }
    }

    @Test
    void the_same_seed_gives_the_same_journals_byte_for_byte() throws IOException {
        try (var simulation = Simulation.inMemory()) {
            var others = new ArrayList<Map<String, String>>();
            for (long seed = 0; seed < 20; seed++) {
                var first = journals(simulation.run(seed));
                assertEquals(first, journals(simulation.run(seed)), "seed " + seed);
                assertFalse(others.contains(first), "another seed is another night");
                others.add(first);
            }
        }
    }

    /** In the same folder, since messages in a journal may name it. */
    @Test
    void another_process_gives_the_same_bytes(@TempDir Path temporary) throws IOException, InterruptedException {
        var folder = temporary.resolve("nights");
        var process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Digest.class.getName(),
                        folder.toString(),
                        String.valueOf(SAME_SEEDS))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        var there = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor());
        try (var simulation = Simulation.at(folder)) {
            assertEquals(simulation.digest(LongStream.range(0, SAME_SEEDS)), there.strip());
        }
    }

    private static Map<String, String> journals(Machine machine) throws IOException {
        var journals = new TreeMap<String, String>();
        for (var journal : History.journals(machine.log())) {
            journals.put(Journal.run(journal), Files.readString(journal));
        }
        assertFalse(journals.isEmpty());
        return journals;
    }

    /** Without them a night could pass for the wrong reason: because nothing happens in it. */
    @Test
    void every_kind_of_fault_and_of_ending_comes_about() throws IOException {
        var faults = new ArrayList<>(List.of(Fault.values()));
        faults.remove(Fault.NONE);
        var steps = EnumSet.allOf(WriteSteps.Step.class);
        var notes = new ArrayList<>(List.of("exit 143", "exit 70", "a tool that hung writes late"));
        try (var simulation = Simulation.inMemory()) {
            var endings = EnumSet.noneOf(FinishReason.class);
            for (long seed = 0; seed < 100 || (seed < 500 && !endings.containsAll(ENDINGS)); seed++) {
                var machine = simulation.run(seed);
                faults.removeIf(fault -> machine.happened(": %s at ".formatted(fault)));
                steps.removeIf(step -> machine.happened(" at %s of ".formatted(step)));
                notes.removeIf(machine::happened);
                machine.told().forEach(told -> endings.add(told.reason()));
            }
            assertEquals(List.of(), faults);
            assertEquals(Set.of(), steps, "steps of the workspace at which nothing went wrong");
            assertEquals(List.of(), notes);
            assertTrue(endings.containsAll(ENDINGS), endings.toString());
        }
    }
}
