package pantheon.night.tool;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Where a bound argument's value comes from; the model neither sees nor gives it. */
public sealed interface Binding {
    /** The value for a task's input, a missing node where the input has none. */
    JsonNode value(ObjectNode input);

    /** The value where the input has none, or that of every task; null where there is none. */
    @Nullable
    JsonNode constant();

    /**
     * The value of a field of the task's input.
     *
     * @param constant the value where an input leaves the field out, null where there is none
     */
    record FromInput(String field, @Nullable JsonNode constant) implements Binding {
        /** The value of a field alone. */
        public FromInput(String field) {
            this(field, null);
        }

        @Override
        public JsonNode value(ObjectNode input) {
            return constant == null || input.has(field) ? input.path(field) : constant;
        }
    }

    /** The same value for every task. */
    record Constant(JsonNode constant) implements Binding {
        @Override
        public JsonNode value(ObjectNode input) {
            return constant;
        }
    }
}
