package pantheon.night.prompt;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import pantheon.night.contract.Json;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Takes rendered prompts apart: the inverse of {@link ChatTemplate#render}. It remembers system turns, of which a night
 * has few and each of its prompts has one. Several threads may read at once.
 */
public final class DialogueReader {
    private static final int MOST_SYSTEM_TURNS = 100;
    private static final String TURN_CLOSE = ChatTemplate.TURN_END + "\n";
    private static final Pattern TURNS = Pattern.compile(Pattern.quote(TURN_CLOSE));
    private static final String SYSTEM_OPEN = ChatTemplate.TURN_START + "system\n";
    private static final String TOOLS_OPEN = "<tools>\n";
    private static final String TOOLS_CLOSE = "\n</tools>";
    private static final String TOOLS_TITLE = "\n\n# Tools\n\n";

    /** By the turn's text; only those that render to the same text. */
    private final Map<String, Dialogue> systemTurns = new ConcurrentHashMap<>();

    /**
     * Takes a prompt of closed turns apart.
     *
     * @return empty where rendering what was read would not give the same text byte for byte, for example because an
     *     answer was no call, or because an argument holds the text of a control token
     */
    public Optional<Dialogue> read(String prompt) {
        try {
            int systemEnd = prompt.startsWith(SYSTEM_OPEN) ? endOfTurn(prompt) : 0;
            var system = systemTurn(prompt.substring(0, systemEnd));
            var messages = new ArrayList<Message>();
            for (var turn : TURNS.split(prompt.substring(systemEnd), -1)) {
                if (!turn.isEmpty()) {
                    read(turn, messages);
                }
            }
            if (!new Dialogue(messages, List.of()).render().equals(prompt.substring(systemEnd))) {
                return Optional.empty();
            }
            messages.addAll(0, system.messages());
            return Optional.of(new Dialogue(messages, system.tools()));
        } catch (JacksonException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static int endOfTurn(String prompt) {
        int close = prompt.indexOf(TURN_CLOSE);
        if (close < 0) {
            throw new IllegalArgumentException("a turn that is not closed");
        }
        return close + TURN_CLOSE.length();
    }

    /** What follows a system turn renders alike whatever that is; so each is proved once. */
    private Dialogue systemTurn(String turn) {
        var known = systemTurns.get(turn);
        if (known != null) {
            return known;
        }
        var read = turn.isEmpty()
                ? new Dialogue(List.of(), List.of())
                : system(turn.substring(SYSTEM_OPEN.length(), turn.length() - TURN_CLOSE.length()));
        if (!read.render().equals(turn)) {
            throw new IllegalArgumentException("a system turn that renders otherwise");
        }
        if (systemTurns.size() < MOST_SYSTEM_TURNS) {
            systemTurns.put(turn, read);
        }
        return read;
    }

    private static void read(String turn, List<Message> messages) {
        var role = between(turn, ChatTemplate.TURN_START, "\n");
        var content = turn.substring(ChatTemplate.TURN_START.length() + role.length() + 1);
        switch (role) {
            case "user" -> {
                if (content.startsWith(ChatTemplate.RESULT_OPEN)) {
                    blocks(content, ChatTemplate.RESULT_OPEN, ChatTemplate.RESULT_CLOSE)
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
        return blocks(content, ChatTemplate.CALL_OPEN, ChatTemplate.CALL_CLOSE).stream()
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
