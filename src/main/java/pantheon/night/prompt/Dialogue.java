package pantheon.night.prompt;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import pantheon.night.contract.Json;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * A rendered prompt taken apart again into messages and tools: the inverse of {@link ChatTemplate#render}.
 *
 * @param messages the first is the system's
 * @param tools one JSON value a tool
 */
public record Dialogue(List<Message> messages, List<JsonNode> tools) {
    private static final Pattern TURNS = Pattern.compile(Pattern.quote(ChatTemplate.TURN_END + "\n"));
    private static final String TOOLS_OPEN = "<tools>\n";
    private static final String TOOLS_CLOSE = "\n</tools>";
    private static final String TOOLS_TITLE = "\n\n# Tools\n\n";

    public Dialogue {
        messages = List.copyOf(messages);
        tools = List.copyOf(tools);
    }

    /**
     * Takes a prompt of closed turns apart.
     *
     * @return empty where rendering what was read would not give the same text byte for byte, for example because an
     *     answer was no call, or because an argument holds the text of a control token
     */
    public static Optional<Dialogue> read(String prompt) {
        try {
            var messages = new ArrayList<Message>();
            var tools = new ArrayList<JsonNode>();
            for (var turn : TURNS.split(prompt, -1)) {
                if (!turn.isEmpty()) {
                    read(turn, messages, tools);
                }
            }
            var dialogue = new Dialogue(messages, tools);
            return dialogue.render().equals(prompt) ? Optional.of(dialogue) : Optional.empty();
        } catch (JacksonException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** The text that it was read from; both templates give the same. */
    public String render() {
        return ChatTemplate.QWEN3_2507.render(messages, tools, false);
    }

    private static void read(String turn, List<Message> messages, List<JsonNode> tools) {
        var role = between(turn, ChatTemplate.TURN_START, "\n");
        var content = turn.substring(ChatTemplate.TURN_START.length() + role.length() + 1);
        switch (role) {
            case "system" -> messages.add(system(content, tools));
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

    private static Message system(String content, List<JsonNode> tools) {
        int title = content.indexOf(TOOLS_TITLE);
        if (title < 0) {
            return new Message.Instructions(content);
        }
        int open = content.indexOf(TOOLS_OPEN, title) + TOOLS_OPEN.length();
        for (var line :
                content.substring(open, content.indexOf(TOOLS_CLOSE, open)).split("\n", -1)) {
            tools.add(Json.parse(line));
        }
        return new Message.Instructions(content.substring(0, title));
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
