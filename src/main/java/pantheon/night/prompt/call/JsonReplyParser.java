package pantheon.night.prompt.call;

import java.util.List;
import java.util.Set;
import pantheon.night.contract.Json;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Takes a complete model turn apart into its calls, strictly.
 *
 * <p>A call is {@code <tool_call>}, a line end, one JSON object {@code {"name": …, "arguments": {…}}} with its keys in
 * this order and blanks as the chat template writes them, a line end, {@code </tool_call>}. Tags inside JSON strings are
 * content, because a call ends where its JSON ends. Nothing is repaired.
 */
public final class JsonReplyParser extends TaggedReply {
    private JsonReplyParser(String text, String turnEnd) {
        super(text, turnEnd);
    }

    /**
     * The calls of a turn, one or more.
     *
     * @param turnEnd the text of the control token that ends a turn
     */
    public static List<ParsedCall> parse(String text, String turnEnd) throws MalformedReply {
        return new JsonReplyParser(text, turnEnd).calls();
    }

    @Override
    ParsedCall call() throws MalformedReply {
        at += OPEN.length();
        var rest = text.substring(at);
        if (rest.startsWith("\n" + CLOSE)) {
            throw new MalformedReply("empty_call", "the call is empty");
        }
        var json = StrictJson.first(rest);
        var call = named(json.value());
        at += json.length();
        requireClose("invalid_json", "text follows the call's JSON");
        requireCanonical(rest.substring(0, json.length()), json.value());
        return call;
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

    /** Name before arguments, on a line of its own. */
    private static void requireCanonical(String raw, JsonNode call) throws MalformedReply {
        boolean ordered = call.propertyNames().iterator().next().equals("name");
        if (!raw.startsWith("\n{") || !ordered) {
            throw new MalformedReply("not_canonical", "the call's JSON is not written as the template writes it");
        }
        StrictJson.requireCanonical(raw.substring(1));
    }
}
