package pantheon.night;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import pantheon.night.contract.Json;
import pantheon.night.contract.Schema;
import tools.jackson.databind.JsonNode;

/** What commands print as JSON is held to the schemas below {@code schema/result}. */
public final class ResultSchema {
    private ResultSchema() {}

    /** Gives a command's result, which is one value and valid. */
    public static JsonNode valid(String schema, String json) {
        var value = Json.parse(json);
        var compiled = Schema.resource("/schema/result/%s.json".formatted(schema));
        assertEquals(List.of(), compiled.check(value), schema + ": " + json);
        return value;
    }
}
