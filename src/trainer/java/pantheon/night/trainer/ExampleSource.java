package pantheon.night.trainer;

import java.util.List;

/** An endless sequence of conversations to learn from, the same for the same seed. */
public interface ExampleSource {

    /** The text before every conversation, the system prompt; its keys and values are computed once a batch. */
    String prefix();

    /**
     * The next conversation after the prefix. Segments that are not learned end where an assistant's turn begins, with
     * {@code <|im_start|>assistant\n}; learned ones are what the assistant says, {@code <|im_end|>} included.
     */
    List<Segment> next();

    /** Opens a source. */
    interface Factory {
        ExampleSource open(long seed);
    }
}
