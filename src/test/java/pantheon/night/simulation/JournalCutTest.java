package pantheon.night.simulation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import pantheon.night.SetClock;
import pantheon.night.disk.FileTree;
import pantheon.night.journal.EventType;
import pantheon.night.journal.Journal;
import pantheon.night.past.History;

/** The journal of a whole night, cut off anywhere: the night goes on, and all that must be true is true. */
final class JournalCutTest {
    private static final int LAST_BYTES = 4096;

    private Simulation simulation;
    private Machine machine;
    private Path journal;
    private byte[] whole;
    private final List<Integer> ends = new ArrayList<>(List.of(0));

    @BeforeEach
    void run_a_night() throws IOException {
        simulation = Simulation.inMemory();
        long seed = 0;
        do {
            machine = simulation.run(seed++);
        } while (!isOneNightWithCommits(machine));
        journal = History.journals(machine.log()).getFirst();
        whole = Files.readAllBytes(journal);
        Simulation.copy(machine.artifacts(), artifacts());
        for (int i = 0; i < whole.length; i++) {
            if (whole[i] == '\n') {
                ends.add(i + 1);
            }
        }
    }

    private static boolean isOneNightWithCommits(Machine machine) {
        var journals = History.journals(machine.log());
        return journals.size() == 1
                && Chronicle.read(journals.getFirst(), "")
                                .of(EventType.COMMIT_MADE)
                                .size()
                        >= 3;
    }

    @AfterEach
    void tidy_up() {
        simulation.close();
    }

    @Test
    void at_every_byte_of_its_last_4_KiB_it_can_be_gone_on_with_and_half_a_line_is_told_of() throws IOException {
        var run = Journal.run(journal);
        for (int length = whole.length; length >= Math.max(0, whole.length - LAST_BYTES); length--) {
            Files.write(journal, Arrays.copyOf(whole, length));
            var resumed = Journal.resume(machine.log(), run, new SetClock(Instant.EPOCH));
            resumed.journal().close();
            int kept = lastEnd(length);
            assertEquals(length - kept, resumed.cutBytes(), "cut at " + length);
            assertArrayEquals(Arrays.copyOf(whole, kept), Files.readAllBytes(journal), "cut at " + length);
        }
    }

    @Test
    void behind_every_line_and_within_every_line_the_night_goes_on_to_its_end() throws IOException {
        for (int line = 1; line < ends.size(); line++) {
            int end = ends.get(line);
            int before = ends.get(line - 1);
            goesOn(end, false);
            goesOn(before + (end - before) / 2, false);
            if (announces(before, end)) {
                goesOn(end, true);
            }
        }
    }

    /** The artifacts as the night left them. */
    private Path artifacts() {
        return machine.folder().resolve("artifacts-of-the-night");
    }

    private int lastEnd(int length) {
        return ends.stream().filter(end -> end <= length).max(Integer::compare).orElseThrow();
    }

    private boolean announces(int from, int to) {
        return new String(whole, from, to - from, StandardCharsets.UTF_8).contains(EventType.COMMIT_INTENDED.type());
    }

    /** @param made whether a commit that the last line announces has been made */
    private void goesOn(int length, boolean made) throws IOException {
        for (var other : History.journals(machine.log())) {
            Files.delete(other);
        }
        FileTree.remove(machine.artifacts());
        Simulation.copy(artifacts(), machine.artifacts());
        Files.write(journal, Arrays.copyOf(whole, lastEnd(length)));
        var commits = Chronicle.read(journal, "").values(EventType.COMMIT_MADE, "night.commit");
        Files.write(journal, whole);
        var all = Chronicle.read(journal, "").values(EventType.COMMIT_MADE, "night.commit");
        machine.putBranch(Journal.run(journal), all.subList(0, commits.size() + (made ? 1 : 0)));
        Files.write(journal, Arrays.copyOf(whole, length));
        machine.forget();
        int starts = 0;
        while (!machine.start(true)) {
            assertTrue(++starts < 10, "cut at " + length);
        }
        Invariants.check(machine);
    }
}
