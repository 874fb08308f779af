package pantheon.night.agent;

import java.util.List;
import pantheon.night.contract.Json;
import pantheon.night.prompt.ChatTemplate;
import pantheon.night.prompt.ControlText;
import pantheon.night.tool.ToolCall;

/** The model's answers as the transcript keeps them. */
final class Answers {
    private Answers() {}

    /**
     * An answer as it was generated, except where text in it would become a control token once it is tokenised
     * again: a call is then written anew with that text escaped, and any other reply with all its control texts.
     */
    static String text(String generated, Reply reply, ControlText control) {
        return switch (reply) {
            case Reply.Calls calls -> calls(generated, calls.calls(), control);
            case Reply.Final end -> calls(generated, List.of(new ToolCall(ToolCall.FINAL, end.output())), control);
            case Reply.OffSchema broken -> {
                var content = generated.replace(ChatTemplate.CALL_OPEN, "").replace(ChatTemplate.CALL_CLOSE, "");
                yield control.occursIn(content) ? control.escape(generated) : generated;
            }
            case Reply.CutOff cut -> "";
        };
    }

    private static String calls(String generated, List<ToolCall> calls, ControlText control) {
        var before = generated.substring(0, generated.indexOf(ChatTemplate.CALL_OPEN));
        boolean clean = !control.occursIn(before)
                && calls.stream().noneMatch(call -> control.occursIn(Json.write(call.arguments())));
        if (clean) {
            return generated;
        }
        return String.join(
                "\n",
                calls.stream()
                        .map(call -> "%s\n{\"name\": \"%s\", \"arguments\": %s}\n%s"
                                .formatted(
                                        ChatTemplate.CALL_OPEN,
                                        call.name(),
                                        control.write(call.arguments()),
                                        ChatTemplate.CALL_CLOSE))
                        .toList());
    }
}
