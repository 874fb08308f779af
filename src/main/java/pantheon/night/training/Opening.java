package pantheon.night.training;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;
import pantheon.night.contract.Json;
import pantheon.night.contract.Sha256;
import pantheon.night.prompt.Dialogue;
import pantheon.night.prompt.Message;
import pantheon.night.training.secrets.Passage;
import pantheon.night.training.secrets.Secrets;

/** What the rows of all conversations have in common that begin with the same turn, the system's. */
final class Opening {
    private final Passage turn;
    private final Passage prompt;
    private final MessageDigest digest = Sha256.digest();
    private final Passage messages;
    private final Optional<Passage> system;
    private final Passage tools;
    private final Passage toolsAsText;

    /**
     * @param turn the text of the turn
     * @param dialogue what begins with it
     */
    Opening(String turn, Dialogue dialogue, Secrets secrets) {
        var content = content(dialogue).map(Json::quote);
        this.turn = secrets.sharedPassage(turn);
        var array = Json.MAPPER.createArrayNode().addAll(dialogue.tools());
        prompt = secrets.passage("{\"prompt\":\"" + Json.escaped(turn));
        digest.update(turn.getBytes(StandardCharsets.UTF_8));
        messages = secrets.passage("{\"messages\":["
                + content.map("{\"role\":\"system\",\"content\":%s},"::formatted)
                        .orElse(""));
        system = content.map(text -> secrets.passage("\"system\":" + text));
        tools = secrets.passage("\"tools\":" + Json.MAPPER.writeValueAsString(array));
        toolsAsText = secrets.passage("\"tools\":" + Json.quote(Json.write(array)));
    }

    private static Optional<String> content(Dialogue dialogue) {
        return dialogue.messages().stream()
                .limit(1)
                .filter(Message.Instructions.class::isInstance)
                .map(Message::content)
                .findFirst();
    }

    /** What a conversation begins with. */
    Passage turn() {
        return turn;
    }

    /** What a row with a prompt begins with. */
    Passage prompt() {
        return prompt;
    }

    /** The digest of the turn, to go on with. */
    MessageDigest digest() {
        return Sha256.copy(digest);
    }

    /** What a row with messages begins with, the system's among them. */
    Passage messages() {
        return messages;
    }

    /** The member with the system's message, empty where there is none. */
    Optional<Passage> system() {
        return system;
    }

    /** The member with the tools. */
    Passage tools() {
        return tools;
    }

    /** The member with the tools as JSON text. */
    Passage toolsAsText() {
        return toolsAsText;
    }
}
