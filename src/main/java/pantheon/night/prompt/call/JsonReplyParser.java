package pantheon.night.prompt.call;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import pantheon.night.contract.Json;
import pantheon.night.contract.WholeText;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.core.exc.UnexpectedEndOfInputException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Takes a complete model turn apart into its calls, strictly.
 *
 * <p>A call is {@code <tool_call>}, a line end, one JSON object {@code {"name": …, "arguments": {…}}} with its keys in
 * this order and blanks as the chat template writes them, a line end, {@code </tool_call>}. Calls follow one another on
 * lines of their own; free text may stand before the first, never after one. Tags inside JSON strings are content,
 * because a call ends where its JSON ends. Nothing is repaired.
 */
public final class JsonReplyParser {
    private static final String OPEN = "<tool_call>";
    private static final String CLOSE = "</tool_call>";
    /** How a tag with attributes begins, which is no tag of ours. */
    private static final String OPEN_WITH_MORE = "<tool_call ";

    private static final String THINK_OPEN = "<think>";
    private static final String THINK_CLOSE = "</think>";

    private final String text;
    private final String turnEnd;
    private int at;

    private JsonReplyParser(String text, String turnEnd) {
        this.text = text;
        this.turnEnd = turnEnd;
    }

    /**
     * The calls of a turn, one or more.
     *
     * @param turnEnd the text of the control token that ends a turn
     */
    public static List<ParsedCall> parse(String text, String turnEnd) throws MalformedReply {
        return new JsonReplyParser(text, turnEnd).calls();
    }

    private List<ParsedCall> calls() throws MalformedReply {
        at = afterThinking();
        if (text.substring(at).isBlank()) {
            throw new MalformedReply("empty", "the reply is empty");
        }
        int open = text.indexOf(OPEN, at);
        int close = text.indexOf(CLOSE, at);
        int end = text.indexOf(turnEnd);
        if (close >= 0 && (open < 0 || close < open)) {
            boolean attributes = text.substring(at, close).contains(OPEN_WITH_MORE);
            throw new MalformedReply(
                    attributes ? "no_tool_call_tag" : "stray_close", CLOSE + " stands before any " + OPEN);
        }
        if (open < 0 || (end >= 0 && end < open)) {
            throw new MalformedReply("no_tool_call_tag", "the reply has no " + OPEN);
        }
        at = open;
        var calls = new ArrayList<ParsedCall>();
        while (true) {
            calls.add(call());
            if (at == text.length() || text.startsWith(turnEnd, at)) {
                return calls;
            }
            if (!text.startsWith("\n" + OPEN, at)) {
                throw new MalformedReply("text_after_call", "text follows a call");
            }
            at++;
        }
    }

    private int afterThinking() throws MalformedReply {
        var start = text.stripLeading();
        if (!start.startsWith(THINK_OPEN)) {
            return 0;
        }
        int close = text.indexOf(THINK_CLOSE);
        if (close < 0) {
            throw new MalformedReply(
                    text.contains(OPEN) ? "call_in_thinking" : "no_tool_call_tag", "the thinking is not closed");
        }
        return close + THINK_CLOSE.length();
    }

    private ParsedCall call() throws MalformedReply {
        at += OPEN.length();
        var rest = text.substring(at);
        if (rest.startsWith("\n" + CLOSE)) {
            throw new MalformedReply("empty_call", "the call is empty");
        }
        var json = firstValue(rest);
        var call = named(json.value());
        at += json.length();
        requireClose();
        requireCanonical(rest.substring(0, json.length()), json.value());
        return call;
    }

    private record Value(JsonNode value, int length) {}

