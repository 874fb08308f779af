package pantheon.night.engine.server.protocol;

import pantheon.night.VisibleText;
import pantheon.night.contract.Json;
import pantheon.night.engine.server.http.ExchangeFailed;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/**
 * A whole reply.
 *
 * @param status 200 to 599
 * @param json what it says, nothing where its body is empty or no JSON
 */
public record Reply(int status, JsonNode json) {
    private static final int SHOWN = 200;

    public static Reply of(int status, String body) throws ExchangeFailed {
        if (status == 200 && !body.isEmpty()) {
            return new Reply(status, json(body));
        }
        try {
            return new Reply(status, body.isEmpty() ? MissingNode.getInstance() : json(body));
        } catch (ExchangeFailed e) {
            return new Reply(status, MissingNode.getInstance()); // an error's page is nothing to be read
        }
    }

    /** The JSON of a text that a server sent. */
    public static JsonNode json(String text) throws ExchangeFailed {
        try {
            return Json.parse(text);
        } catch (JacksonException e) {
            throw ExchangeFailed.nonsense("sent what is no JSON: " + shown(text));
        }
    }

    public boolean isOk() {
        return status == 200;
    }

    /** What an error says, in one line; its status alone where it says nothing. */
    public String error() {
        var error = json.path("error");
        var message = error.isString() ? error : error.path("message");
        return message.isString() ? status + ", " + shown(message.stringValue()) : String.valueOf(status);
    }

    /** The kind of an error as the server names it; empty where it does not. */
    public String errorType() {
        return json.path("error").path("type").asString("");
    }

    /** Foreign text for a message: one line, of which every character is seen, and not all of a long one. */
    public static String shown(String text) {
        var line = VisibleText.line(text.strip());
        return line.length() > SHOWN ? line.substring(0, SHOWN) + "…" : line;
    }
}
