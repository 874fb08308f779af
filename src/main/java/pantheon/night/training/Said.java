package pantheon.night.training;

import java.util.List;
import pantheon.night.contract.Json;
import pantheon.night.prompt.Message;
import pantheon.night.training.secrets.ComposedText;
import pantheon.night.training.secrets.Passage;
import pantheon.night.training.secrets.Secrets;
import tools.jackson.databind.node.StringNode;

/**
 * A message of a conversation in those parts that its rows have in common, each of which is escaped and searched once. All
 * texts are as they stand in JSON between quotes.
 */
sealed interface Said {
    record User(Passage content) implements Said {}

    /** A tool's result. */
    record Result(Passage content) implements Said {}

    record Answer(String content, List<Call> calls) implements Said {}

    /**
     * A call.
     *
     * @param tool the tool's name
     * @param arguments as JSON
     * @param written the arguments as the model writes them
     */
    record Call(String tool, Passage arguments, Passage written) {
        static Call of(Message.Call call, Secrets secrets) {
            return new Call(
                    call.name(),
                    secrets.passage(Json.MAPPER.writeValueAsString(call.arguments())),
                    secrets.passage(Json.escaped(Json.write(call.arguments()))));
        }

        /** The name as JSON. */
        String name() {
            return Json.quote(tool);
        }

        /** The call as the model writes it. */
        ComposedText asWritten() {
            return new ComposedText()
                    .add(Json.escaped("{\"name\": " + Json.write(StringNode.valueOf(tool)) + ", \"arguments\": "))
                    .add(written)
                    .add("}");
        }
    }

    /** Of all messages but the system's. */
    static List<Said> of(List<Message> messages, Secrets secrets) {
        return messages.stream()
                .filter(message -> !(message instanceof Message.Instructions))
                .map(message -> of(message, secrets))
                .toList();
    }

    private static Said of(Message message, Secrets secrets) {
        return switch (message) {
            case Message.Instructions system -> throw new IllegalArgumentException("the system's turn is the opening");
            case Message.User user -> new User(secrets.passage(Json.escaped(user.content())));
            case Message.Tool tool -> new Result(secrets.passage(Json.escaped(tool.content())));
            case Message.Assistant assistant ->
                new Answer(
                        Json.escaped(assistant.content()),
                        assistant.calls().stream()
                                .map(call -> Call.of(call, secrets))
                                .toList());
        };
    }
}
