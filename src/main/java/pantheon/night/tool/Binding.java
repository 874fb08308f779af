package pantheon.night.tool;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Where a bound argument's value comes from; the model neither sees nor gives it. */
public sealed interface Binding {
    /** The value for a task's input, a missing node where the input has none. */
    JsonNode value(ObjectNode input);

    /** The value of a field of the task's input. */
    record FromInput(String field) implements Binding {
        @Override
        public JsonNode value(ObjectNode input) {
            return input.path(field);
        }
    }

    /** The same value for every task. */
    record Constant(JsonNode json) implements Binding {
        @Override
        public JsonNode value(ObjectNode input) {
            return json;
        }
    }
}
