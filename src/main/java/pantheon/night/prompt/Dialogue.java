package pantheon.night.prompt;

import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * A rendered prompt taken apart again into messages and tools: the inverse of {@link ChatTemplate#render}.
 *
 * @param messages the first is the system's
 * @param tools one JSON value a tool
 */
public record Dialogue(List<Message> messages, List<JsonNode> tools) {
    public Dialogue {
        messages = List.copyOf(messages);
        tools = List.copyOf(tools);
    }

    /** Takes a prompt of closed turns apart, as {@link DialogueReader} does. */
    public static Optional<Dialogue> read(String prompt) {
        return new DialogueReader().read(prompt);
    }

    /** The text that it was read from; both templates give the same. */
    public String render() {
        return ChatTemplate.QWEN3_2507.render(messages, tools, false);
    }
}
