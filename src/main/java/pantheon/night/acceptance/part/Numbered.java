package pantheon.night.acceptance.part;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A line's number, from 1. */
public sealed interface Numbered {
    int in(ObjectNode input);

    /** The same for each task. */
    record Constant(int value) implements Numbered {
        @Override
        public int in(ObjectNode input) {
            return value;
        }
    }

    /** What a field of the input has; 0 where that is no number of a line. */
    record OfInput(String field) implements Numbered {
        @Override
        public int in(ObjectNode input) {
            var value = input.path(field);
            return value.isIntegralNumber() && value.canConvertToInt() ? Math.max(0, value.intValue()) : 0;
        }
    }

    /** Of a parameter: a number, or {@code {input: field}}. */
    static Numbered of(JsonNode parameter) {
        return parameter.isObject()
                ? new OfInput(parameter.required("input").stringValue())
                : new Constant(parameter.intValue());
    }
}
