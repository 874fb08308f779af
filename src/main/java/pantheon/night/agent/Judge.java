package pantheon.night.agent;

import java.util.List;
import pantheon.night.Contained;
import pantheon.night.contract.Violation;
import pantheon.night.engine.Generation;
import pantheon.night.prompt.ChatFormat;
import pantheon.night.prompt.call.ArgumentTypes;
import pantheon.night.prompt.call.MalformedReply;
import pantheon.night.tool.ToolBox;
import pantheon.night.tool.ToolCall;

/** Decides what a generation amounts to: calls that may run, a final output, or neither. */
final class Judge {
    private final ChatFormat format;
    private final ArgumentTypes types;
    private final ToolBox tools;

    /** @param types of the tools' arguments */
    Judge(ChatFormat format, ArgumentTypes types, ToolBox tools) {
        this.format = format;
        this.types = types;
        this.tools = tools;
    }

    Reply judge(Generation generation) {
        return switch (generation.stopReason()) {
            case END_OF_TURN -> complete(generation.text());
            case TOKEN_LIMIT ->
                new Reply.OffSchema("truncated", "the turn did not end within its limit of tokens", Correction.NO_CALL);
            case CONTEXT_FULL, TIME_LIMIT -> new Reply.CutOff(generation.stopReason());
        };
    }

    private Reply complete(String text) {
        try {
            var calls = format.parse(text, types).stream()
                    .map(call -> new ToolCall(call.name(), call.arguments()))
                    .toList();
            for (var call : calls) {
                var schema = tools.schema(call.name());
                if (schema == null) {
                    return offSchema("unknown_tool", "there is no tool \"" + call.name() + "\"");
                }
                var violations = schema.check(call.arguments());
                if (!violations.isEmpty()) {
                    return offSchema("schema", words(call, violations));
                }
            }
            boolean ends = calls.stream().anyMatch(call -> call.name().equals(ToolCall.FINAL));
            if (!ends) {
                return new Reply.Calls(calls);
            }
            return calls.size() == 1
                    ? new Reply.Final(calls.getFirst().arguments())
                    : offSchema("final_not_alone", "final stands beside other calls");
        } catch (MalformedReply e) {
            return new Reply.OffSchema(e.code(), e.problem(), Correction.NO_CALL);
        } catch (StackOverflowError e) {
            return offSchema("schema", Contained.why(e));
        }
    }

    private static Reply.OffSchema offSchema(String code, String message) {
        return new Reply.OffSchema(code, message, Correction.NOT_ON_SCHEMA);
    }

    private static String words(ToolCall call, List<Violation> violations) {
        return "arguments of " + call.name() + ": "
                + String.join("; ", violations.stream().map(Violation::toString).toList());
    }
}
