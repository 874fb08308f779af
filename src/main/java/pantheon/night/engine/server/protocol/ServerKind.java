package pantheon.night.engine.server.protocol;

import java.util.List;
import java.util.Optional;
import pantheon.night.engine.server.http.ExchangeFailed;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** How one kind of server is talked to: its routes, the fields of its requests, and how its streams are read. */
public sealed interface ServerKind permits LlamaServer, VllmServer {
    /** The path of completions. */
    String path();

    /** The body that asks for a continuation, every field of sampling told: what is left out comes from the model's files. */
    ObjectNode body(Ask ask);

    /** Takes an event of the stream. */
    void take(JsonNode event, Continuation into) throws ExchangeFailed;

    /** How long a prompt was that is too long; empty where the reply says something else. */
    Optional<JsonNode> tooLong(Reply reply);

    /** The languages of grammars that it may take, the best first. */
    List<Language> languages();

    /** Whether it may show at {@code /slots} which of its slots are busy. */
    boolean showsSlots();

    /** The gauge at {@code /metrics} of requests that wait for others to end. */
    String waiting();

    /** What asks for a text's tokens, at {@code /tokenize}. */
    ObjectNode tokenize(String text);
}
