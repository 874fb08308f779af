package pantheon.night.grammar;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import pantheon.night.NightException;
import pantheon.night.contract.Json;
import pantheon.night.contract.Schema;
import tools.jackson.databind.JsonNode;

/** Every keyword that a draft defines is held, or named, or known for a note; and no other one means anything. */
final class VocabularyTest {
    enum Draft {
        D4("http://json-schema.org/draft-04/schema#", List.of("draft-04/schema")),
        D6("http://json-schema.org/draft-06/schema#", List.of("draft-06/schema")),
        D7("http://json-schema.org/draft-07/schema#", List.of("draft-07/schema")),
        D2019(
                "https://json-schema.org/draft/2019-09/schema",
                List.of("core", "applicator", "validation", "meta-data", "format", "content").stream()
                        .map("draft/2019-09/meta/%s"::formatted)
                        .toList()),
        D2020(
                "https://json-schema.org/draft/2020-12/schema",
                List.of("core", "applicator", "unevaluated", "validation", "meta-data", "format-annotation", "content")
                        .stream()
                        .map("draft/2020-12/meta/%s"::formatted)
                        .toList());

        private final String address;

        @SuppressWarnings("ImmutableEnumChecker") // it is a list of literals
        private final List<String> files;

        Draft(String address, List<String> files) {
            this.address = address;
            this.files = files;
        }

        /** The keywords of the draft's own schemas, which come with the validator. */
        Set<String> keywords() throws IOException {
            var keywords = new TreeSet<String>();
            for (var file : files) {
                try (var stream = Schema.class.getResourceAsStream("/" + file)) {
                    assertNotNull(stream, file);
                    var schema = Json.parse(new String(stream.readAllBytes(), StandardCharsets.UTF_8));
                    keywords.addAll(schema.path("properties").propertyNames());
                }
            }
            return keywords;
        }
    }

    /** What says nothing of values, or only where things are. */
    private static final Set<String> NOTES = Set.of(
            "$schema",
            "$id",
            "id",
            "$anchor",
            "$dynamicAnchor",
            "$recursiveAnchor",
            "$vocabulary",
            "$comment",
            "$defs",
            "definitions",
            "title",
            "description",
            "default",
            "examples",
            "deprecated",
            "readOnly",
            "writeOnly",
            "contentEncoding",
            "contentMediaType",
            "contentSchema");

