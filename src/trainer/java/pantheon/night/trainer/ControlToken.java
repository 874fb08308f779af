package pantheon.night.trainer;

import java.util.List;
import pantheon.night.prompt.ChatFormat;
import pantheon.night.prompt.ChatFormats;
import pantheon.night.prompt.call.CallForm;

/**
 * A token with its own text that BPE never makes: it separates turns or brackets calls and results.
 *
 * @param special whether decoders leave it out of plain text
 */
record ControlToken(String text, boolean special) {

    /** The format that the embedded model learns. */
    static final ChatFormat FORMAT = ChatFormats.QWEN;
    /** How its calls are written. */
    static final CallForm.OfJson CALL = (CallForm.OfJson) FORMAT.call();

    static final String TURN_END = FORMAT.stops().getFirst();
    static final String END_OF_TEXT = FORMAT.controlTexts().getFirst();

    /** The format's control tokens, in the order of their ids after all other tokens; tags are no special tokens. */
    static List<ControlToken> all() {
        return FORMAT.controlTexts().stream()
                .map(text -> new ControlToken(text, text.contains("|")))
                .toList();
    }
}
