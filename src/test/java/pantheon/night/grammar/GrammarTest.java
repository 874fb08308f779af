package pantheon.night.grammar;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import pantheon.night.contract.Json;
import pantheon.night.contract.Schema;
import pantheon.night.draft.UnusableSchema;

final class GrammarTest {
    /** A schema, values that fit it, values that do not; each value is also asked of the validator. */
    record Case(String schema, List<String> fitting, List<String> others) {
        @Override
        public String toString() {
            return schema;
        }
    }

    private static Case of(String schema, String fitting, String others) {
        return new Case(schema, list(fitting), list(others));
    }

    private static List<String> list(String texts) {
        return texts.isEmpty() ? List.of() : List.of(texts.split(" ~ "));
    }

    static Stream<Case> exact() {
        return Stream.of(
                of("true", "1 ~ null ~ {\"a\": [1, {}]} ~ \"x\"", ""),
                of("{\"type\": \"integer\"}", "0 ~ -12", "1.5 ~ \"1\" ~ null"),
                of("{\"type\": [\"null\", \"boolean\"]}", "null ~ true ~ false", "0 ~ []"),
                of(
                        "{\"enum\": [\"a\", 1, null, [1, 2], {\"k\": true}]}",
                        "\"a\" ~ 1 ~ null ~ [1, 2] ~ {\"k\": true}",
                        "\"b\" ~ 2 ~ [1] ~ {}"),
                of("{\"const\": \"ä\\n\"}", "\"ä\\n\"", "\"a\" ~ \"ä\""),
                of("{\"enum\": [1, \"a\", 12], \"type\": \"integer\", \"minimum\": 2}", "12", "1 ~ \"a\""),
                of(
                        "{\"type\": \"string\", \"minLength\": 2, \"maxLength\": 3}",
                        "\"ab\" ~ \"äöü\" ~ \"😀😀\" ~ \"a\\n\"",
                        "\"a\" ~ \"abcd\" ~ \"\""),
                of(
                        "{\"type\": \"string\", \"pattern\": \"^(ab)+$\", \"minLength\": 3, \"maxLength\": 5}",
                        "\"abab\"",
                        "\"ab\" ~ \"ababab\" ~ \"aba\""),
                of("{\"type\": \"string\", \"format\": \"date\"}", "\"2024-02-29\"", "\"2023-02-29\" ~ \"x\""),
                of(
                        "{\"type\": \"number\", \"minimum\": -1.5, \"exclusiveMaximum\": 2}",
                        "-1.5 ~ 0 ~ 1.99",
                        "2 ~ -1.51"),
                of("{\"type\": \"integer\", \"multipleOf\": 3, \"maximum\": 9}", "9 ~ -3 ~ 0", "8 ~ 12"),
                of(
                        "{\"type\": \"array\", \"items\": {\"type\": \"boolean\"}, \"minItems\": 1, \"maxItems\": 2}",
                        "[true] ~ [true, false]",
                        "[] ~ [true, true, true] ~ [1]"),
                of(
                        "{\"prefixItems\": [{\"const\": 1}, {\"const\": \"b\"}], \"items\": false, \"type\": \"array\"}",
                        "[1, \"b\"] ~ [1] ~ []",
                        "[1, \"b\", 2] ~ [2]"),
                of(
                        "{\"prefixItems\": [{\"const\": 1}], \"items\": {\"type\": \"null\"}, \"type\": \"array\", \"minItems\": 2}",
                        "[1, null] ~ [1, null, null]",
                        "[1] ~ [1, 1]"),
                of(
                        "{\"type\": \"object\", \"properties\": {\"a\": {\"type\": \"integer\"}, \"b\": {}}, \"required\": [\"a\"], \"additionalProperties\": false}",
                        "{\"a\": 1} ~ {\"a\": 1, \"b\": []}",
                        "{} ~ {\"b\": 1} ~ {\"a\": \"x\"} ~ {\"a\": 1, \"c\": 2}"),
                of(
                        "{\"type\": \"object\", \"properties\": {\"a\": {\"const\": 1}}}",
                        "{} ~ {\"a\": 1} ~ {\"z\": 0, \"a\": 1} ~ {\"ab\": 5}",
                        "{\"a\": 2}"),
                of(
                        "{\"type\": \"object\", \"additionalProperties\": {\"type\": \"integer\"}, \"minProperties\": 1, \"maxProperties\": 2}",
                        "{\"x\": 1} ~ {\"x\": 1, \"y\": 2}",
                        "{} ~ {\"x\": \"\"} ~ {\"x\": 1, \"y\": 2, \"z\": 3}"),
                of(
                        "{\"type\": \"object\", \"patternProperties\": {\"^x-\": {\"type\": \"string\"}, \"n$\": {\"minLength\": 2}}, \"additionalProperties\": false}",
                        "{\"x-a\": \"\"} ~ {\"x-n\": \"ab\"} ~ {\"n\": 1}",
                        "{\"x-a\": 1} ~ {\"x-n\": \"a\"} ~ {\"y\": 1}"),
                of(
                        "{\"type\": \"object\", \"propertyNames\": {\"maxLength\": 2, \"pattern\": \"^[a-c]+$\"}, \"additionalProperties\": {\"type\": \"null\"}}",
                        "{\"ab\": null}",
                        "{\"abc\": null} ~ {\"d\": null}"),
                of(
                        "{\"type\": \"object\", \"patternProperties\": {\"^[ab]$\": {\"type\": \"integer\"}}, \"additionalProperties\": false, \"minProperties\": 2}",
                        "{\"a\": 1, \"b\": 2}",
                        "{\"a\": 1} ~ {\"c\": 1, \"a\": 1}"),
                of(
                        "{\"anyOf\": [{\"type\": \"integer\"}, {\"type\": \"string\", \"maxLength\": 1}]}",
                        "5 ~ \"a\"",
                        "\"ab\" ~ 1.5"),
                of(
                        "{\"oneOf\": [{\"type\": \"object\", \"required\": [\"a\"]}, {\"type\": \"object\", \"required\": [\"b\"]}]}",
                        "{\"a\": 1} ~ {\"b\": 1}",
                        "{} ~ {\"a\": 1, \"b\": 1} ~ 1"),
                of(
                        "{\"oneOf\": [{\"type\": \"integer\", \"minimum\": 5}, {\"type\": \"integer\", \"maximum\": 7}]}",
                        "8 ~ 4",
                        "5 ~ 6 ~ 7"),
                of(
                        "{\"allOf\": [{\"type\": \"object\", \"properties\": {\"a\": {\"type\": \"integer\"}}}, {\"properties\": {\"a\": {\"minimum\": 3}}, \"required\": [\"a\"]}]}",
                        "{\"a\": 3}",
                        "{\"a\": 2} ~ {}"),
                of(
                        "{\"allOf\": [{\"type\": \"string\", \"pattern\": \"a\"}, {\"pattern\": \"b\"}, {\"maxLength\": 2}]}",
                        "\"ab\" ~ \"ba\"",
                        "\"a\" ~ \"abc\""),
                of(
                        "{\"not\": {\"type\": [\"object\", \"array\", \"string\", \"number\"]}}",
                        "null ~ true",
                        "1 ~ \"\" ~ {}"),
                of(
                        "{\"type\": \"string\", \"not\": {\"enum\": [\"a\", \"b\"]}}",
                        "\"c\" ~ \"ab\" ~ \"\"",
                        "\"a\" ~ \"b\""),
                of(
                        "{\"type\": \"object\", \"not\": {\"required\": [\"a\", \"b\"]}}",
                        "{\"a\": 1} ~ {\"b\": 1} ~ {}",
                        "{\"a\": 1, \"b\": 1}"),
                of("{\"type\": \"number\", \"not\": {\"type\": \"integer\"}}", "1.5 ~ -0.25", "1 ~ 0"),
                of(
                        "{\"type\": \"string\", \"not\": {\"pattern\": \"^x\"}, \"maxLength\": 2}",
                        "\"ax\" ~ \"\"",
                        "\"x\" ~ \"xa\""),
                of(
                        "{\"type\": \"object\", \"properties\": {\"k\": {\"enum\": [\"s\", \"n\"]}, \"v\": {}}, \"required\": [\"k\", \"v\"], \"if\": {\"properties\": {\"k\": {\"const\": \"s\"}}}, \"then\": {\"properties\": {\"v\": {\"type\": \"string\"}}}, \"else\": {\"properties\": {\"v\": {\"type\": \"number\"}}}}",
                        "{\"k\": \"s\", \"v\": \"\"} ~ {\"k\": \"n\", \"v\": 1}",
                        "{\"k\": \"s\", \"v\": 1} ~ {\"k\": \"n\", \"v\": \"\"}"),
                of(
                        "{\"type\": \"object\", \"properties\": {\"a\": {}, \"b\": {}}, \"dependentRequired\": {\"a\": [\"b\"]}}",
                        "{\"a\": 1, \"b\": 1} ~ {\"b\": 1} ~ {}",
                        "{\"a\": 1}"),
                of(
                        "{\"type\": \"object\", \"properties\": {\"a\": {}, \"b\": {}}, \"dependentSchemas\": {\"a\": {\"properties\": {\"b\": {\"type\": \"null\"}}}}}",
                        "{\"a\": 1, \"b\": null} ~ {\"b\": 1}",
                        "{\"a\": 1, \"b\": 1}"),
                of(
                        "{\"$defs\": {\"tree\": {\"type\": \"object\", \"properties\": {\"v\": {\"type\": \"integer\"}, \"kids\": {\"type\": \"array\", \"items\": {\"$ref\": \"#/$defs/tree\"}}}, \"required\": [\"v\"], \"additionalProperties\": false}}, \"$ref\": \"#/$defs/tree\"}",
                        "{\"v\": 1, \"kids\": [{\"v\": 2, \"kids\": []}]}",
                        "{\"v\": 1, \"kids\": [{}]}"),
                of(
                        "{\"$schema\": \"http://json-schema.org/draft-04/schema#\", \"type\": \"integer\", \"minimum\": 3, \"exclusiveMinimum\": true}",
                        "4",
                        "3"),
                of(
                        "{\"$schema\": \"http://json-schema.org/draft-07/schema#\", \"type\": \"array\", \"items\": [{\"type\": \"null\"}], \"additionalItems\": {\"type\": \"integer\"}}",
                        "[null, 1] ~ []",
                        "[1] ~ [null, null]"),
                of(
                        "{\"$schema\": \"http://json-schema.org/draft-07/schema#\", \"definitions\": {\"i\": {\"type\": \"integer\"}}, \"$ref\": \"#/definitions/i\", \"minimum\": 5}",
                        "1",
                        "1.5"),
                of(
                        "{\"$id\": \"https://example.invalid/root\", \"$defs\": {\"x\": {\"$anchor\": \"here\", \"type\": \"null\"}}, \"properties\": {\"a\": {\"$ref\": \"#here\"}}, \"type\": \"object\"}",
                        "{\"a\": null}",
                        "{\"a\": 1}"));
    }

