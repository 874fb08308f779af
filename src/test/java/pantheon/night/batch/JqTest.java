package pantheon.night.batch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A journal as {@code jq} reads it, whatever a model wrote. */
final class JqTest {
    @TempDir
    private Path folder = Path.of("");

    /** How jq ends on a file, and how many values it finds. */
    private record Read(int status, long values) {}

    private static Read jq(Path file) throws IOException, InterruptedException {
        var process = new ProcessBuilder("jq", "-c", "[.type, .data]", file.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        var out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Read(process.waitFor(), out.lines().count());
    }

    @Test
    void every_line_can_be_read() throws IOException, InterruptedException {
        var night = SmallNight.layOut(folder, 2);
        var answers = List.of(
                        SmallNight.call("write_file", "{\"text\": \"half \\ud83d a pair\"}"),
                        SmallNight.call("final", "{\"status\": \"fail\", \"reason\": \"\\ude00\\ud83d\"}"),
                        SmallNight.call("write_file", "{\"text\": \"a\\u0000b\\u001b\\u2028\\uffff\"}"),
                        SmallNight.call("\\ud83d", "{\"\\ud83d\": 1e308}"),
                        SmallNight.call("final", "{\"status\": \"fail\", \"\\ud83d\": 1}"))
                .iterator();
        night.run(SmallNight.tasks(2), SmallNight.engine(prompt -> answers.hasNext() ? answers.next() : "no call"));
        var journal = night.journal();
        var lines = Files.readAllLines(journal);
        assertEquals(new Read(0, lines.size()), jq(journal));
        var escaped = folder.resolve("escaped.jsonl");
        Files.writeString(escaped, "{\"type\": \"\\ud83d\"}\n{\"type\": 1}\n");
        assertNotEquals(new Read(0, 2), jq(escaped), "jq is one that such a line would stop");
    }
}
