package pantheon.night.training;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import pantheon.night.prompt.Dialogue;
import pantheon.night.prompt.DialogueReader;
import pantheon.night.training.secrets.Secrets;

/** The openings of conversations, of which a night has few; so each is made and searched once. Several threads may use one. */
final class Openings {
    private static final int MOST = 100;

    private final DialogueReader reader;
    private final Secrets secrets;
    private final Map<String, Opening> known = new ConcurrentHashMap<>();

    Openings(DialogueReader reader, Secrets secrets) {
        this.reader = reader;
        this.secrets = secrets;
    }

    /** The opening of a conversation: its first turn, or what stands before an answer in it. */
    Opening of(String conversation, Dialogue dialogue) {
        var turn = conversation.substring(0, end(conversation));
        var there = known.get(turn);
        if (there != null) {
            return there;
        }
        var opening = new Opening(turn, dialogue, secrets);
        if (known.size() < MOST) {
            known.put(turn, opening);
        }
        return opening;
    }

    private int end(String conversation) {
        return reader.answers(conversation).stream()
                .limit(1)
                .mapToInt(DialogueReader.Span::start)
                .reduce(conversation.length() - reader.afterSystem(conversation).length(), Math::min);
    }
}