    @ParameterizedTest
    @MethodSource("exact")
    void fits_just_what_the_validator_takes(Case test) {
        var schema = Json.parse(test.schema());
        var grammar = Grammar.of(schema);
        var validator = Schema.compile("test", schema);
        assertEquals(List.of(), grammar.loosenings());
        for (var text : test.fitting()) {
            assertTrue(validator.check(Json.parse(text)).isEmpty(), () -> text + " by the validator");
            assertTrue(Bytes.accepts(grammar.open(Bytes.MASKS), text), text);
        }
        for (var text : test.others()) {
            assertFalse(validator.check(Json.parse(text)).isEmpty(), () -> text + " by the validator");
            assertFalse(Bytes.accepts(grammar.open(Bytes.MASKS), text), text);
        }
    }

    @ParameterizedTest
    @MethodSource("exact")
    void every_random_walk_ends_with_a_valid_value(Case test) {
        var schema = Json.parse(test.schema());
        var validator = Schema.compile("test", schema);
        var grammar = Grammar.of(schema);
        for (int seed = 0; seed < 40; seed++) {
            var text = Walks.random(grammar.open(Bytes.MASKS), Bytes.MASKS.trie(), new Random(seed), 60);
            var wrong = validator.check(Json.parse(text));
            assertTrue(wrong.isEmpty(), () -> text + " " + wrong);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"a\":1}",
                "{ \"a\": 1}",
                "{\"a\": 1 }",
                "{\"a\": 1}\n",
                "{\"a\": 1,}",
                "{\"a\": 1, \"a\": 1}",
                "{'a': 1}",
                "{\"\\u0061\": 1}",
                "{\"b\": 1, \"a\": 1}",
                "{\"x\": 1, \"x\": 2}"
            })
    void nothing_but_the_canonical_writing_fits(String text) {
        var schema = Json.parse("{\"type\": \"object\", \"properties\": {\"a\": {}, \"b\": {}}}");
        assertFalse(Bytes.accepts(schema, text), text);
        assertTrue(Bytes.accepts(schema, "{\"a\": 1, \"b\": 1, \"x\": 1, \"y\": 2}"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "false",
                "{\"enum\": []}",
                "{\"type\": \"string\", \"enum\": [1]}",
                "{\"type\": \"integer\", \"minimum\": 2, \"maximum\": 1}",
                "{\"type\": \"object\", \"required\": [\"a\"], \"properties\": {\"a\": false}}",
                "{\"allOf\": [{\"type\": \"string\"}, {\"type\": \"null\"}]}",
                "{\"type\": \"object\", \"required\": [\"me\"], \"properties\": {\"me\": {\"$ref\": \"#\"}}}",
                "{\"type\": \"array\", \"minItems\": 1, \"items\": false}",
                "{\"type\": \"string\", \"pattern\": \"^a$\", \"minLength\": 2}",
                "{\"type\": \"object\", \"additionalProperties\": false, \"minProperties\": 1}",
                "{\"type\": \"integer\", \"exclusiveMinimum\": 1, \"exclusiveMaximum\": 2}"
            })
    void a_schema_without_a_valid_value_is_refused(String schema) {
        var refused = assertThrows(UnusableSchema.class, () -> Grammar.of(Json.parse(schema)));
        assertTrue(String.valueOf(refused.getMessage()).contains("no valid value"), refused.getMessage());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"$ref\": \"#/$defs/none\"} | leads nowhere",
                        "{\"$ref\": \"https://example.invalid/x\"} | nothing is ever fetched",
                "{\"type\": \"text\"} | expected null, boolean",
                        "{\"properties\": {\"a\": 5}, \"type\": \"object\"} | a schema is an object or a boolean",
                "{\"type\": \"string\", \"minLength\": \"x\"} | expected a number"
            })
    void a_broken_schema_is_refused_with_its_place(String schema, String said) {
        var refused = assertThrows(UnusableSchema.class, () -> Grammar.of(Json.parse(schema.strip())));
        assertTrue(String.valueOf(refused.getMessage()).contains(said.strip()), refused.getMessage());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"type\": \"array\", \"uniqueItems\": true} | /uniqueItems",
                "{\"type\": \"array\", \"contains\": {\"const\": 1}} | /contains",
                "{\"type\": \"array\", \"contains\": true} | /contains",
                "{\"not\": {\"contains\": false}} | /not/contains",
                "{\"not\": {\"unevaluatedItems\": false}} | /not/unevaluatedItems",
                "{\"type\": \"string\", \"format\": \"regex\"} | /format",
                "{\"type\": \"string\", \"pattern\": \"(a)\\\\1\"} | /pattern",
                "{\"properties\": {\"a\": {\"unevaluatedProperties\": false}}} | /properties/a/unevaluatedProperties"
            })
    void what_is_not_held_exactly_is_named(String schema, String pointer) {
        var loosenings = Grammar.of(Json.parse(schema.strip())).loosenings();
        assertEquals(
                List.of(pointer.strip()),
                loosenings.stream().map(found -> found.pointer()).toList());
    }

    @ParameterizedTest
    @ValueSource(strings = {"unevaluatedItems", "unevaluatedProperties"})
    void what_may_all_be_left_over_is_no_loosening(String keyword) {
        assertEquals(List.of(), Grammar.of(Json.object().put(keyword, true)).loosenings());
    }

    @Test
    void a_keyword_for_another_type_is_no_loosening() {
        assertEquals(
                List.of(),
                Grammar.of(Json.parse("{\"type\": \"string\", \"uniqueItems\": true}"))
                        .loosenings());
    }

    static Stream<String> hostile() {
        var many = IntStream.range(0, 10_000)
                .mapToObj("\"p%d\": {\"type\": \"string\"}"::formatted)
                .collect(Collectors.joining(", "));
        var values =
                IntStream.range(0, 50_000).mapToObj("\"value %d\""::formatted).collect(Collectors.joining(", "));
        var deep = "{\"type\": \"array\", \"items\": ".repeat(300) + "true" + "}".repeat(300);
        var either = IntStream.range(0, 14)
                .mapToObj(i -> "{\"anyOf\": [{\"required\": [\"a%d\"]}, {\"required\": [\"b%d\"]}]}".formatted(i, i))
                .collect(Collectors.joining(", "));
        var nots = IntStream.range(0, 40)
                .mapToObj(i -> "{\"type\": \"object\", \"properties\": {\"k%d\": {\"const\": %d}}}".formatted(i, i))
                .collect(Collectors.joining(", "));
        return Stream.of(
                "{\"type\": \"object\", \"properties\": {" + many + "}}",
                "{\"enum\": [" + values + "]}",
                "{\"type\": \"string\", \"enum\": [" + values + "], \"not\": {\"const\": \"value 7\"}}",
                deep,
                "{\"type\": \"object\", \"allOf\": [" + either + "]}",
                "{\"oneOf\": [" + nots + "]}",
                "{\"type\": \"string\", \"pattern\": \"^(a|b|ab)*c{1,2000}(x+x+)+y$\"}",
                "{\"type\": \"string\", \"minLength\": 1000000, \"maxLength\": 2000000000}",
                "{\"type\": \"string\", \"pattern\": \"^[a-z]{1,500}$\", \"maxLength\": 100000}",
                "{\"type\": \"array\", \"minItems\": 1000000000, \"items\": {\"type\": \"null\"}}",
                "{\"$defs\": {\"a\": {\"anyOf\": [{\"$ref\": \"#/$defs/a\"}, {\"$ref\": \"#/$defs/b\"}]}, \"b\": {\"allOf\": [{\"$ref\": \"#/$defs/a\"}]}}, \"$ref\": \"#/$defs/a\"}",
                "{\"not\": {\"not\": {\"not\": {\"$ref\": \"#\"}}}}",
                "{\"type\": \"integer\", \"multipleOf\": 99991, \"minimum\": 1}");
    }

    /** The bound is far above what it takes, and is there so that a hang fails. */
    @ParameterizedTest
    @MethodSource("hostile")
    void a_hostile_schema_compiles_or_is_refused(String schema) {
        var json = Json.parse(schema);
        assertTimeoutPreemptively(Duration.ofSeconds(20), () -> {
            try {
                assertFalse(Grammar.of(json).values().isEmpty());
            } catch (UnusableSchema e) {
                assertFalse(String.valueOf(e.getMessage()).isBlank());
            }
        });
    }

    @Test
    void hostile_schemas_need_no_more_than_256_megabytes() throws Exception {
        var process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        HostileSchemas.class.getName())
                .redirectErrorStream(true)
                .start();
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), said);
        assertEquals(
                hostile().count(),
                said.lines().filter(line -> line.contains(" ms: ")).count(),
                said);
    }
}
