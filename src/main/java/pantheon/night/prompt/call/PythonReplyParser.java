package pantheon.night.prompt.call;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import pantheon.night.contract.Json;
import pantheon.night.language.spelling.PythonText;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * Takes a complete model turn of Python calls apart, strictly.
 *
 * <p>Arguments come by their names, with {@code ", "} between them and no other blanks. Free text may stand before the
 * opening token, where the form has one. Nothing is repaired.
 */
public final class PythonReplyParser {
    private final String text;
    private final CallForm.OfPython form;
    private int at;

    private PythonReplyParser(String text, CallForm.OfPython form) {
        this.text = text;
        this.form = form;
    }

    /**
     * The calls of a turn, one or more.
     *
     * @param turnEnd the text of the control token that ends a turn; what follows it does not count
     */
    public static List<ParsedCall> parse(String text, String turnEnd, CallForm.OfPython form) throws MalformedReply {
        int end = text.indexOf(turnEnd);
        return new PythonReplyParser(end < 0 ? text : text.substring(0, end), form).calls();
    }

    private List<ParsedCall> calls() throws MalformedReply {
        if (text.isBlank()) {
            throw new MalformedReply("empty", "the reply is empty");
        }
        int open = text.indexOf(form.open());
        if (open < 0 || !text.startsWith(form.before(), open + form.open().length())) {
            throw new MalformedReply("no_tool_call_tag", "the reply has no call " + form.open() + form.before());
        }
        at = open + form.open().length() + form.before().length();
        var calls = new ArrayList<ParsedCall>();
        do {
            calls.add(call());
        } while (passed(form.between()));
        require(
                form.after() + form.close(),
                "missing_close",
                "the calls do not end with " + form.after() + form.close());
        if (at != text.length()) {
            throw new MalformedReply("text_after_call", "text follows the calls");
        }
        return calls;
    }

    private ParsedCall call() throws MalformedReply {
        var name = name('(');
        var arguments = Json.object();
        if (!passed(")")) {
            do {
                argument(arguments);
            } while (passed(", "));
            require(")", "not_canonical", "the arguments of " + name + " do not go on with \", \" or \")\"");
        }
        return new ParsedCall(name, arguments);
    }

    private void argument(ObjectNode arguments) throws MalformedReply {
        var key = name('=');
        if (arguments.has(key)) {
            throw new MalformedReply("duplicate_key", "the argument " + Json.quote(key) + " stands twice");
        }
        arguments.set(key, value(key));
    }

    private String name(char after) throws MalformedReply {
        int end = at;
        while (end < text.length() && isOfName(text.charAt(end))) {
            end++;
        }
        if (end == text.length()) {
            throw new MalformedReply("truncated", "the call is not complete");
        }
        if (end == at || text.charAt(end) != after) {
            throw new MalformedReply("no_name", "no name with \"" + after + "\" behind it where one has to stand");
        }
        var name = text.substring(at, end);
        at = end + 1;
        return name;
    }

    private static boolean isOfName(char c) {
        return c > ' ' && "\"'\\<>=(),".indexOf(c) < 0 && !Character.isWhitespace(c);
    }

    private JsonNode value(String key) throws MalformedReply {
        if (form.values() == CallForm.OfPython.Values.QUOTED && at < text.length() && text.charAt(at) == '\'') {
            return singleQuoted();
        }
        int end = new PythonScan(text).behindValue(at);
        var raw = text.substring(at, end);
        at = end;
        var json = json(raw);
        if (json.isEmpty()) {
            throw new MalformedReply("invalid_json", "the argument " + Json.quote(key) + " has no value");
        }
        return StrictJson.whole(json.get());
    }

    /** The value's JSON text, empty where it is none or has words of another language. */
    private Optional<String> json(String raw) {
        boolean isContainer = raw.startsWith("[") || raw.startsWith("{");
        return switch (form.values()) {
            case JSON -> Optional.of(raw).filter(text -> !text.isEmpty());
            case QUOTED ->
                isContainer ? Optional.of(raw) : raw.startsWith("\"") ? Optional.empty() : PythonText.json(raw);
            case PYTHON -> PythonText.json(raw);
        };
    }

    private JsonNode singleQuoted() throws MalformedReply {
        var out = new StringBuilder();
        at++;
        while (at < text.length() && text.charAt(at) != '\'') {
            char c = text.charAt(at++);
            if (c == '\n' || c == '\r') {
                throw new MalformedReply("invalid_json", "a line ends inside a string");
            }
            out.append(c == '\\' ? escaped() : c);
        }
        require("'", "truncated", "a string is not closed");
        StrictJson.requirePaired(out.toString());
        return StringNode.valueOf(out.toString());
    }

    private char escaped() throws MalformedReply {
        char c = at < text.length() ? text.charAt(at++) : ' ';
        int plain = "\\'nr".indexOf(c);
        if (plain >= 0) {
            return "\\'\n\r".charAt(plain);
        }
        if (c == 'u' && at + 4 <= text.length() && text.substring(at, at + 4).matches("[0-9a-f]{4}")) {
            at += 4;
            return (char) Integer.parseInt(text, at - 4, at, 16);
        }
        throw new MalformedReply(
                at < text.length() ? "invalid_json" : "truncated", "a string has an escape that no template writes");
    }

    private boolean passed(String expected) {
        boolean there = text.startsWith(expected, at);
        at += there ? expected.length() : 0;
        return there;
    }

    private void require(String expected, String code, String problem) throws MalformedReply {
        if (!passed(expected)) {
            boolean cut = expected.startsWith(text.substring(at));
            throw new MalformedReply(
                    cut && at == text.length() ? "truncated" : code, cut ? "the call is not complete" : problem);
        }
    }
}
