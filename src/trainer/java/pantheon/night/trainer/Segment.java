package pantheon.night.trainer;

/**
 * A part of a conversation's text, whole turns or what lies between them.
 *
 * @param learned whether the model is to produce this part; then it begins and ends with a control token, as a closed
 *     tool call does, so that its tokens are those the model would generate after the text before it
 */
public record Segment(String text, boolean learned) {

    public Segment {
        if (text.isEmpty()) {
            throw new IllegalArgumentException("a segment needs text");
        }
    }
}
