package pantheon.night.trainer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pantheon.night.engine.GenerationLimits;
import pantheon.night.prompt.Prompt;
import picocli.CommandLine;

class FenceTracesTest {
    private static final String SHELL = """
            # Page %1$d

            Run this:

            ```sh
            npm install package-%1$d
            cd package-%1$d && npm run build
            ```

            ```json
            {"name": "package-%1$d", "version": %1$d, "list": [true, null]}
            ```
            """;

    @TempDir
    private Path folder;

    private ExampleFile traces() throws IOException {
        for (var repository : List.of("one", "other")) {
            var documents = Files.createDirectories(folder.resolve("documents").resolve(repository));
            for (int page = 0; page < 24; page++) {
                Files.writeString(documents.resolve(page + ".md"), SHELL.formatted(page));
            }
        }
        var file = folder.resolve("examples.jsonl");
        assertEquals(
                0,
                new CommandLine(new FenceTraces())
                        .execute(folder.resolve("documents").toString(), file.toString(), "3"));
        return ExampleFile.read(file);
    }

    private static String learned(List<Segment> conversation) {
        return conversation.stream().filter(Segment::learned).map(Segment::text).collect(Collectors.joining());
    }

    @Test
    void a_hidden_language_is_set_where_the_ranking_has_it_and_the_task_ends_as_done() throws IOException {
        var traces = traces();
        var set = traces.conversations().stream()
                .map(FenceTracesTest::learned)
                .filter(text -> text.contains("\"language\": \"sh\""))
                .toList();
        assertTrue(
                set.size() > 5,
                "of %d conversations".formatted(traces.conversations().size()));
        assertTrue(set.stream().allMatch(text -> text.contains("\"status\": \"done\"")), set.getFirst());
        assertTrue(traces.prefix().contains("set_fence_language"));
    }

    @Test
    void no_language_that_is_hidden_stands_in_the_document_that_is_shown() throws IOException {
        var text = SHELL.formatted(1);
        var hidden = LabelledRepository.hiding(text, fence -> fence.line() == 5);
        assertEquals(text.replace("```sh", "```"), hidden);
        assertEquals(hidden.replace("```\nnpm", "```text\nnpm"), LabelledRepository.hiding(hidden, fence -> false));
    }

    @Test
    void a_wrong_first_candidate_is_doubted_in_conversations_of_their_own() {
        var oracle = new FenceOracle("", Map.of(3, "json"), Integer.MAX_VALUE);
        var first = oracle.generate(prompt("<input>\n"), null, limits()).text();
        var result = """
                {"found": true, "line": 3, "above": "", "code": "x", "candidates": [{"language": "yaml", "probability": 0.6}, {"language": "json", "probability": 0.3}], "unsure": 0}
                """;
        var second =
                oracle.generate(prompt("<input>\n" + first + ControlToken.TURN_END + "\n" + result), null, limits());
        assertTrue(second.text().contains("\"language\": \"json\""), second.text());
        var conversations = oracle.conversations(new Random(1));
        assertEquals(1 + FenceOracle.MORE_DOUBT, conversations.size());
        assertTrue(learned(conversations.getLast()).contains("\"after\": 3"), learned(conversations.getLast()));
    }

    private static Prompt prompt(String text) {
        return Prompt.unshared(text);
    }

    private static GenerationLimits limits() {
        return new GenerationLimits(100, Duration.ofMinutes(1));
    }

    @Test
    void written_conversations_come_in_another_order_each_time_around_all_of_them() throws IOException {
        var conversations = List.of("a", "b", "c", "d", "e").stream()
                .map(text -> List.of(new Segment(text, true)))
                .toList();
        var file = folder.resolve("some.jsonl");
        new ExampleFile("prefix", conversations).write(file);
        var source = ExampleFile.read(file).source(7);
        assertEquals("prefix", source.prefix());
        for (int round = 0; round < 3; round++) {
            var seen = new HashSet<List<Segment>>();
            for (int i = 0; i < 5; i++) {
                seen.add(source.next());
            }
            assertEquals(new HashSet<>(conversations), seen);
        }
    }

    @Test
    void the_weights_of_an_exported_graph_are_read_again() throws IOException {
        var shape = ModelShape.embedded(64);
        var weights = InitialWeights.of(shape, 5);
        var graph = folder.resolve("model.onnx");
        OnnxExport.write(shape, weights, graph);
        assertArrayEquals(weights, OnnxWeights.read(shape, graph));
    }
}
