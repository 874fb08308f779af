package pantheon.night.morning;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pantheon.night.ExitCode;
import pantheon.night.NightException;
import pantheon.night.journal.LogFolder;

/** Tasks by their names, in the seven nights of an early version. */
final class TaskIndexTest {
    private static final Path NIGHTS = Path.of("src/test/resources/golden/53adb37/nights/log");

    @TempDir
    private Path log = Path.of("");

    private final List<String> warnings = new ArrayList<>();

    @BeforeEach
    void copy() throws IOException {
        try (var files = Files.newDirectoryStream(NIGHTS, "*.jsonl")) {
            for (var file : files) {
                Files.copy(file, log.resolve(file.getFileName()));
            }
        }
    }

    private TaskIndex index() {
        return new Nights(new LogFolder(log)).tasks(null, warnings::add);
    }

    private void spoil(String run) throws IOException {
        Files.writeString(log.resolve(run + ".jsonl"), "no line\n", StandardOpenOption.APPEND);
    }

    @Test
    void a_whole_id_is_of_the_newest_night_that_has_it_and_the_others_are_earlier() {
        var index = index();
        var found = index.find("tuning");
        assertEquals("20261129-213317", found.run());
        assertEquals(List.of("20261129-213256"), index.earlier(found));
        assertEquals(List.of(), index.earlier(index.find("umlauts")));
    }

    @Test
    void the_beginning_of_an_id_is_enough_where_no_other_begins_so() {
        assertEquals("monorepo", index().find("mono").task());
        assertEquals("20261129-213428", index().find("mono").run());
        var several = assertThrows(NightException.class, () -> index().find("m"));
        assertEquals(ExitCode.USAGE, several.exitCode());
        assertTrue(several.getMessage().startsWith("task \"m\" could be "), several.getMessage());
        assertTrue(several.getMessage().contains("migrating, missing, monorepo"), several.getMessage());
        var none = assertThrows(NightException.class, () -> index().find("tunings"));
        assertTrue(none.getMessage().startsWith("there is no task \"tunings\""), none.getMessage());
    }

    @Test
    void a_journal_that_does_not_mention_a_task_is_not_taken_apart_for_it() throws IOException {
        spoil("20261129-213413");
        spoil("20261129-213350");
        assertEquals("tuning", index().find("tun").task());
        assertEquals(List.of(), warnings, "two broken journals do not mention it");
        var index = index();
        assertEquals(List.of(), index.earlier(index.find("monorepo")), "it was in a journal that is broken");
        assertEquals(2, warnings.size(), "both mention it, the one as left over: " + warnings);
        assertTrue(warnings.getFirst().contains("20261129-213350.jsonl"), warnings.getFirst());
    }

    @Test
    void who_asks_for_many_tasks_has_each_journal_read_once() throws IOException {
        spoil("20261129-213413");
        var index = index();
        assertFalse(index.has("no-such-1"));
        assertFalse(index.has("no-such-2"));
        assertEquals(List.of(), warnings);
        assertFalse(index.has("no-such-3"));
        assertEquals(1, warnings.size(), warnings.toString());
        assertTrue(index.has("bom"));
        assertEquals(1, warnings.size(), warnings.toString());
    }
}
