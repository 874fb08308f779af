package pantheon.night.prompt;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.function.Function;
import pantheon.night.contract.ToolCard;
import pantheon.night.prompt.call.ArgumentTypes;
import pantheon.night.prompt.call.CallForm;
import pantheon.night.prompt.call.CallText;
import pantheon.night.prompt.call.JsonReplyParser;
import pantheon.night.prompt.call.MalformedReply;
import pantheon.night.prompt.call.ParsedCall;
import pantheon.night.prompt.call.PythonReplyParser;
import pantheon.night.prompt.call.XmlReplyParser;

/**
 * A format put together of how turns are framed, how tools are shown and how calls are written.
 *
 * @param controlTexts those of the format
 */
record FramedFormat(String name, Turns turns, ToolsText toolsText, CallForm call, List<String> controlTexts)
        implements ChatFormat {
    FramedFormat {
        controlTexts = List.copyOf(controlTexts);
    }

    /** The first turn, with what stands before it. */
    String systemTurn(Dialogue dialogue) {
        var system = dialogue.messages().getFirst().content();
        return turns.first() + turns.turn("system", toolsText.content(system, dialogue.tools()));
    }

    @Override
    public String opening(String system, List<ToolCard> tools) {
        return systemTurn(new Dialogue(List.of(new Message.Instructions(system)), ToolsText.cards(tools)));
    }

    @Override
    public String input(String input) {
        return turns.turn(Turns.USER, input) + turns.answerOpened();
    }

    @Override
    public String answer(String generated) {
        return generated + turns.behindAnswer();
    }

    @Override
    public String results(List<String> results) {
        return turns.results(results) + turns.answerOpened();
    }

    @Override
    public String correction(String text) {
        return switch (turns.corrections()) {
            case USER -> input(text);
            case RESULT -> results(List.of(text));
        };
    }

    @Override
    public String calls(List<ParsedCall> calls, ControlText control) {
        return new CallText(control::escape).of(call, calls);
    }

    @Override
    public List<ParsedCall> parse(String reply, ArgumentTypes types) throws MalformedReply {
        return switch (call) {
            case CallForm.OfJson json -> JsonReplyParser.parse(reply, turns.end());
            case CallForm.OfXml xml -> XmlReplyParser.parse(reply, turns.end(), xml, types);
            case CallForm.OfPython python -> PythonReplyParser.parse(reply, turns.end(), python);
        };
    }

    @Override
    public String template() {
        try (var template = FramedFormat.class.getResourceAsStream("/chat-template/" + name + ".jinja")) {
            return new String(requireNonNull(template).readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public DialogueReader reader(Function<List<ToolCard>, ArgumentTypes> types) {
        return new FramedDialogueReader(this, types);
    }

    @Override
    public List<String> stops() {
        return List.of(turns.end());
    }
}
