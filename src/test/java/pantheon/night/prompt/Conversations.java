package pantheon.night.prompt;

import java.util.List;
import java.util.stream.Stream;
import pantheon.night.contract.Json;
import pantheon.night.contract.ToolCard;
import pantheon.night.prompt.call.ParsedCall;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Conversations in every format and shape, as the tool loop puts them together and as messages say the same. */
public final class Conversations {
    static final List<ToolCard> CARDS = List.of(
            new ToolCard("read_file", "Read a file.", Json.parse("""
                    {"type": "object", "properties": {
                      "path": {"type": "string", "description": "Where it is."},
                      "limit": {"type": ["integer", "null"], "minimum": 1, "default": 5},
                      "follow": {"type": "boolean"}},
                     "required": ["path"], "additionalProperties": false}""")),
            new ToolCard("save", "Save values.", Json.parse("""
                    {"type": "object", "properties": {
                      "text": {"type": "string", "minLength": 1},
                      "tags": {"type": "array", "items": {"type": "string"}},
                      "sizes": {"type": "array", "items": {"type": "number"}},
                      "meta": {"type": "object", "properties": {"a": {"type": ["string", "boolean", "null"]}}},
                      "kind": {"enum": ["a", "b"]}},
                     "required": ["text"]}""")));

    private static final ParsedCall READ = call("read_file", "{\"path\": \"docs/ü 🦀.md\"}");
    private static final ParsedCall LIMITED = call("read_file", "{\"path\": \"a\", \"limit\": null, \"follow\": true}");
    private static final ParsedCall PLAIN = call("save", "{\"text\": \"plain\", \"sizes\": [1, 2.5], \"kind\": \"a\"}");
    private static final ParsedCall NESTED = call(
            "save", "{\"text\": \"t\", \"tags\": [\"x y\", \"ü\"], \"meta\": {\"a\": \"b\", \"n\": {\"m\": [1, {}]}}}");
    private static final ParsedCall QUOTES = call(
            "save",
            "{\"text\": \"it's \\\"quoted\\\" \\\\ and\\nof two lines\", \"meta\": {\"a\": \"say \\\"hi\\\"\"}}");

    private Conversations() {}

    private static ParsedCall call(String name, String arguments) {
        return new ParsedCall(name, (ObjectNode) Json.parse(arguments));
    }

    /**
     * One conversation.
     *
     * @param text as the format writes it, up to where the next answer begins
     * @param messages as templates take them
     */
    record Conversation(String format, String shape, String text, ArrayNode messages) {
        ObjectNode json() {
            var json = Json.object().put("format", format).put("shape", shape).put("text", text);
            json.set("messages", messages);
            json.putArray("tools").addAll(CARDS.stream().map(ToolCard::json).toList());
            return json;
        }
    }

    /** Puts one together, part by part. */
    private static final class Making {
        private final ChatFormat format;
        private final StringBuilder text = new StringBuilder();
        private final ArrayNode messages = Json.MAPPER.createArrayNode();

        Making(ChatFormat format) {
            this.format = format;
            text.append(format.opening("You test.\n\n# Goals\n\n- One.", CARDS));
            say("system", "You test.\n\n# Goals\n\n- One.");
            text.append(format.input("{\"path\": \"ü.md\"}"));
            say("user", "{\"path\": \"ü.md\"}");
        }

        private void say(String role, String content) {
            messages.addObject().put("role", role).put("content", content);
        }

        Making calls(ParsedCall... calls) {
            var written = format.calls(List.of(calls), format.control(List.of()));
            text.append(format.answer(written));
            var message = messages.addObject().put("role", "assistant").put("content", "");
            message.put("written", written);
            var list = message.putArray("tool_calls");
            for (var call : calls) {
                list.addObject()
                        .put("type", "function")
                        .putObject("function")
                        .put("name", call.name())
                        .set("arguments", call.arguments());
            }
            return this;
        }

        Making results(String... results) {
            text.append(format.results(List.of(results)));
            Stream.of(results).forEach(result -> say("tool", result));
            return this;
        }

        Making corrected(String correction) {
            text.append(format.correction(correction));
            boolean result = format.correction(correction).equals(format.results(List.of(correction)));
            say(result ? "tool" : "user", correction);
            return this;
        }

        Conversation named(String shape) {
            return new Conversation(format.name(), shape, text.toString(), messages);
        }
    }

    static List<Conversation> of(ChatFormat format) {
        return List.of(
                new Making(format).named("no call yet"),
                new Making(format).calls(READ).results("{\"n\": 1}").named("a call and its result"),
                new Making(format)
                        .calls(READ, LIMITED, PLAIN)
                        .results("{\"n\": 1}", "[\"ü\\n\", null]", "\"text\"")
                        .named("several calls and results"),
                new Making(format)
                        .calls(LIMITED)
                        .corrected("Try again.")
                        .calls(PLAIN)
                        .results("{}")
                        .named("a correction"),
                new Making(format)
                        .calls(NESTED)
                        .results("{}")
                        .calls(READ)
                        .results("{}")
                        .named("nested values"),
                new Making(format).calls(QUOTES).results("{\"a\": \"it's\"}").named("quotes and lines"));
    }

    static List<Conversation> all() {
        return ChatFormats.names().stream()
                .map(ChatFormats::named)
                .distinct()
                .flatMap(format -> of(format).stream())
                .toList();
    }

    /** Prints them all, a line each. */
    public static void main(String[] arguments) {
        all().forEach(each -> System.out.println(Json.MAPPER.writeValueAsString((JsonNode) each.json())));
    }
}
