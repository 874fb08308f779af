package pantheon.night.prompt;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import pantheon.night.contract.ToolCard;
import pantheon.night.prompt.call.ArgumentTypes;
import pantheon.night.prompt.call.CallForm;
import pantheon.night.prompt.call.JsonReplyParser;
import pantheon.night.prompt.call.MalformedReply;
import pantheon.night.prompt.call.ParsedCall;

/** Qwen 2.5 and 3, thinking left out: ChatML, each call a JSON object between tags on lines of their own. */
final class QwenFormat implements ChatFormat {
    static final CallForm.OfJson CALL = new CallForm.OfJson(
            QwenTemplate.CALL_OPEN, "\n{\"name\": ", ", \"arguments\": ", "}\n", QwenTemplate.CALL_CLOSE);

    @Override
    public String name() {
        return "qwen";
    }

    @Override
    public String opening(String system, List<ToolCard> tools) {
        return QwenTemplate.QWEN3_2507.render(
                List.of(new Message.Instructions(system)),
                tools.stream().map(ToolCard::json).toList(),
                false);
    }

    @Override
    public String input(String input) {
        return user(input);
    }

    @Override
    public String answer(String generated) {
        return generated + QwenTemplate.TURN_CLOSE;
    }

    @Override
    public String results(List<String> results) {
        return user(results.stream()
                .map(result -> QwenTemplate.RESULT_OPEN + "\n" + result + "\n" + QwenTemplate.RESULT_CLOSE)
                .collect(Collectors.joining("\n")));
    }

    @Override
    public String correction(String text) {
        return user(text);
    }

    private static String user(String content) {
        return QwenTemplate.turn("user", content) + QwenTemplate.GENERATION_PROMPT;
    }

    @Override
    public CallForm.OfJson call() {
        return CALL;
    }

    @Override
    public String calls(List<ParsedCall> calls, ControlText control) {
        return calls.stream()
                .map(call -> CALL.written(call.name(), control.write(call.arguments())))
                .collect(Collectors.joining("\n"));
    }

    @Override
    public List<ParsedCall> parse(String reply, ArgumentTypes types) throws MalformedReply {
        return JsonReplyParser.parse(reply, QwenTemplate.TURN_END);
    }

    @Override
    public String template() {
        try (var template = QwenFormat.class.getResourceAsStream("/chat-template/qwen.jinja")) {
            return new String(requireNonNull(template).readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public DialogueReader reader(Function<List<ToolCard>, ArgumentTypes> types) {
        return new QwenDialogueReader();
    }

    @Override
    public List<String> stops() {
        return List.of(QwenTemplate.TURN_END);
    }

    @Override
    public List<String> controlTexts() {
        return QwenTemplate.CONTROL_TEXTS;
    }
}
