package pantheon.night.batch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pantheon.night.contract.Json;
import pantheon.night.queue.Task;
import pantheon.night.tool.ScriptedTool;
import pantheon.night.tool.ToolResult;
import pantheon.night.workspace.Git;

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
        readWhole(night.journal());
        var escaped = folder.resolve("escaped.jsonl");
        Files.writeString(escaped, "{\"type\": \"\\ud83d\"}\n{\"type\": 1}\n");
        assertNotEquals(new Read(0, 2), jq(escaped), "jq is one that such a line would stop");
    }

    private static void readWhole(Path journal) throws IOException, InterruptedException {
        assertEquals(new Read(0, Files.readAllLines(journal).size()), jq(journal));
    }

    @Test
    void whatever_a_tool_returned() throws IOException, InterruptedException {
        var night = SmallNight.layOut(folder, 2);
        var results = List.of(
                new ToolResult.Returned(Json.object().put("half \ud83d", "\ude00\u0000\u001b\uffff")),
                new ToolResult.Returned(Json.object().put("text", "\ud83d".repeat(100))),
                new ToolResult.Failed("odd", "\u2028\ud83d\u0085"),
                new ToolResult.Returned(Json.object().put("whole \ud83d\ude00", "\u0000\u001b\uffff\u2028")));
        night.tools = new TreeMap<>(night.tools);
        night.tools.put(
                "write_file",
                new ScriptedTool(
                        "write_file",
                        "{\"properties\": {\"path\": {\"type\": \"string\"}, \"text\": {\"type\": \"string\"}}}",
                        (arguments, files) -> results.get(
                                Integer.parseInt(arguments.get("text").stringValue()))));
        var calls = Stream.of(0, 1, 3, 2)
                .map(number -> SmallNight.call("write_file", "{\"text\": \"%d\"}".formatted(number)))
                .iterator();
        night.run(SmallNight.tasks(2), SmallNight.engine(prompt -> calls.hasNext() ? calls.next() : "no call"));
        assertFalse(calls.hasNext());
        readWhole(night.journal());
    }

    @Test
    void whatever_files_and_labels_are_called() throws IOException, InterruptedException {
        var night = SmallNight.layOut(folder, 1);
        var path = "odd \u0001\u001b\u2028\uffff\ud83d\ude00\n.txt";
        var git = new Git(folder.resolve("workspace"));
        git.run("config", "user.name", "Ada");
        git.run("config", "user.email", "ada@example.org");
        git.write(path, "x").commitAll("An odd name");
        var task = new Task(
                "task-0", "writer", Json.object().put("path", path), 0, List.of("\u001b[31m", "\u2028\ud83d\ude00"));
        assertEquals(List.of("task-0 accepted"), night.run(List.of(task), SmallNight.rule()));
        readWhole(night.journal());
    }
}
