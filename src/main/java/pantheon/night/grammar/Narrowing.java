package pantheon.night.grammar;

import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * An argument of a tool, and all that it can be.
 *
 * @param values strings and numbers; with none, the argument cannot be given
 */
public record Narrowing(String tool, String argument, List<JsonNode> values) {
    public Narrowing {
        values = List.copyOf(values);
    }
}
