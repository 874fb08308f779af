package pantheon.night.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pantheon.night.ExitCode;
import pantheon.night.NightException;
import pantheon.night.contract.Sha256;

/** Reading a journal back, whole and broken. */
final class JournalReaderTest {
    private static final Instant TIME = Instant.parse("2026-11-23T22:00:00.123Z");

    @TempDir
    private Path folder;

    private Path file = Path.of("");

    @BeforeEach
    void write_a_journal() {
        try (var journal = Journal.create(folder, "run", InstantSource.fixed(TIME))) {
            Events.all().forEach(journal::append);
            file = journal.file();
        }
    }

    @Test
    void a_whole_journal_comes_back_in_order() {
        var entries = new ArrayList<JournalReader.Entry>();
        assertFalse(JournalReader.read(file, entries::add));
        assertEquals(
                Events.all(), entries.stream().map(JournalReader.Entry::event).toList());
        for (int i = 0; i < entries.size(); i++) {
            assertEquals(i + 1, entries.get(i).seq());
            assertEquals(TIME, entries.get(i).time());
        }
    }

    @Test
    void a_journal_with_no_line_yet_is_whole() throws IOException {
        Files.writeString(file, "");
        assertFalse(JournalReader.read(file, entry -> {
            throw new AssertionError(entry);
        }));
    }

    @Test
    void a_flipped_byte_is_found_at_its_line_or_the_next() throws IOException {
        var good = Files.readAllBytes(file);
        int lines = Events.all().size();
        var random = new SplittableRandom(7);
        for (int i = 0; i < 500; i++) {
            var bytes = good.clone();
            int at = random.nextInt(startOfLine(good, lines));
            bytes[at] ^= (byte) (1 << random.nextInt(8));
            Files.write(file, bytes);
            int line = lineOf(good, at);
            assertBrokenAt(List.of(line, line + 1));
        }
        Files.write(file, good);
        assertEquals(lines, count());
    }

    @Test
    void a_changed_value_shows_in_the_chain() throws IOException {
        replace("\"night.queue_tasks\":1", "\"night.queue_tasks\":2");
        var broken = broken();
        assertEquals(ExitCode.DATA, broken.exitCode());
        assertEquals(
                file + ":2: prevhash is not the hash of the line before; one of the two was changed."
                        + " Keep the file as it is and look at that line;"
                        + " pantheon-night prune --broken %s sets it aside, so that nights can go on."
                                .formatted(file.getFileName().toString().replace(".jsonl", "")),
                broken.getMessage());
    }

    @Test
    void bytes_that_are_no_text_are_found_at_their_own_line() throws IOException {
        var bytes = Files.readAllBytes(file);
        int at = startOfLine(bytes, 9) + 20;
        bytes[at] = (byte) 0xff;
        Files.write(file, bytes);
        assertTrue(broken().getMessage().startsWith(file + ":9: it is no UTF-8 text."));
        assertEquals(8, countUntilBroken());
    }

    @Test
    void a_lost_line_is_found() throws IOException {
        var lines = lines();
        lines.remove(3);
        Files.write(file, lines);
        assertTrue(broken().getMessage().startsWith(file + ":4: seq is 5; expected 4."));
    }

    @Test
    void lines_that_changed_places_are_found() throws IOException {
        var lines = lines();
        Collections.swap(lines, 4, 5);
        Files.write(file, lines);
        assertBrokenAt(List.of(5));
    }

    @Test
    void an_unknown_type_of_event_is_found() throws IOException {
        replace("night.pantheon.night.started.v1", "night.pantheon.night.started.v2");
        assertTrue(broken().getMessage().startsWith(file + ":1: unknown event type night.pantheon.night.started.v2."));
    }

    @Test
    void data_off_its_schema_is_found() throws IOException {
        replace("\"night.queue_tasks\":1", "\"night.queue_tasks\":-1");
        assertTrue(broken().getMessage().startsWith(file + ":1: data /night.queue_tasks: "));
    }

    @Test
    void lines_that_are_no_event_are_found() throws IOException {
        for (var line : List.of("", "null", "[]", "{}", "{\"seq\": 1, \"seq\": 1}", "{} {}", "no JSON")) {
            Files.writeString(file, line + "\n");
            assertBrokenAt(List.of(1));
        }
    }

    @Test
    void a_torn_last_line_is_told_apart_wherever_it_was_torn() throws IOException {
        var good = Files.readAllBytes(file);
        int last = Events.all().size();
        int start = startOfLine(good, last);
        for (int end = start + 1; end < good.length; end++) {
            Files.write(file, Arrays.copyOf(good, end));
            var seqs = new ArrayList<Long>();
            assertTrue(JournalReader.read(file, entry -> seqs.add(entry.seq())), "torn at byte " + end);
            assertEquals(last - 1, seqs.size());
        }
        Files.write(file, Arrays.copyOf(good, start));
        assertFalse(JournalReader.read(file, entry -> {}), "cut between two lines, nothing is torn");
    }

    @Test
    void a_missing_file_is_named() {
        var missing = folder.resolve("none.jsonl");
        var refused = assertThrows(NightException.class, () -> JournalReader.read(missing, entry -> {}));
        assertEquals(ExitCode.IO, refused.exitCode());
        assertEquals(
                missing + " cannot be read: there is no such file or folder. Check the path and its permissions.",
                refused.getMessage());
    }

    @Test
    void the_chain_is_the_hash_of_each_lines_bytes() throws IOException {
        var head = Journal.GENESIS;
        for (var line : lines()) {
            assertTrue(line.contains("\"prevhash\":\"" + head + "\""), line);
            head = Sha256.hex(line.getBytes(StandardCharsets.UTF_8));
        }
    }

    private NightException broken() {
        return assertThrows(NightException.class, () -> JournalReader.read(file, entry -> {}));
    }

    private void assertBrokenAt(List<Integer> expected) {
        var message = broken().getMessage();
        assertTrue(expected.stream().anyMatch(line -> message.startsWith(file + ":" + line + ": ")), message);
    }

    private long count() {
        var seqs = new ArrayList<Long>();
        JournalReader.read(file, entry -> seqs.add(entry.seq()));
        return seqs.size();
    }

    private long countUntilBroken() {
        var seqs = new ArrayList<Long>();
        assertThrows(NightException.class, () -> JournalReader.read(file, entry -> seqs.add(entry.seq())));
        return seqs.size();
    }

    private List<String> lines() throws IOException {
        return new ArrayList<>(Files.readAllLines(file));
    }

    private void replace(String from, String to) throws IOException {
        var text = Files.readString(file);
        assertTrue(text.contains(from));
        Files.writeString(file, text.replace(from, to));
    }

    private static int startOfLine(byte[] bytes, int line) {
        int start = 0;
        for (int n = 1; n < line; n++) {
            while (bytes[start++] != '\n') {}
        }
        return start;
    }

    private static int lineOf(byte[] bytes, int at) {
        int line = 1;
        for (int i = 0; i < at; i++) {
            line += bytes[i] == '\n' ? 1 : 0;
        }
        return line;
    }
}
