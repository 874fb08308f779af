package pantheon.night.agent;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import pantheon.night.prompt.ChatTemplate;
import pantheon.night.prompt.ControlText;
import pantheon.night.tool.ToolCall;

/** The model's answers as the transcript keeps them. */
final class Answers {
    private Answers() {}

    /**
     * An answer as it was generated, except where text in it would become a control token once it is tokenised
     * again: calls are then written anew with that text escaped, and in any other reply each control text is escaped
     * but a call's tag on a line of its own.
     */
    static String text(String generated, Reply reply, ControlText control) {
        return switch (reply) {
            case Reply.Calls calls -> calls(generated, calls.calls(), control);
            case Reply.Final end -> calls(generated, List.of(new ToolCall(ToolCall.FINAL, end.output())), control);
            case Reply.OffSchema broken -> offSchema(generated, control);
            case Reply.CutOff cut -> "";
        };
    }

    private static String calls(String generated, List<ToolCall> calls, ControlText control) {
        long tags = 2L * calls.size();
        if (control.count(generated) == tags) {
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

    private static String offSchema(String generated, ControlText control) {
        return Stream.of(generated.split("\n", -1))
                .map(line -> line.equals(ChatTemplate.CALL_OPEN) || line.equals(ChatTemplate.CALL_CLOSE)
                        ? line
                        : control.escape(line))
                .collect(Collectors.joining("\n"));
    }
}
