package pantheon.night.engine;

import java.util.List;
import pantheon.night.contract.Json;
import pantheon.night.contract.Schema;
import pantheon.night.contract.ToolCard;
import pantheon.night.grammar.TurnGrammar;
import pantheon.night.prompt.call.CallForm;
import tools.jackson.databind.JsonNode;

/** Turns whose shortest texts are short, so that a real model ends them soon: each a kind of schema. */
final class HeldTurns {
    /** The shortest form of a call: {@code ["NAME", ARGUMENTS]}. */
    static final CallForm.OfJson CALL = new CallForm.OfJson("", "[", ", ", "]", "");

    static final List<Held> ALL = List.of(
            value("a constant", "{\"const\": \"ok\"}"),
            value("a constant number", "{\"const\": 12.5}"),
            value("a constant object", "{\"const\": {\"a\": [1, \"b\"]}}"),
            value("a constant of foreign letters", "{\"const\": \"h\u00e9\u6f22\ud83d\ude42\"}"),
            value("a constant with escapes", "{\"const\": \"a\\\"b\\\\c\\nd\"}"),
            value("a constant that is a control token's text", "{\"const\": \"<|im_end|>\"}"),
            value("one of some words", "{\"enum\": [\"red\", \"green\", \"blue\"]}"),
            value("one of values of several types", "{\"enum\": [1, \"a\", null, true]}"),
            value("yes or no", "{\"type\": \"boolean\"}"),
            value("nothing", "{\"type\": \"null\"}"),
            value("a whole number within bounds", "{\"type\": \"integer\", \"minimum\": 10, \"maximum\": 20}"),
            value("a negative number", "{\"type\": \"integer\", \"minimum\": -20, \"exclusiveMaximum\": -9}"),
            value("a multiple", "{\"type\": \"number\", \"multipleOf\": 0.25, \"minimum\": 0, \"maximum\": 1}"),
            value("a short text", "{\"type\": \"string\", \"maxLength\": 5}"),
            value("a text that is long enough", "{\"type\": \"string\", \"minLength\": 3, \"maxLength\": 6}"),
            value("a pattern", "{\"type\": \"string\", \"pattern\": \"^[A-Z]{2}-[0-9]{3}$\"}"),
            value("a pattern somewhere and a length", "{\"type\": \"string\", \"pattern\": \"b.d\", \"maxLength\": 6}"),
            value("a pattern that looks ahead", "{\"type\": \"string\", \"pattern\": \"^(?!no)[a-z]{2,4}$\"}"),
            value(
                    "no text of a pattern",
                    "{\"type\": \"string\", \"not\": {\"pattern\": \"^[a-z]\"}, \"maxLength\": 4}"),
            value("a day", "{\"type\": \"string\", \"format\": \"date\"}"),
            value("an address", "{\"type\": \"string\", \"format\": \"ipv4\"}"),
            value(
                    "a list within bounds",
                    "{\"type\": \"array\", \"items\": {\"type\": \"boolean\"}, \"minItems\": 1, \"maxItems\": 3}"),
            value(
                    "a list of two",
                    "{\"type\": \"array\", \"prefixItems\": [{\"const\": 1}, {\"type\": \"boolean\"}], \"items\": false, \"minItems\": 2}"),
            value("an empty list", "{\"type\": \"array\", \"maxItems\": 0}"),
            value("one of two objects", """
                    {"anyOf": [{"type": "object", "properties": {"kind": {"const": "a"}, "x": {"type": "boolean"}},
                                "required": ["kind", "x"], "additionalProperties": false},
                               {"type": "object", "properties": {"kind": {"const": "b"}}, "required": ["kind"],
                                "additionalProperties": false}]}"""),
            value("all of two schemas", """
                    {"allOf": [{"type": "integer", "minimum": 3}, {"maximum": 7}]}"""),
            whole("no argument", """
                    {"type": "object", "properties": {}, "additionalProperties": false}"""),
            whole("arguments that may be left out", """
                    {"type": "object", "properties": {"a": {"type": "boolean"}, "b": {"const": 1}, "c": {"type": "null"}},
                     "required": ["b"], "additionalProperties": false}"""),
            whole("two arguments of three", """
                    {"type": "object", "properties": {"a": {"const": 1}, "b": {"const": 2}, "c": {"const": 3}},
                     "minProperties": 2, "maxProperties": 2, "additionalProperties": false}"""),
            whole("an argument with a strange name", """
                    {"type": "object", "properties": {"n\\"m \\\\ \u00e9": {"const": 1}}, "required": ["n\\"m \\\\ \u00e9"],
                     "additionalProperties": false}"""),
            whole("names by a pattern", """
                    {"type": "object", "patternProperties": {"^x[a-z]$": {"type": "boolean"}}, "minProperties": 1,
                     "maxProperties": 1, "additionalProperties": false}"""),
            whole("an argument that depends on another", """
                    {"type": "object", "properties": {"a": {"const": 1}, "b": {"const": 2}}, "required": ["a"],
                     "dependentRequired": {"a": ["b"]}, "additionalProperties": false}"""),
            whole("a schema that leads back to itself", """
                    {"$defs": {"tree": {"type": "object", "properties": {"leaf": {"type": "boolean"},
                     "left": {"anyOf": [{"type": "null"}, {"$ref": "#/$defs/tree"}]}}, "required": ["leaf"],
                     "maxProperties": 1, "additionalProperties": false}}, "$ref": "#/$defs/tree"}"""));

    private HeldTurns() {}

    /** A turn of one tool, {@code f}, and the schema of its arguments. */
    record Held(String name, JsonNode schema) {
        TurnGrammar turn() {
            return HeldTurns.turn("f", schema);
        }

        /** What is wrong with a turn's text; nothing where it is a call on the schema. */
        List<String> faults(String text) {
            var call = Json.parse(text);
            if (call.size() != 2 || !call.get(0).asString().equals("f")) {
                return List.of("no call of f: " + text);
            }
            return Schema.compile(name, schema).check(call.get(1)).stream()
                    .map(Object::toString)
                    .toList();
        }

        @Override
        public String toString() {
            return name;
        }
    }

    private static Held value(String name, String schema) {
        return whole(name, """
                {"type": "object", "properties": {"v": %s}, "required": ["v"], "additionalProperties": false}""".formatted(schema));
    }

    private static Held whole(String name, String schema) {
        return new Held(name, Json.parse(schema));
    }

    static TurnGrammar turn(String tool, JsonNode schema) {
        return TurnGrammar.of(CALL, List.of(new ToolCard(tool, "A tool.", schema)));
    }

    /** A turn with one text. */
    static TurnGrammar only(String word) {
        return value(word, Json.write(Json.object().put("const", word))).turn();
    }

    static String written(String word) {
        return CALL.written("f", "{\"v\": %s}".formatted(Json.quote(word)));
    }
}
