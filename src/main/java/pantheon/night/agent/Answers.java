package pantheon.night.agent;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import pantheon.night.prompt.ChatFormat;
import pantheon.night.prompt.ControlText;
import pantheon.night.prompt.call.CallForm;
import pantheon.night.prompt.call.ParsedCall;
import pantheon.night.tool.ToolCall;

/** The model's answers as the transcript keeps them. */
final class Answers {
    private Answers() {}

    /**
     * An answer as it was generated, except where text in it would become a control token once it is tokenised
     * again: calls are then written anew with that text escaped, and in any other reply each control text is escaped
     * but a call's tag on a line of its own.
     */
    static String text(ChatFormat format, String generated, Reply reply, ControlText control) {
        return switch (reply) {
            case Reply.Calls calls -> calls(format, generated, calls.calls(), control);
            case Reply.Final end ->
                calls(format, generated, List.of(new ToolCall(ToolCall.FINAL, end.output())), control);
            case Reply.OffSchema broken -> offSchema(format.call(), generated, control);
            case Reply.CutOff cut -> "";
        };
    }

    private static String calls(ChatFormat format, String generated, List<ToolCall> calls, ControlText control) {
        var anew = format.calls(
                calls.stream()
                        .map(call -> new ParsedCall(call.name(), call.arguments()))
                        .toList(),
                control);
        return control.count(generated) == control.count(anew) ? generated : anew;
    }

    private static String offSchema(CallForm form, String generated, ControlText control) {
        return Stream.of(generated.split("\n", -1))
                .map(line -> line.equals(form.open()) || line.equals(form.close()) ? line : control.escape(line))
                .collect(Collectors.joining("\n"));
    }
}
