package pantheon.night.prompt;

import java.util.List;
import java.util.Optional;

/** Takes the conversations apart that a {@link ChatFormat} wrote. Several threads may use one at once. */
public interface DialogueReader {
    /**
     * Takes a conversation of closed turns apart.
     *
     * @return empty where rendering what was read would not give the same text byte for byte, for example because an
     *     answer was no call, or because an argument holds the text of a control token
     */
    Optional<Dialogue> read(String conversation);

    /** Where the last answer of a prompt begins, negative where there is none. */
    int lastAnswer(String prompt);

    /** Where the answers of a conversation of closed turns stand, in their order. */
    List<Span> answers(String conversation);

    /** What follows the end of the first turn, which is the system's. */
    String afterSystem(String conversation);

    /**
     * A part of a text.
     *
     * @param start its first char
     * @param end the char after its last; an answer's end of turn belongs to it
     */
    record Span(int start, int end) {}
}
