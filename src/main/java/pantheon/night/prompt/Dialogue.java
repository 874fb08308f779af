package pantheon.night.prompt;

import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * A conversation as messages and tools: what a {@link DialogueReader} makes of its text.
 *
 * @param messages the first is the system's
 * @param tools one JSON value a tool
 */
public record Dialogue(List<Message> messages, List<JsonNode> tools) {
    public Dialogue {
        messages = List.copyOf(messages);
        tools = List.copyOf(tools);
    }
}
