package pantheon.night.prompt;

import java.util.List;
import tools.jackson.databind.JsonNode;

/** One message of a conversation, as chat templates take it. */
public sealed interface Message {
    String content();

    /** The system message. */
    record Instructions(String content) implements Message {}

    record User(String content) implements Message {}

    /** What the model answered: free text, calls, or both. */
    record Assistant(String content, List<Call> calls) implements Message {
        public Assistant {
            calls = List.copyOf(calls);
        }
    }

    /** A tool's result, as raw text. */
    record Tool(String content) implements Message {}

    /**
     * A call inside an assistant's message.
     *
     * @param arguments an object; a string is what some clients send, and the templates differ on it
     */
    record Call(String name, JsonNode arguments) {}
}
