package pantheon.night.tool;

import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * The values that an argument of a tool is limited to now.
 *
 * @param values strings and numbers, each once, in the order in which they first came; none where the argument cannot be
 *     given
 * @param leftOut how many more there were, beyond what an offer can hold
 */
public record Offer(String tool, String argument, Choice choice, List<JsonNode> values, int leftOut) {
    public Offer {
        values = List.copyOf(values);
        if (leftOut < 0) {
            throw new IllegalArgumentException("leftOut is " + leftOut + "; expected 0 or more");
        }
    }
}