    /** Of each other keyword, a schema with it, and a value that breaks it. */
    private static final Map<String, String[]> BROKEN = Map.ofEntries(
            entry("$ref", "'$ref': '#/definitions/n', 'definitions': {'n': {'type': 'null'}}", "1"),
            entry(
                    "$dynamicRef",
                    "'properties': {'a': {'$dynamicRef': '#n'}}, 'definitions': {'n': {'$dynamicAnchor': 'n', 'type': 'null'}}",
                    "{'a': 1}"),
            entry("$recursiveRef", "'type': ['object'], 'properties': {'a': {'$recursiveRef': '#'}}", "{'a': 1}"),
            entry("type", "'type': 'null'", "1"),
            entry("enum", "'enum': [2]", "1"),
            entry("const", "'const': 2", "1"),
            entry("multipleOf", "'multipleOf': 2", "1"),
            entry("minimum", "'minimum': 2", "1"),
            entry("maximum", "'maximum': 2", "3"),
            entry("exclusiveMinimum", "'exclusiveMinimum': 2", "2"),
            entry("exclusiveMaximum", "'exclusiveMaximum': 2", "2"),
            entry("minLength", "'minLength': 2", "'a'"),
            entry("maxLength", "'maxLength': 2", "'abc'"),
            entry("pattern", "'pattern': 'b'", "'a'"),
            entry("format", "'format': 'date-time'", "'a'"),
            entry("items", "'items': {'type': 'null'}", "[1]"),
            entry("prefixItems", "'prefixItems': [{'type': 'null'}]", "[1]"),
            entry("additionalItems", "'items': [{}], 'additionalItems': {'type': 'null'}", "[1, 1]"),
            entry("unevaluatedItems", "'unevaluatedItems': {'type': 'null'}", "[1]"),
            entry("contains", "'contains': {'type': 'null'}", "[1]"),
            entry("minContains", "'contains': {'type': 'integer'}, 'minContains': 2", "[1]"),
            entry("maxContains", "'contains': {'type': 'integer'}, 'maxContains': 1", "[1, 1]"),
            entry("minItems", "'minItems': 2", "[1]"),
            entry("maxItems", "'maxItems': 1", "[1, 1]"),
            entry("uniqueItems", "'uniqueItems': true", "[1, 1]"),
            entry("properties", "'properties': {'a': {'type': 'null'}}", "{'a': 1}"),
            entry("patternProperties", "'patternProperties': {'^a': {'type': 'null'}}", "{'ab': 1}"),
            entry("additionalProperties", "'additionalProperties': {'type': 'null'}", "{'a': 1}"),
            entry("unevaluatedProperties", "'unevaluatedProperties': {'type': 'null'}", "{'a': 1}"),
            entry("propertyNames", "'propertyNames': {'maxLength': 1}", "{'ab': 1}"),
            entry("minProperties", "'minProperties': 2", "{'a': 1}"),
            entry("maxProperties", "'maxProperties': 1", "{'a': 1, 'b': 1}"),
            entry("required", "'required': ['b']", "{'a': 1}"),
            entry("dependencies", "'dependencies': {'a': ['b']}", "{'a': 1}"),
            entry("dependentRequired", "'dependentRequired': {'a': ['b']}", "{'a': 1}"),
            entry("dependentSchemas", "'dependentSchemas': {'a': {'required': ['b']}}", "{'a': 1}"),
            entry("allOf", "'allOf': [{'type': 'null'}]", "1"),
            entry("anyOf", "'anyOf': [{'type': 'null'}]", "1"),
            entry("oneOf", "'oneOf': [{'type': 'null'}]", "1"),
            entry("not", "'not': {'type': 'integer'}", "1"),
            entry("if", "'if': {'type': 'integer'}, 'then': {'minimum': 2}", "1"),
            entry("then", "'if': {'type': 'integer'}, 'then': {'minimum': 2}", "1"),
            entry("else", "'if': {'type': 'string'}, 'else': {'minimum': 2}", "1"));

    private static Map.Entry<String, String[]> entry(String keyword, String members, String value) {
        return Map.entry(keyword, new String[] {members, value});
    }

    private static JsonNode json(Draft draft, String members) {
        return Json.parse(
                "{'$schema': '%s', %s}".formatted(draft.address, members).replace('\'', '"'));
    }

    private static JsonNode value(String text) {
        return Json.parse(text.replace('\'', '"'));
    }

    private static boolean fits(Grammar grammar, JsonNode value) {
        return Bytes.accepts(grammar.open(Bytes.MASKS), Json.write(value));
    }

