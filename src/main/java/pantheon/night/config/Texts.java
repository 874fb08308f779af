package pantheon.night.config;

import java.util.List;
import pantheon.night.NightException;
import pantheon.night.contract.Json;
import pantheon.night.contract.PlainText;
import pantheon.night.contract.Schema;
import tools.jackson.databind.JsonNode;

/** What is asked of the texts and the schemas in any named file, with the line on which each stands. */
final class Texts {
    private Texts() {}

    /** What stands in commits and in the journal is one line. */
    static void check(YamlFile yaml, List<String> keys, Problems problems) {
        for (var key : keys) {
            var value = yaml.json().path(key);
            if (value.isString() && !value.stringValue().isEmpty() && !PlainText.isTrimmedLine(value.stringValue())) {
                problems.add(
                        yaml.place("/" + key),
                        "%s is %s; expected one line without control characters and without blanks at its ends."
                                .formatted(key, Json.write(value)));
            }
        }
    }

    /** A schema that is wrong is told where it stands. */
    static void checkSchema(YamlFile yaml, String pointer, Problems problems) {
        var json = yaml.json().at(pointer);
        if (!json.isObject() && !json.isBoolean()) {
            return; // missing, or told already
        }
        try {
            Schema.compile(Pointer.dotted(pointer), json);
        } catch (NightException e) {
            problems.add(yaml.place(pointer), e.getMessage());
        }
    }

    /** Whether a schema takes nothing but strings, and says so itself. */
    static boolean isString(JsonNode schema) {
        return schema.path("type").asString("").equals("string")
                || schema.path("const").isString()
                || (schema.path("enum").isArray()
                        && schema.path("enum").valueStream().allMatch(JsonNode::isString));
    }
}
