package pantheon.night.tool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pantheon.night.contract.Json;
import pantheon.night.contract.Schema;
import pantheon.night.outcome.Scoring;
import pantheon.night.workspace.FolderTask;
import tools.jackson.databind.JsonNode;

/** What the results of a task's tools let other arguments be. */
class OfferedValuesTest {
    @TempDir
    Path folder;

    /** What the tool {@code find} returns next. */
    private JsonNode found = Json.object();

    private final ScriptedTool find = new ScriptedTool(
            "find",
            "{\"type\": \"object\"}",
            (arguments, task) ->
                    found.isNull() ? new ToolResult.Failed("not_found", "nothing") : new ToolResult.Returned(found));
    private final ScriptedTool pick =
            new ScriptedTool("pick", """
            {"type": "object", "properties": {"name": {"$ref": "#/$defs/name"}}, "required": ["name"],
             "additionalProperties": false, "$defs": {"name": {"type": ["string", "integer"], "maxLength": 600}}}""", (arguments, task) -> new ToolResult.Returned(arguments));

    private ToolBox box() {
        return box(false);
    }

    private ToolBox box(boolean last) {
        var choice = new Choice.FromResults("find", new ResultPointer("/names/*"), last, 0, Scoring.PATH);
        return new ToolBox(
                List.of(find.unbound(), new BoundTool(pick, Map.of(), Map.of(), Map.of("name", choice))),
                Schema.compile("output", Json.parse("true")),
                Json.object(),
                FolderTask.of(folder, Map.of()),
                Duration.ofSeconds(10));
    }

    private void find(ToolBox box, String names) {
        found = Json.parse("{\"names\": %s}".formatted(names));
        box.run(new ToolCall("find", Json.object()));
    }

    private static ToolCall pick(String name) {
        return new ToolCall("pick", Json.object().put("name", name));
    }

    private static boolean fits(ToolBox box, ToolCall call) {
        return Objects.requireNonNull(box.schema("pick"))
                .check(call.arguments())
                .isEmpty();
    }

    private static Offer offer(ToolBox box) {
        return box.offers().getFirst();
    }

    @Test
    void where_only_the_last_result_counts_it_takes_the_place_of_those_before() {
        var box = box(true);
        find(box, "[\"a\", \"b\"]");
        find(box, "[\"b\", \"c\"]");
        assertFalse(fits(box, pick("a")));
        assertTrue(fits(box, pick("b")));
        assertTrue(fits(box, pick("c")));
        find(box, "[]");
        assertEquals(List.of(), box.offers().getFirst().values());
    }

    @Test
    void before_any_result_the_tool_takes_nothing() {
        var box = box();
        assertEquals(List.of(), offer(box).values());
        assertTrue(!fits(box, pick("a")) && !fits(box, new ToolCall("pick", Json.object())));
        var failed = assertInstanceOf(ToolResult.Failed.class, box.run(pick("a")));
        assertEquals("/name is none of the 0 values that were offered", failed.message());
        assertEquals(0, pick.runs());
    }

    @Test
    void values_come_in_the_order_of_their_first_appearance_each_once() {
        var box = box();
        find(box, "[\"b\", \"a\", \"b\", 3, 3.0, true, null, [\"c\"]]");
        find(box, "[\"a\", \"d\", 3]");
        assertEquals(
                "[\"b\", \"a\", 3, \"d\"]",
                Json.write(Json.MAPPER.valueToTree(offer(box).values())));
        assertTrue(fits(box, pick("d")) && !fits(box, pick("c")));
        assertEquals(new ToolResult.Returned(pick("d").arguments()), box.run(pick("d")));
        assertInstanceOf(ToolResult.Failed.class, box.run(pick("c")));
        assertEquals(1, pick.runs());
        box.run(new ToolCall("pick", Json.object().put("name", 3)));
        assertEquals(2, pick.runs());
    }

    @Test
    void what_the_tool_would_refuse_and_what_failed_is_no_choice() {
        var box = box();
        find(box, "[0.5, \"%s\", \"x\"]".formatted("y".repeat(601)));
        assertEquals(1, offer(box).values().size());
        found = Json.MAPPER.nullNode();
        box.run(new ToolCall("find", Json.object()));
        assertEquals(1, offer(box).values().size());
        assertEquals(0, offer(box).leftOut());
    }

    @Test
    void an_offer_holds_so_many_values_and_bytes_and_counts_the_others() {
        var box = box();
        find(
                box,
                Json.write(Json.MAPPER.valueToTree(
                        IntStream.range(0, 300).mapToObj("n%d"::formatted).toList())));
        assertEquals(256, offer(box).values().size());
        assertEquals(44, offer(box).leftOut());

        var wide = box();
        var long400 = IntStream.range(0, 100).mapToObj(i -> i + "x".repeat(400)).toList();
        find(wide, Json.write(Json.MAPPER.valueToTree(long400)));
        assertEquals(81, offer(wide).values().size());
        assertEquals(19, offer(wide).leftOut());
        find(wide, "[\"short\"]"); // what fits in still does
        assertEquals(82, offer(wide).values().size());

        var tooLong = box();
        find(tooLong, "[\"%s\", \"%s\"]".formatted("y".repeat(478), "z".repeat(479)));
        assertEquals(1, offer(tooLong).values().size());
        assertEquals(1, offer(tooLong).leftOut());
    }
}
