package pantheon.night.trainer;

import java.util.List;

/**
 * A token with its own text that BPE never makes: it separates turns or brackets calls and results.
 *
 * @param special whether decoders leave it out of plain text
 */
record ControlToken(String text, boolean special) {

    static final String END_OF_TEXT = "<|endoftext|>";
    static final String TURN_END = "<|im_end|>";

    /** Qwen's control tokens, in the order of their ids after all other tokens. */
    static List<ControlToken> all() {
        return List.of(
                new ControlToken(END_OF_TEXT, true),
                new ControlToken("<|im_start|>", true),
                new ControlToken(TURN_END, true),
                new ControlToken("<tool_call>", false),
                new ControlToken("</tool_call>", false),
                new ControlToken("<tool_response>", false),
                new ControlToken("</tool_response>", false));
    }
}
