package pantheon.night.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pantheon.night.ExitCode;
import pantheon.night.NightException;
import pantheon.night.contract.Sha256;
import pantheon.night.disk.Disk;
import pantheon.night.journal.NightEvent.CommitMade;

/** The journal while it is being written. */
final class JournalTest {
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-11-23T22:00:00.123456Z"));
    private static final Path GOLDEN = Path.of("src/test/resources/golden/journal.jsonl");

    @TempDir
    private Path folder;

    @Test
    void lines_equal_the_golden_file() throws IOException {
        var file = write(Events.all());
        if (Boolean.getBoolean("golden.update")) {
            Files.createDirectories(GOLDEN.getParent());
            Files.write(GOLDEN, Files.readAllBytes(file));
        }
        assertEquals(Files.readString(GOLDEN), Files.readString(file));
    }

    @Test
    void head_is_the_hash_of_the_last_line_and_changes_with_each() throws IOException {
        try (var journal = Journal.create(folder, "run", CLOCK)) {
            assertEquals(Journal.GENESIS, journal.head());
            for (var event : Events.all()) {
                journal.append(event);
                assertEquals(Sha256.hex(Files.readAllLines(journal.file()).getLast()), journal.head());
            }
        }
    }

    @Test
    void makes_its_folder_and_names_the_file_after_the_run() {
        try (var journal = Journal.create(folder.resolve("log/deep"), "20261123-220000", CLOCK)) {
            assertEquals(folder.resolve("log/deep/20261123-220000.jsonl"), journal.file());
            assertTrue(Files.exists(journal.file()));
        }
    }

    @Test
    void is_never_written_twice() throws IOException {
        var file = write(Events.all());
        var before = Files.readString(file);
        var refused = assertThrows(NightException.class, () -> Journal.create(folder, "run", CLOCK));
        assertEquals(ExitCode.CANT_CREATE, refused.exitCode());
        assertEquals(
                file + " exists already, and a journal is never written twice. Start the night again.",
                refused.getMessage());
        assertEquals(before, Files.readString(file));
    }

    @Test
    void says_what_to_do_where_the_folder_cannot_be_made() throws IOException {
        var taken = Files.writeString(folder.resolve("taken"), "a file");
        var refused = assertThrows(NightException.class, () -> Journal.create(taken, "run", CLOCK));
        assertEquals(ExitCode.CANT_CREATE, refused.exitCode());
        assertTrue(refused.getMessage().startsWith(taken + " "), refused.getMessage());
    }

    @Test
    void an_event_that_breaks_its_schema_is_our_bug_and_is_not_written() throws IOException {
        try (var journal = Journal.create(folder, "run", CLOCK)) {
            var broken = new CommitMade("doc-1", "no commit", "night/x", "a1".repeat(20), "f6".repeat(32), false, null);
            var bug = assertThrows(IllegalStateException.class, () -> journal.append(broken));
            assertTrue(String.valueOf(bug.getMessage()).contains("night.commit"));
            assertThrows(IllegalStateException.class, () -> journal.append(Events.checkFinished("", "no task")));
            journal.append(Events.checkFinished("doc-1", "a good one"));
        }
        assertEquals(1, read().size());
    }

    @Test
    void any_text_comes_back_as_it_was() {
        var texts = List.of(
                "line\nend\r\n\u2028\u2029\u0085",
                "\u0000\u001b[31m\u007f",
                "<|im_end|>",
                "\ud83d\ude00",
                "half \ud83d a pair",
                "the other half \ude00",
                "\\ud83d written out",
                "\"quoted\\\"");
        write(texts.stream().map(text -> Events.checkFinished("doc-1", text)).toList());
        assertEquals(
                texts,
                read().stream()
                        .map(entry -> EventCodec.data(entry.event())
                                .get("night.message")
                                .stringValue())
                        .toList());
    }

    @Test
    void an_interrupted_thread_can_still_write() {
        try (var journal = Journal.create(folder, "run", CLOCK)) {
            Thread.currentThread().interrupt();
            journal.append(Events.of(EventType.NIGHT_STARTED));
            journal.append(Events.of(EventType.NIGHT_FINISHED));
            assertTrue(Thread.interrupted());
        }
        assertEquals(2, read().size());
    }

    @Test
    void a_full_disk_ends_the_journal_with_exit_code_74() throws IOException {
        var full = Path.of("/dev/full");
        try (var journal = Journal.open(Disk.local(), full, "run", CLOCK)) {
            var failed = assertThrows(NightException.class, () -> journal.append(Events.of(EventType.NIGHT_STARTED)));
            assertEquals(ExitCode.IO, failed.exitCode());
            assertTrue(failed.getMessage().startsWith("/dev/full cannot be written after line 0: "));
            assertTrue(failed.getMessage().contains("No space left"), failed.getMessage());
            assertEquals(Journal.GENESIS, journal.head());
        }
    }

    @Test
    void nothing_is_written_behind_a_line_that_failed() throws IOException {
        var target = Files.createFile(folder.resolve("target"));
        var link = Files.createSymbolicLink(folder.resolve("link"), target);
        try (var journal = Journal.open(Disk.local(), link, "run", CLOCK)) {
            journal.append(Events.of(EventType.NIGHT_STARTED));
        }
        assertEquals(1, Files.readAllLines(target).size(), "the seam itself writes");

        try (var journal = Journal.open(Disk.local(), Path.of("/dev/full"), "run", CLOCK)) {
            var first = assertThrows(NightException.class, () -> journal.append(Events.of(EventType.NIGHT_STARTED)));
            var second = assertThrows(NightException.class, () -> journal.append(Events.of(EventType.TASK_STARTED)));
            assertEquals(ExitCode.IO, second.exitCode());
            assertEquals(first.getCause(), second.getCause());
        }
    }

    private Path write(List<NightEvent> events) {
        try (var journal = Journal.create(folder, "run", CLOCK)) {
            events.forEach(journal::append);
            return journal.file();
        }
    }

    private List<JournalReader.Entry> read() {
        var entries = new ArrayList<JournalReader.Entry>();
        assertFalse(JournalReader.read(folder.resolve("run.jsonl"), entries::add));
        return entries;
    }
}
