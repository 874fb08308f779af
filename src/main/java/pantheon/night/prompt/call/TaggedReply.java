package pantheon.night.prompt.call;

import java.util.ArrayList;
import java.util.List;

/**
 * A complete model turn whose calls stand between {@code <tool_call>} and {@code </tool_call>}.
 *
 * <p>Calls follow one another on lines of their own; free text may stand before the first, never after one.
 */
abstract class TaggedReply {
    static final String OPEN = "<tool_call>";
    static final String CLOSE = "</tool_call>";
    /** How a tag with attributes begins, which is no tag of ours. */
    private static final String OPEN_WITH_MORE = "<tool_call ";

    private static final String THINK_OPEN = "<think>";
    private static final String THINK_CLOSE = "</think>";

    private final String turnEnd;
    final String text;
    /** Where reading goes on. */
    int at;

    /** @param turnEnd the text of the control token that ends a turn */
    TaggedReply(String text, String turnEnd) {
        this.text = text;
        this.turnEnd = turnEnd;
    }

    /** The call whose opening tag stands where reading goes on, up to and with its closing tag. */
    abstract ParsedCall call() throws MalformedReply;

    /** The calls, one or more. */
    final List<ParsedCall> calls() throws MalformedReply {
        at = afterThinking();
        if (text.substring(at).isBlank()) {
            throw new MalformedReply("empty", "the reply is empty");
        }
        at = firstCall();
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

    private int firstCall() throws MalformedReply {
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
        return open;
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

    /** Passes over the closing tag on a line of its own. */
    final void requireClose(String otherwise, String problem) throws MalformedReply {
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
        throw new MalformedReply(otherwise, problem);
    }
}
