package pantheon.night.trainer;

import java.util.List;

/** An endless sequence of conversations to learn from, the same for the same seed. */
public interface ExampleSource {

    /** The text before every conversation, the system prompt; its keys and values are computed once a batch. */
    String prefix();

    /**
     * The next conversation after the prefix. Segments that are not learned end where an answer begins; learned ones are
     * answers, with the control token that ends them.
     */
    List<Segment> next();

    /** Opens a source. */
    interface Factory {
        ExampleSource open(long seed);
    }
}
