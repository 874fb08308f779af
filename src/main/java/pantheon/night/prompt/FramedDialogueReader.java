package pantheon.night.prompt;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import pantheon.night.contract.ToolCard;
import pantheon.night.prompt.call.ArgumentTypes;
import pantheon.night.prompt.call.MalformedReply;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Takes conversations of a {@link FramedFormat} apart. It remembers system turns, of which a night has few and each of
 * its prompts has one.
 */
final class FramedDialogueReader implements DialogueReader {
    private static final int MOST_SYSTEM_TURNS = 100;

    private final FramedFormat format;
    private final Turns turns;
    private final Function<List<ToolCard>, ArgumentTypes> types;
    /** By the turn's text; only those that render to the same text. */
    private final Map<String, Opening> openings = new ConcurrentHashMap<>();

    /** @param types says of which types the arguments of tools can be */
    FramedDialogueReader(FramedFormat format, Function<List<ToolCard>, ArgumentTypes> types) {
        this.format = format;
        this.types = types;
        turns = format.turns();
    }

    private record Opening(Dialogue dialogue, ArgumentTypes types) {}

    @Override
    public Optional<Dialogue> read(String conversation) {
        try {
            int end = endOfTurn(conversation, 0);
            var opening = opening(conversation.substring(0, end));
            var messages = new ArrayList<>(opening.dialogue().messages());
            for (int at = end; at < conversation.length(); ) {
                at = turn(conversation, at, opening.types(), messages);
            }
            return Optional.of(new Dialogue(messages, opening.dialogue().tools()));
        } catch (MalformedReply | JacksonException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** What follows a system turn renders alike whatever that is; so each is proved once. */
    private Opening opening(String text) {
        var known = openings.get(text);
        if (known != null) {
            return known;
        }
        var head = turns.first() + turns.opened("system");
        if (!text.startsWith(head)) {
            throw new IllegalArgumentException("no system turn");
        }
        var read = format.toolsText()
                .read(text.substring(
                        head.length(), text.length() - turns.behindAnswer().length()));
        if (!format.systemTurn(read).equals(text)) {
            throw new IllegalArgumentException("a system turn that renders otherwise");
        }
        var opening = new Opening(
                read,
                types.apply(
                        read.tools().stream().map(FramedDialogueReader::card).toList()));
        if (openings.size() < MOST_SYSTEM_TURNS) {
            openings.put(text, opening);
        }
        return opening;
    }

    private static ToolCard card(JsonNode tool) {
        var function = tool.path("function");
        return new ToolCard(
                function.path("name").asString(""),
                function.path("description").asString(""),
                function.path("parameters"));
    }

    /** Reads the turn that begins somewhere; where the next one does. */
    private int turn(String text, int from, ArgumentTypes types, List<Message> messages) throws MalformedReply {
        int end = endOfTurn(text, from);
        var turn = text.substring(from, end);
        var message = message(turn, types, messages);
        if (!message.equals(turn)) {
            throw new IllegalArgumentException("a turn that renders otherwise");
        }
        return end;
    }

    /** Reads a turn into messages; what these render to. */
    private String message(String turn, ArgumentTypes types, List<Message> messages) throws MalformedReply {
        var answer = turns.answerOpened();
        if (turn.startsWith(answer)) {
            return answer(inside(turn, answer), types, messages);
        }
        var results = turns.opened(turns.results().role()) + turns.results().before();
        if (turn.startsWith(results) && !isUser(messages)) {
            return results(inside(turn, results), messages);
        }
        var content = inside(turn, turns.opened(Turns.USER));
        messages.add(new Message.User(content));
        return turns.turn(Turns.USER, content);
    }

    /** Whether a turn that may be a result is the user's: where only what was before tells, nothing was asked for. */
    private boolean isUser(List<Message> before) {
        return turns.results().role().equals(Turns.USER)
                && turns.results().before().isEmpty()
                && !(before.getLast() instanceof Message.Assistant || before.getLast() instanceof Message.Tool);
    }

    private String inside(String turn, String head) {
        if (!turn.startsWith(head)) {
            throw new IllegalArgumentException("a turn of a stranger");
        }
        return turn.substring(
                head.length(), turn.length() - turns.behindAnswer().length());
    }

    private String answer(String content, ArgumentTypes types, List<Message> messages) throws MalformedReply {
        var calls = format.parse(content, types);
        messages.add(new Message.Assistant(
                "",
                calls.stream()
                        .map(call -> new Message.Call(call.name(), call.arguments()))
                        .toList()));
        return turns.answerOpened() + format.calls(calls, format.control(List.of())) + turns.behindAnswer();
    }

    private String results(String content, List<Message> messages) {
        var shape = turns.results();
        if (!content.endsWith(shape.behind() + shape.closing())) {
            throw new IllegalArgumentException("results that have no end");
        }
        var inner = content.substring(
                0, content.length() - shape.behind().length() - shape.closing().length());
        var texts = shape.together()
                ? List.of(inner.split(Pattern.quote(shape.behind() + shape.between() + shape.before()), -1))
                : List.of(shape.read(inner));
        texts.forEach(text -> messages.add(new Message.Tool(text)));
        return turns.results(texts);
    }

    private int endOfTurn(String text, int from) {
        int close = text.indexOf(turns.behindAnswer(), from);
        if (close < 0) {
            throw new IllegalArgumentException("a turn that is not closed");
        }
        return close + turns.behindAnswer().length();
    }

    @Override
    public int lastAnswer(String prompt) {
        int at = prompt.lastIndexOf(turns.answerOpened());
        return at < 0 ? -1 : at + turns.answerOpened().length();
    }

    @Override
    public List<Span> answers(String conversation) {
        var spans = new ArrayList<Span>();
        var opened = turns.answerOpened();
        for (int at = conversation.indexOf(opened); at >= 0; ) {
            int start = at + opened.length();
            int end = conversation.indexOf(turns.end(), start);
            if (end < 0) {
                throw new IllegalArgumentException("an answer that is not closed");
            }
            end += turns.end().length();
            spans.add(new Span(start, end));
            at = conversation.indexOf(opened, end);
        }
        return spans;
    }

    @Override
    public String afterSystem(String conversation) {
        return conversation.substring(
                conversation.indexOf(turns.end()) + turns.end().length());
    }
}