    /** The JSON value at the beginning of a text, blanks before it included, and where it ends. */
    private static Value firstValue(String rest) throws MalformedReply {
        try (var parser = Json.MAPPER.createParser(rest)) {
            JsonNode value = parser.readValueAsTree();
            if (value == null) {
                throw new MalformedReply("truncated", "the call's JSON is not complete");
            }
            int length = (int) parser.currentLocation().getCharOffset();
            if (Json.isTooDeep(value)) {
                throw new MalformedReply(
                        "invalid_json", "the call's JSON is nested deeper than " + Json.DEEPEST + " levels");
            }
            requirePairedSurrogates(value);
            return new Value(value, length);
        } catch (UnexpectedEndOfInputException e) {
            throw new MalformedReply("truncated", "the call's JSON is not complete");
        } catch (StreamReadException e) {
            var message = e.getOriginalMessage();
            boolean duplicate = message.startsWith("Duplicate");
            throw new MalformedReply(duplicate ? "duplicate_key" : "invalid_json", message);
        } catch (JacksonException e) {
            throw new MalformedReply("invalid_json", e.getOriginalMessage());
        }
    }

    private static ParsedCall named(JsonNode value) throws MalformedReply {
        if (!value.isObject()) {
            throw new MalformedReply("not_object", "the call is no JSON object");
        }
        if (!value.path("name").isString()) {
            throw new MalformedReply("no_name", "the call has no name");
        }
        var arguments = value.get("arguments");
        if (arguments == null) {
            throw new MalformedReply("no_arguments", "the call has no arguments");
        }
        if (!(arguments instanceof ObjectNode object)) {
            throw new MalformedReply("arguments_not_object", "the call's arguments are no JSON object");
        }
        for (var key : value.propertyNames()) {
            if (!Set.of("name", "arguments").contains(key)) {
                throw new MalformedReply("extra_key", "the call has a key " + Json.quote(key));
            }
        }
        return new ParsedCall(value.get("name").stringValue(), object);
    }

    private void requireClose() throws MalformedReply {
        if (text.startsWith("\n" + CLOSE, at)) {
            at += 1 + CLOSE.length();
            return;
        }
        var rest = text.substring(at).strip();
        if (rest.startsWith(CLOSE)) {
            throw new MalformedReply("not_canonical", CLOSE + " does not stand on a line of its own");
        }
        if (rest.startsWith(OPEN)) {
            throw new MalformedReply("nested_open", "a call begins inside another");
        }
        if (CLOSE.startsWith(rest)) {
            throw new MalformedReply("missing_close", "the call has no " + CLOSE);
        }
        throw new MalformedReply("invalid_json", "text follows the call's JSON");
    }

    /** Blanks as the template writes them: one after each comma and colon, none elsewhere; name before arguments. */
    private static void requireCanonical(String raw, JsonNode call) throws MalformedReply {
        boolean ordered = call.propertyNames().iterator().next().equals("name");
        boolean inString = false;
        boolean canonical = raw.startsWith("\n{");
        for (int i = 1; i < raw.length(); i++) {
            char c = raw.charAt(i);
            if (inString) {
                i += c == '\\' ? 1 : 0;
                inString = c != '"';
            } else if (c == '"') {
                inString = true;
            } else if (c == ',' || c == ':') {
                canonical &= raw.charAt(++i) == ' ' && !Character.isWhitespace(raw.charAt(i + 1));
            } else {
                canonical &= !Character.isWhitespace(c);
            }
        }
        if (!canonical || !ordered) {
            throw new MalformedReply("not_canonical", "the call's JSON is not written as the template writes it");
        }
    }

    private static void requirePairedSurrogates(JsonNode value) throws MalformedReply {
        for (var entry : value.properties()) {
            requirePaired(entry.getKey());
        }
        for (var item : value) {
            requirePairedSurrogates(item);
        }
        if (value.isString()) {
            requirePaired(value.stringValue());
        }
    }

    private static void requirePaired(String text) throws MalformedReply {
        if (!WholeText.isWhole(text)) {
            throw new MalformedReply("lone_surrogate", "a string has half a surrogate pair");
        }
    }
}
