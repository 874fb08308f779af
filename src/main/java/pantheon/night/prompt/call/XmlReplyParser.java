package pantheon.night.prompt.call;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import pantheon.night.contract.Json;
import pantheon.night.language.spelling.Kind;
import pantheon.night.language.spelling.PythonText;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.BooleanNode;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * Takes a complete model turn of calls with tagged arguments apart, strictly.
 *
 * <p>A value ends at the first {@code afterValue} behind it. It is a string, unless the argument can be of another type
 * and the text is one of that: {@code null}, a number, what begins with a bracket or a brace. Nothing is repaired.
 */
public final class XmlReplyParser extends TaggedReply {
    private final CallForm.OfXml form;
    private final ArgumentTypes types;
    private final String valueEnd;

    private XmlReplyParser(String text, String turnEnd, CallForm.OfXml form, ArgumentTypes types) {
        super(text, turnEnd);
        this.form = form;
        this.types = types;
        valueEnd = form.afterValue().stripTrailing();
    }

    /**
     * The calls of a turn, one or more.
     *
     * @param turnEnd the text of the control token that ends a turn
     */
    public static List<ParsedCall> parse(String text, String turnEnd, CallForm.OfXml form, ArgumentTypes types)
            throws MalformedReply {
        return new XmlReplyParser(text, turnEnd, form, types).calls();
    }

    @Override
    ParsedCall call() throws MalformedReply {
        at += OPEN.length();
        if (text.startsWith("\n" + CLOSE, at)) {
            throw new MalformedReply("empty_call", "the call is empty");
        }
        pass(form.beforeName(), "no_name", "the call has no <function=NAME>");
        var name = name(form.afterName(), "no_name");
        var arguments = Json.object();
        while (text.startsWith(form.beforeKey(), at)) {
            argument(name, arguments);
        }
        pass(form.tail().stripTrailing(), "missing_close", "the call has no </function> behind its parameters");
        requireClose("text_after_call", "text follows the call's function");
        return new ParsedCall(name, arguments);
    }

    private void argument(String tool, ObjectNode arguments) throws MalformedReply {
        at += form.beforeKey().length();
        var key = name(form.afterKey(), "no_name");
        int end = text.indexOf(valueEnd, at - 1);
        if (end < 0) {
            throw new MalformedReply("truncated", "the parameter " + Json.quote(key) + " is not closed");
        }
        if (end < at) {
            throw new MalformedReply(
                    "not_canonical", "the parameter " + Json.quote(key) + " has no line for its value");
        }
        if (arguments.has(key)) {
            throw new MalformedReply("duplicate_key", "the parameter " + Json.quote(key) + " stands twice");
        }
        arguments.set(key, value(key, text.substring(at, end), types.of(tool, key)));
        at = end;
        pass(form.afterValue(), "not_canonical", "text follows the parameter " + Json.quote(key));
    }

    /** What stands before a text on the same line. */
    private String name(String after, String code) throws MalformedReply {
        int end = text.indexOf(after, at);
        var name = end < 0 ? "" : text.substring(at, end);
        if (name.isEmpty() || name.chars().anyMatch(c -> c <= ' ' || "<>\"'=".indexOf(c) >= 0)) {
            throw new MalformedReply(code, "a tag has no name that ends with \">\" and a line end");
        }
        at = end + after.length();
        return name;
    }

    private void pass(String expected, String code, String problem) throws MalformedReply {
        if (text.startsWith(expected, at)) {
            at += expected.length();
        } else {
            boolean cut = expected.startsWith(text.substring(at));
            throw new MalformedReply(cut ? "truncated" : code, cut ? "the call is not complete" : problem);
        }
    }

    private JsonNode value(String key, String raw, Set<Kind> kinds) throws MalformedReply {
        var other = notString(raw, kinds);
        if (other != null) {
            return other;
        }
        if (!kinds.contains(Kind.STRING)) {
            throw new MalformedReply("invalid_json", "the parameter " + Json.quote(key) + " is no JSON");
        }
        for (var never : form.never()) {
            if (raw.contains(never)) {
                throw new MalformedReply(
                        "control_text", "the parameter " + Json.quote(key) + " holds a control token's text");
            }
        }
        StrictJson.requirePaired(raw);
        return StringNode.valueOf(raw);
    }

    /** The value that a text is where it is no string; any kind will do where there can be no string. */
    private @Nullable JsonNode notString(String raw, Set<Kind> kinds) throws MalformedReply {
        boolean any = !kinds.contains(Kind.STRING);
        if ((any || kinds.contains(Kind.TRUE)) && raw.equals(word("true"))) {
            return BooleanNode.TRUE;
        }
        if ((any || kinds.contains(Kind.FALSE)) && raw.equals(word("false"))) {
            return BooleanNode.FALSE;
        }
        if ((any || kinds.contains(Kind.NULL)) && raw.equals(word("null"))) {
            return NullNode.getInstance();
        }
        boolean isJson = ((any || kinds.contains(Kind.NUMBER)) && StrictJson.isNumber(raw))
                || ((any || kinds.contains(Kind.LIST)) && raw.startsWith("["))
                || ((any || kinds.contains(Kind.OBJECT)) && raw.startsWith("{"));
        return isJson ? StrictJson.whole(raw) : null;
    }

    private String word(String json) {
        return form.pythonWords() ? PythonText.word(json) : json;
    }
}