    @ParameterizedTest
    @EnumSource
    void every_keyword_of_a_draft_is_held_or_named_or_a_note(Draft draft) throws IOException {
        var keywords = draft.keywords();
        assertTrue(keywords.size() > 30, keywords.toString());
        for (var keyword : keywords) {
            var broken = BROKEN.get(keyword);
            if (NOTES.contains(keyword)) {
                continue;
            }
            assertNotNull(broken, keyword + " of " + draft + " is neither known for a note nor broken by a value here");
            if (draft == Draft.D4 && keyword.startsWith("exclusive")) {
                continue; // these are no bounds there, see below
            }
            if (draft == Draft.D2020 && keyword.equals("additionalItems")) {
                continue; // its own schema still describes it
            }
            var json = json(draft, broken[0]);
            assertFalse(Schema.compile("test", json).check(value(broken[1])).isEmpty(), json + " by the validator");
            var grammar = Grammar.of(json);
            boolean named = grammar.loosenings().stream()
                    .anyMatch(found -> !found.pointer().isEmpty());
            assertTrue(named || !fits(grammar, value(broken[1])), json + " by the grammar");
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_keyword_of_other_drafts_is_a_note_for_both(Draft draft) throws IOException {
        var keywords = draft.keywords();
        var others = new TreeSet<>(BROKEN.keySet());
        others.removeAll(keywords);
        others.removeAll(
                Set.of("$ref", "dependencies", "additionalItems")); // kept for old schemas; of lists, see below
        for (var keyword : others) {
            var broken = BROKEN.getOrDefault(keyword, new String[0]);
            var json = json(draft, broken[0]);
            if (keyword.endsWith("Contains") && keywords.contains("contains")) {
                continue; // the schema here has both
            }
            var value = value(broken[1]);
            assertEquals(List.of(), Schema.compile("test", json).check(value), json + " by the validator");
            var grammar = Grammar.of(json);
            assertEquals(List.of(), grammar.loosenings(), json.toString());
            assertTrue(fits(grammar, value), json + " by the grammar");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'notAllowed': ['a']",
                "'false': 1",
                "'true': 1",
                "'discriminator': {'propertyName': 'b'}",
                "'propertyDependencies': {'a': {'1': false}}",
                "'nullable': false",
                "'id': 'https://x.invalid/a'",
                "'extends': false",
                "'disallow': 'object'",
                "'divisibleBy': 7",
                "'unionType': 1"
            })
    void what_no_draft_has_is_a_note_for_both(String members) {
        for (var draft : Draft.values()) {
            var json = json(draft, members);
            assertEquals(List.of(), Schema.compile("test", json).check(value("{'a': 1}")), json.toString());
            var grammar = Grammar.of(json);
            assertEquals(List.of(), grammar.loosenings());
            assertTrue(fits(grammar, value("{'a': 1}")), json.toString());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"'contentEncoding': 'base64'", "'contentMediaType': 'application/json'"})
    void what_a_text_holds_is_a_note_for_both(String members) {
        for (var draft : Draft.values()) {
            var json = json(draft, members);
            assertEquals(List.of(), Schema.compile("test", json).check(value("'-{'")), json.toString());
            assertEquals(List.of(), Grammar.of(json).loosenings());
            assertTrue(fits(Grammar.of(json), value("'-{'")), json.toString());
        }
    }

    /** What means one thing in one draft and another in the next. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "D4 | 'minimum': 2, 'exclusiveMinimum': true | 3 | 2",
                "D4 | 'maximum': 2, 'exclusiveMaximum': false | 2 | 3",
                "D4 | 'type': 'integer', 'enum': [1.0, 2] | 1 | 1.0",
                "D6 | 'minimum': 1, 'exclusiveMinimum': 2 | 3 | 2",
                "D7 | '$ref': '#/definitions/i', 'minimum': 5, 'definitions': {'i': {'type': 'integer'}} | 1 | []",
                "D2019 | '$ref': '#/$defs/i', 'minimum': 5, '$defs': {'i': {'type': 'integer'}} | 5 | 1",
                "D2020 | '$ref': '#/$defs/i', 'minimum': 5, '$defs': {'i': {'type': 'integer'}} | 5 | 1",
                "D4 | 'items': [{'type': 'null'}], 'additionalItems': false | [null] | [null, 1]",
                "D7 | 'items': [{'type': 'null'}], 'additionalItems': false | [null] | [1]",
                "D2019 | 'items': [{'type': 'null'}], 'additionalItems': false | [] | [null, 1]",
                "D2019 | 'items': {'type': 'null'}, 'additionalItems': false | [null] | [1]",
                "D2020 | 'prefixItems': [{'type': 'null'}], 'items': false, 'additionalItems': true | [null] | [null, 1]",
                "D2020 | 'items': {'type': 'null'}, 'additionalItems': false | [null, null] | [1]",
                "D7 | 'dependencies': {'a': {'required': ['b']}} | {'b': 1} | {'a': 1}",
                "D2020 | 'dependencies': {'a': ['b']} | {'b': 1} | {'a': 1}",
                "D6 | 'properties': {'a': false, 'b': true} | {'b': 1} | {'a': 1}",
                "D2019 | '$ref': '#n', '$defs': {'n': {'$anchor': 'n', 'type': 'null'}} | null | 1",
                "D2020 | '$ref': '#n', '$defs': {'n': {'$dynamicAnchor': 'n', 'type': 'null'}} | null | 1",
                "D2020 | '$dynamicRef': '#n', '$defs': {'n': {'$anchor': 'n', 'type': 'null'}} | null | 1",
                "D2020 | '$dynamicRef': '#/$defs/n', '$defs': {'n': {'type': 'null'}} | null | 1",
                "D2020 | 'type': 'object', 'properties': {'a': {'$dynamicRef': '#'}} | {'a': {}} | {'a': 1}",
                "D2020 | '$id': 'https://x.invalid/t', '$dynamicAnchor': 'node', 'type': 'object', 'properties': {'kids': {'type': 'array', 'items': {'$dynamicRef': '#node'}}}, 'additionalProperties': false | {'kids': [{}]} | {'kids': [1]}",
                "D2020 | '$id': 'https://x.invalid/t', '$dynamicAnchor': 'node', 'type': 'object', 'properties': {'kid': {'$dynamicRef': 't#node', 'minProperties': 1}}, 'additionalProperties': false | {'kid': {'kid': {'kid': {}}}} ~ | {'kid': {'x': 1}}",
                "D2019 | '$recursiveAnchor': true, 'type': 'object', 'properties': {'kids': {'type': 'array', 'items': {'$recursiveRef': '#'}}}, 'additionalProperties': false | {'kids': [{}]} | {'kids': [{'x': 1}]}",
                "D2019 | 'type': 'object', 'properties': {'kid': {'$recursiveRef': '#'}}, 'additionalProperties': false | {'kid': {}} | {'kid': 1}",
                "D2020 | 'not': {'$dynamicRef': '#n'}, '$defs': {'n': {'$dynamicAnchor': 'n', 'type': 'null'}} | 1 | null",
                "D2020 | 'properties': {'id': {'id': 'https://y.invalid/', '$ref': '#/$defs/n'}}, '$defs': {'n': {'type': 'null'}} | {'id': null} | {'id': 1}"
            })
    void each_draft_is_read_in_its_own_way_by_both(Draft draft, String members, String good, String bad) {
        var json = json(draft, members);
        var schema = Schema.compile("test", json);
        var grammar = Grammar.of(json);
        assertEquals(List.of(), grammar.loosenings());
        if (!good.contains("~")) {
            assertEquals(List.of(), schema.check(value(good)));
            assertTrue(fits(grammar, value(good)), good);
        }
        assertFalse(schema.check(value(bad)).isEmpty(), bad);
        assertFalse(fits(grammar, value(bad)), bad);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "D2020 | '$id': 'https://x.invalid/strict', '$dynamicAnchor': 'node', '$ref': 'tree', 'maxProperties': 1, '$defs': {'tree': {'$id': 'tree', '$dynamicAnchor': 'node', 'type': 'object', 'properties': {'kids': {'type': 'array', 'items': {'$dynamicRef': '#node'}}}}} | /$dynamicRef",
                "D2019 | '$id': 'https://x.invalid/strict', '$recursiveAnchor': true, '$ref': 'tree', 'maxProperties': 1, '$defs': {'tree': {'$id': 'tree', '$recursiveAnchor': true, 'type': 'object', 'properties': {'kids': {'type': 'array', 'items': {'$recursiveRef': '#'}}}}} | /$recursiveRef"
            })
    void a_reference_whose_target_depends_on_the_way_is_named(Draft draft, String members, String pointer) {
        var json = json(draft, members);
        var loosenings = Grammar.of(json).loosenings();
        assertEquals(1, loosenings.size(), loosenings.toString());
        assertTrue(loosenings.getFirst().pointer().endsWith(pointer), loosenings.toString());
        assertFalse(Schema.compile("test", json)
                .check(value("{'kids': [{'a': 1, 'b': 1}]}"))
                .isEmpty());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "D2020 | '$dynamicRef': '#none' | leads nowhere",
                "D2019 | '$recursiveRef': '#none' | leads nowhere",
                "D2020 | 'properties': {'a': {'$schema': 'http://json-schema.org/draft-04/schema#', 'minimum': 1}} | another draft",
                "D7 | 'properties': {'a': {'$schema': 'https://json-schema.org/draft/2020-12/schema', 'minimum': 1}} | another draft",
                "D2020 | '$ref': '#' | back to itself",
                "D7 | '$ref': '#' | back to itself",
                "D2020 | '$dynamicRef': '#' | back to itself",
                "D2019 | '$recursiveRef': '#' | back to itself",
                "D2020 | 'allOf': [{'anyOf': [{'$ref': '#'}]}] | back to itself",
                "D2020 | 'not': {'$ref': '#'} | back to itself",
                "D2020 | 'if': {'$ref': '#'}, 'then': true | back to itself",
                "D2020 | 'properties': {'a': {'$ref': '#/$defs/b'}}, '$defs': {'b': {'oneOf': [{'$ref': '#/$defs/c'}]}, 'c': {'dependentSchemas': {'x': {'$ref': '#/$defs/b'}}}} | back to itself",
                "D7 | 'items': {'dependencies': {'x': {'$ref': '#/items'}}} | back to itself"
            })
    void what_leads_nowhere_or_back_to_itself_is_refused_at_start(Draft draft, String members, String said) {
        var json = json(draft, members);
        var refused = assertThrows(NightException.class, () -> Schema.compile("test", json));
        var message = String.valueOf(refused.getMessage());
        assertTrue(message.contains(said) && message.lines().count() == 1, message);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'type': 'object', 'properties': {'a': {'$ref': '#'}}",
                "'items': {'anyOf': [{'$ref': '#'}, {'type': 'null'}]}",
                "'additionalProperties': {'$ref': '#'}",
                "'allOf': [{'$ref': '#/$defs/a'}, {'$ref': '#/$defs/a'}], '$defs': {'a': {'minimum': 1}}"
            })
    void what_goes_deeper_into_the_value_may_lead_to_itself(String members) {
        var json = json(Draft.D2020, members);
        assertEquals(List.of(), Schema.compile("test", json).check(value("{}")));
    }

    @ParameterizedTest
    @ValueSource(ints = {60, 70, 150, 220})
    void chains_and_depth_are_bounded(int length) {
        var defs = Json.object();
        for (int i = 0; i < length; i++) {
            defs.putObject("d" + i).put("$ref", "#/$defs/d" + (i + 1));
        }
        defs.putObject("d" + length).put("type", "null");
        var chain = Json.object().put("$ref", "#/$defs/d0");
        chain.set("$defs", defs);
        JsonNode deep = Json.object();
        for (int i = 0; i < length; i++) {
            deep = Json.object().set("not", deep);
        }
        var nested = Json.object().set("items", deep);
        if (length < 64) {
            assertFalse(Schema.compile("test", chain).check(value("1")).isEmpty());
            assertEquals(List.of(), Schema.compile("test", nested).check(value("1")));
        } else {
            assertThrows(NightException.class, () -> Schema.compile("test", chain));
            assertThrows(NightException.class, () -> Schema.compile("test", nested));
        }
    }

    @ParameterizedTest
    @CsvSource({"100, 0", "250, 1"})
    void a_value_nested_too_deeply_breaks_every_schema(int depth, int wrong) {
        JsonNode value = Json.parse("1");
        for (int i = 0; i < depth; i++) {
            value = Json.MAPPER.createArrayNode().add(value);
        }
        var schema = Schema.compile("test", value("{'items': {'$ref': '#'}, 'minItems': 0}"));
        assertEquals(wrong, schema.check(value).size());
    }
}
