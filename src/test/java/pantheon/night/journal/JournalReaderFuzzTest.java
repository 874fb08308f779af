package pantheon.night.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.io.TempDir;
import pantheon.night.ExitCode;
import pantheon.night.NightException;
import pantheon.night.contract.Sha256;

/** Whatever is in a journal, it is read, or told to be broken with the number of its line. */
final class JournalReaderFuzzTest {
    @TempDir
    private Path folder;

    /** Lines are given their right number and hash first where they have room for them, so that the rest is reached. */
    @FuzzTest(maxDuration = "")
    void a_journal_is_read_or_told_to_be_broken(byte[] content) throws IOException {
        var file = folder.resolve("journal.jsonl");
        Files.write(file, chained(content));
        long[] lines = new long[1];
        try {
            var end = JournalReader.readToEnd(file, entry -> assertEquals(++lines[0], entry.seq()));
            assertEquals(end.lines(), lines[0]);
            assertTrue(end.bytes() <= Files.size(file));
        } catch (NightException e) {
            assertEquals(ExitCode.DATA, e.exitCode());
            assertTrue(Objects.requireNonNull(e.getMessage()).startsWith(file + ":" + (lines[0] + 1) + ": "));
        }
    }

    private static byte[] chained(byte[] content) throws IOException {
        var out = new ByteArrayOutputStream();
        var head = Journal.GENESIS;
        int seq = 0;
        for (var line : new String(content, StandardCharsets.ISO_8859_1).split("(?<=\n)", -1)) {
            seq++;
            var set = line.replace("\"SEQ\"", Integer.toString(seq)).replace("PREV", head);
            head = Sha256.hex(set.strip().getBytes(StandardCharsets.ISO_8859_1));
            out.write(set.getBytes(StandardCharsets.ISO_8859_1));
        }
        return out.toByteArray();
    }
}
