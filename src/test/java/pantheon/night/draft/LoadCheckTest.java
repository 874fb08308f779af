package pantheon.night.draft;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import pantheon.night.contract.Json;

final class LoadCheckTest {
    private static void refused(String json, String what) {
        var schema = Json.parse(json);
        var refused = assertThrows(UnusableSchema.class, () -> LoadCheck.check(schema));
        assertTrue(String.valueOf(refused.getMessage()).contains(what), refused.getMessage());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"$ref\": \"#\"}",
                "{\"properties\": {\"a\": {\"$ref\": \"#/properties/a\"}}}",
                "{\"anyOf\": [{\"type\": \"string\"}, {\"$ref\": \"#\"}]}",
                "{\"if\": {\"$ref\": \"#\"}}",
                "{\"properties\": {\"a\": {\"$anchor\": \"x\", \"oneOf\": [{\"$ref\": \"#x\"}]}}}",
                "{\"dependentSchemas\": {\"a\": {\"$ref\": \"#\"}}}"
            })
    void a_schema_that_asks_itself_about_the_same_value_is_told(String json) {
        refused(json, "leads back to itself without a property or an item between");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "true",
                "{\"properties\": {\"child\": {\"$ref\": \"#\"}}, \"items\": {\"$ref\": \"#\"}}",
                "{\"properties\": {\"not\": {\"$ref\": \"#\"}, \"if\": {\"type\": \"string\"}}}",
                "{\"const\": {\"$ref\": \"#\"}}"
            })
    void a_schema_that_refers_to_itself_for_a_part_of_the_value_is_fine(String json) {
        LoadCheck.check(Json.parse(json));
    }

    @Test
    void a_schema_that_asks_about_the_same_value_a_million_times_is_told() {
        var doubling = new StringBuilder("{\"$ref\": \"#/$defs/d20\", \"$defs\": {\"d0\": {}");
        for (int i = 1; i <= 20; i++) {
            doubling.append(", \"d%d\": {\"allOf\": [{\"$ref\": \"#/$defs/d%d\"}, {\"$ref\": \"#/$defs/d%2$d\"}]}"
                    .formatted(i, i - 1));
        }
        refused(doubling + "}}", "asks more than 1000000 subschemas about the same value");
        LoadCheck.check(Json.parse(doubling.toString().replace("#/$defs/d20\"", "#/$defs/d10\"") + "}}"));
    }
}
