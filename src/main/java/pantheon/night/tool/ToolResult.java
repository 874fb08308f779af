package pantheon.night.tool;

import pantheon.night.contract.Json;
import tools.jackson.databind.JsonNode;

/** What a call came to. */
public sealed interface ToolResult {
    /** The JSON that the model sees. */
    JsonNode json();

    /** It ran. */
    record Returned(JsonNode json) implements ToolResult {}

    /**
     * It ran and could not do what was asked.
     *
     * @param code a short fixed word, for example {@code not_found}
     * @param message one line for the model and the log
     */
    record Failed(String code, String message) implements ToolResult {
        @Override
        public JsonNode json() {
            return error(code, message);
        }
    }

    /**
     * It was stopped at its time limit.
     *
     * @param ended whether it really ended; where it did not, the task must end too
     */
    record TimedOut(boolean ended) implements ToolResult {
        @Override
        public JsonNode json() {
            return error("timeout", "the tool did not end within its time limit");
        }
    }

    private static JsonNode error(String code, String message) {
        return Json.object().put("error", code).put("message", message);
    }
}
