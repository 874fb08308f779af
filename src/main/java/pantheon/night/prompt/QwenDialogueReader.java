package pantheon.night.prompt;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import pantheon.night.contract.Json;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Takes conversations apart that {@link QwenTemplate} renders. It remembers system turns, of which a night has few and
 * each of its prompts has one.
 */
final class QwenDialogueReader implements DialogueReader {
    private static final int MOST_SYSTEM_TURNS = 100;
    private static final String SYSTEM_OPEN = QwenTemplate.TURN_START + "system\n";
    private static final String TOOLS_OPEN = "<tools>\n";
    private static final String TOOLS_CLOSE = "\n</tools>";
    private static final String TOOLS_TITLE = "\n\n# Tools\n\n";

    /** By the turn's text; only those that render to the same text. */
    private final Map<String, Dialogue> systemTurns = new ConcurrentHashMap<>();

    @Override
    public Optional<Dialogue> read(String prompt) {
        try {
            int systemEnd = prompt.startsWith(SYSTEM_OPEN) ? endOfTurn(prompt) : 0;
            var system = systemTurn(prompt.substring(0, systemEnd));
            var turns = prompt.substring(systemEnd);
            var messages = messages(turns);
            if (!render(new Dialogue(messages, List.of())).equals(turns)) {
                return Optional.empty();
            }
            messages.addAll(0, system.messages());
            return Optional.of(new Dialogue(messages, system.tools()));
        } catch (JacksonException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static List<Message> messages(String turns) {
        var messages = new ArrayList<Message>();
        for (int from = 0; from < turns.length(); ) {
            int close = turns.indexOf(QwenTemplate.TURN_CLOSE, from);
            int to = close < 0 ? turns.length() : close;
            if (from < to) {
                read(turns.substring(from, to), messages);
            }
            from = to + QwenTemplate.TURN_CLOSE.length();
        }
        return messages;
    }

    /** Both templates give the same. */
    private static String render(Dialogue dialogue) {
        return QwenTemplate.QWEN3_2507.render(dialogue.messages(), dialogue.tools(), false);
    }

    @Override
    public int lastAnswer(String prompt) {
        int at = prompt.lastIndexOf(QwenTemplate.GENERATION_PROMPT);
        return at < 0 ? -1 : at + QwenTemplate.GENERATION_PROMPT.length();
    }

    @Override
    public List<Span> answers(String conversation) {
        var spans = new ArrayList<Span>();
        int at = conversation.indexOf(QwenTemplate.GENERATION_PROMPT);
        while (at >= 0) {
            int start = at + QwenTemplate.GENERATION_PROMPT.length();
            int end = conversation.indexOf(QwenTemplate.TURN_END, start);
            if (end < 0) {
                throw new IllegalArgumentException("an answer that is not closed");
            }
            end += QwenTemplate.TURN_END.length();
            spans.add(new Span(start, end));
            at = conversation.indexOf(QwenTemplate.GENERATION_PROMPT, end);
        }
        return spans;
    }

    @Override
    public String afterSystem(String conversation) {
        return conversation.substring(conversation.indexOf(QwenTemplate.TURN_END) + QwenTemplate.TURN_END.length());
    }

    private static int endOfTurn(String prompt) {
        int close = prompt.indexOf(QwenTemplate.TURN_CLOSE);
        if (close < 0) {
            throw new IllegalArgumentException("a turn that is not closed");
        }
        return close + QwenTemplate.TURN_CLOSE.length();
    }

    /** What follows a system turn renders alike whatever that is; so each is proved once. */
    private Dialogue systemTurn(String turn) {
        var known = systemTurns.get(turn);
        if (known != null) {
            return known;
        }
        var read = turn.isEmpty()
                ? new Dialogue(List.of(), List.of())
                : system(turn.substring(SYSTEM_OPEN.length(), turn.length() - QwenTemplate.TURN_CLOSE.length()));
        if (!render(read).equals(turn)) {
            throw new IllegalArgumentException("a system turn that renders otherwise");
        }
        if (systemTurns.size() < MOST_SYSTEM_TURNS) {
            systemTurns.put(turn, read);
        }
        return read;
    }

    private static void read(String turn, List<Message> messages) {
        var role = between(turn, QwenTemplate.TURN_START, "\n");
        var content = turn.substring(QwenTemplate.TURN_START.length() + role.length() + 1);
        switch (role) {
            case "user" -> {
                if (content.startsWith(QwenTemplate.RESULT_OPEN)) {
                    blocks(content, QwenTemplate.RESULT_OPEN, QwenTemplate.RESULT_CLOSE)
                            .forEach(result -> messages.add(new Message.Tool(result)));
                } else {
                    messages.add(new Message.User(content));
                }
            }
            case "assistant" -> messages.add(new Message.Assistant("", calls(content)));
            default -> throw new IllegalArgumentException("no role " + role);
        }
    }

    private static Dialogue system(String content) {
        int title = content.indexOf(TOOLS_TITLE);
        if (title < 0) {
            return new Dialogue(List.of(new Message.Instructions(content)), List.of());
        }
        int open = content.indexOf(TOOLS_OPEN, title) + TOOLS_OPEN.length();
        var tools = new ArrayList<JsonNode>();
        for (var line :
                content.substring(open, content.indexOf(TOOLS_CLOSE, open)).split("\n", -1)) {
            tools.add(Json.parse(line));
        }
        return new Dialogue(List.of(new Message.Instructions(content.substring(0, title))), tools);
    }

    private static List<Message.Call> calls(String content) {
        return blocks(content, QwenTemplate.CALL_OPEN, QwenTemplate.CALL_CLOSE).stream()
                .map(Json::parse)
                .map(call -> new Message.Call(call.path("name").asString(""), call.path("arguments")))
                .toList();
    }

    /** What stands between tags, each tag on a line of its own. */
    private static List<String> blocks(String content, String open, String close) {
        var found = new ArrayList<String>();
        for (int at = 0; at < content.length(); ) {
            int from = content.indexOf(open + "\n", at) + open.length() + 1;
            int to = content.indexOf("\n" + close, from);
            if (from <= open.length() || to < from) {
                throw new IllegalArgumentException("no closed " + open);
            }
            found.add(content.substring(from, to));
            at = to + close.length() + 1;
        }
        return found;
    }

    private static String between(String text, String open, String close) {
        int to = text.indexOf(close);
        if (!text.startsWith(open) || to < 0) {
            throw new IllegalArgumentException("no " + open);
        }
        return text.substring(open.length(), to);
    }
}
