package pantheon.night.batch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import pantheon.night.ExitCode;
import pantheon.night.NightException;
import pantheon.night.journal.Journal;
import pantheon.night.journal.LogFolder;
import pantheon.night.journal.StateFolder;
import pantheon.night.past.History;
import pantheon.night.past.Retention;
import pantheon.night.workspace.Workspace;

/** A journal of an ended night that is no longer what it was: nothing is done again before a person has decided. */
final class LostLinesTest {
    private static final Map<String, UnaryOperator<byte[]>> LOSSES = Map.of(
            "emptied", journal -> new byte[0],
            "zero-filled", journal -> new byte[journal.length],
            "half of its first line", journal -> Arrays.copyOf(journal, 100),
            "its first line alone", journal -> firstLines(journal, 1),
            "without its last line", journal -> firstLines(journal, lines(journal) - 1),
            "cut in the middle of a line", journal -> Arrays.copyOf(journal, firstLines(journal, 6).length - 20),
            "cut at a line's end", journal -> firstLines(journal, 6),
            "a line doubled", journal -> put(journal, 5, line(journal, 5), line(journal, 5)),
            "two lines swapped", journal -> put(journal, 5, line(journal, 6), line(journal, 5)),
            "the end in zeros", journal -> Arrays.copyOf(firstLines(journal, 6), journal.length));

    @TempDir
    private Path folder = Path.of("");

    private SmallNight night = SmallNight.in(folder);

    @BeforeEach
    void one_night_has_ended() throws IOException {
        night = SmallNight.layOut(folder, 4);
        assertEquals(List.of("task-0 accepted", "task-1 accepted"), night.run(SmallNight.tasks(2), SmallNight.rule()));
    }

    static List<String> losses() {
        return LOSSES.keySet().stream().sorted().toList();
    }

    private static long lines(byte[] journal) {
        return new String(journal, java.nio.charset.StandardCharsets.UTF_8)
                .lines()
                .count();
    }

    private static byte[] firstLines(byte[] journal, long lines) {
        int end = 0;
        for (long line = 0; line < lines; end++) {
            line += journal[end] == '\n' ? 1 : 0;
        }
        return Arrays.copyOf(journal, end);
    }

    private static byte[] line(byte[] journal, long number) {
        return Arrays.copyOfRange(journal, firstLines(journal, number - 1).length, firstLines(journal, number).length);
    }

    /** Puts two lines in the place of the two that begin with a number, or of the one that both are. */
    private static byte[] put(byte[] journal, long number, byte[] first, byte[] second) {
        long places = Arrays.equals(first, second) ? 1 : 2;
        var whole = new java.io.ByteArrayOutputStream();
        whole.writeBytes(firstLines(journal, number - 1));
        whole.writeBytes(first);
        whole.writeBytes(second);
        whole.writeBytes(Arrays.copyOfRange(journal, firstLines(journal, number - 1 + places).length, journal.length));
        return whole.toByteArray();
    }

    private void lose(Path journal, String how) throws IOException {
        Files.write(journal, java.util.Objects.requireNonNull(LOSSES.get(how)).apply(Files.readAllBytes(journal)));
    }

    /** What the report of a night leaves. */
    private void report(String outcome) throws IOException {
        var report = Files.createDirectories(folder.resolve("reports").resolve(Journal.run(night.journal())));
        Files.writeString(report.resolve("summary.json"), "{\"outcome\": \"%s\"}".formatted(outcome));
    }

    private void nothingIsBegun() {
        var refused = assertThrows(NightException.class, () -> night.run(SmallNight.tasks(4), SmallNight.rule()));
        assertEquals(ExitCode.DATA, refused.exitCode(), refused.getMessage());
        assertTrue(String.valueOf(refused.getMessage()).contains("prune --broken"), refused.getMessage());
    }

    private Retention retention() {
        return new Retention(
                new LogFolder(night.log()), new StateFolder(folder), SmallNight.CLOCK, new ArrayList<String>()::add);
    }

    private void setAside(Path journal) {
        try (var workspace = Workspace.open(folder.resolve("workspace"))) {
            retention().setAside(retention().broken(journal, workspace).orElseThrow());
        }
        assertEquals(List.of("task-3 accepted"), later(), "what was committed is not done again");
    }

    /** What is run of four tasks, the first three of which were committed or have been by then. */
    private List<String> later() {
        return night.run(SmallNight.tasks(4), SmallNight.rule()).stream()
                .filter(ran -> !ran.startsWith("task-2"))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("losses")
    void of_an_older_night(String how) throws IOException {
        var older = night.journal();
        night.run(SmallNight.tasks(3), SmallNight.rule());
        lose(older, how);
        nothingIsBegun();
        setAside(older);
        assertEquals(3, History.of(night.log()).runs().size());
    }

    @ParameterizedTest
    @MethodSource("losses")
    void of_the_newest_night_that_has_a_report(String how) throws IOException {
        report("done");
        var newest = night.journal();
        lose(newest, how);
        nothingIsBegun();
        setAside(newest);
        assertEquals(2, History.of(night.log()).runs().size());
    }

    @Test
    void a_journal_that_was_removed_is_missed() throws IOException {
        var older = night.journal();
        night.run(SmallNight.tasks(3), SmallNight.rule());
        Files.delete(older);
        nothingIsBegun();
        setAside(older);
        assertEquals(3, History.of(night.log()).runs().size());
    }

    @Test
    void so_is_that_of_the_newest_night() throws IOException {
        report("done");
        var newest = night.journal();
        Files.delete(newest);
        nothingIsBegun();
        setAside(newest);
        assertEquals(2, History.of(night.log()).runs().size());
    }

    /** As where it is removed while the night runs: nobody can write a report then. */
    @Test
    void so_is_one_of_a_night_that_has_artifacts_and_no_report() throws IOException {
        var newest = night.journal();
        Files.delete(newest);
        nothingIsBegun();
        setAside(newest);
        assertEquals(2, History.of(night.log()).runs().size());
    }

    @Test
    void an_older_copy_in_its_place_is_noticed() throws IOException {
        report("done");
        var older = night.journal();
        var copy = Files.readAllBytes(older);
        Files.write(older, firstLines(copy, 5));
        assertEquals(
                ExitCode.DATA,
                assertThrows(NightException.class, () -> night.run(SmallNight.tasks(4), SmallNight.rule()))
                        .exitCode());
        Files.write(older, copy);
        assertEquals(List.of("task-2 accepted", "task-3 accepted"), night.run(SmallNight.tasks(4), SmallNight.rule()));
    }

    @Test
    void a_night_that_failed_still_goes_on() throws IOException {
        report("failed");
        assertEquals(List.of("task-2 accepted"), night.run(SmallNight.tasks(3), SmallNight.rule()));
    }

    @Test
    void a_copy_under_another_nights_name_is_no_night() throws IOException {
        var journal = night.journal();
        var copy = Files.copy(journal, journal.resolveSibling("20261124-220000.jsonl"));
        var refused = assertThrows(NightException.class, () -> night.run(SmallNight.tasks(4), SmallNight.rule()));
        assertEquals(ExitCode.DATA, refused.exitCode());
        assertTrue(
                refused.getMessage().startsWith(copy + " tells of night " + Journal.run(journal)),
                refused.getMessage());
        Files.delete(copy);
        assertEquals(List.of("task-2 accepted", "task-3 accepted"), night.run(SmallNight.tasks(4), SmallNight.rule()));
    }
}
