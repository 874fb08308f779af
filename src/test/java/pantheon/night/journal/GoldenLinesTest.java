package pantheon.night.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import pantheon.night.GoldenNights;

/** The lines of journals that an earlier version wrote. */
final class GoldenLinesTest {
    private static final int TYPES_AT_53ADB37 = 16;

    static java.util.List<Path> journals() throws IOException {
        return GoldenNights.journals();
    }

    @ParameterizedTest
    @MethodSource("journals")
    void every_line_of_the_kept_journals_is_written_back_byte_for_byte(Path journal) {
        var before = new String[] {Journal.GENESIS};
        var end = JournalReader.readToEnd(journal, entry -> {
            var place = new Journal.Place(entry.seq(), before[0], entry.time());
            assertEquals(entry.hash(), Journal.hash(Journal.run(journal), place, entry.event()), "line " + entry.seq());
            before[0] = entry.hash();
        });
        assertTrue(end.lines() > 0);
        assertEquals(end.head(), before[0]);
    }

    @Test
    void the_kept_journals_have_lines_of_every_type_that_their_version_knew() throws IOException {
        var known = EnumSet.noneOf(EventType.class);
        for (var journal : GoldenNights.journals()) {
            JournalReader.read(journal, entry -> known.add(EventType.of(entry.event())));
        }
        assertEquals(TYPES_AT_53ADB37, known.size(), known.toString());
    }
}
