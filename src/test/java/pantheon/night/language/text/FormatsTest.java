package pantheon.night.language.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.apache.lucene.util.automaton.Automaton;
import org.apache.lucene.util.automaton.Transition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import pantheon.night.contract.Json;
import pantheon.night.contract.Schema;
import pantheon.night.grammar.Grammar;
import pantheon.night.language.automaton.Automatons;
import tools.jackson.databind.node.JsonNodeFactory;

final class FormatsTest {
    private static final int LAST_LATIN = 0x2FF;

    private static final List<String> DRAFTS = List.of(
            "http://json-schema.org/draft-04/schema#",
            "http://json-schema.org/draft-06/schema#",
            "http://json-schema.org/draft-07/schema#",
            "https://json-schema.org/draft/2019-09/schema",
            "https://json-schema.org/draft/2020-12/schema");

    /** Section 7.3 of JSON Schema Validation, 2020-12, which has those of all drafts from 4 on. */
    private static final List<String> DEFINED = List.of(
            "date-time",
            "date",
            "time",
            "duration",
            "email",
            "idn-email",
            "hostname",
            "idn-hostname",
            "ipv4",
            "ipv6",
            "uri",
            "uri-reference",
            "iri",
            "iri-reference",
            "uuid",
            "uri-template",
            "json-pointer",
            "relative-json-pointer",
            "regex");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "date",
                "time",
                "date-time",
                "duration",
                "uuid",
                "email",
                "idn-email",
                "hostname",
                "ipv4",
                "ipv6",
                "uri",
                "iri",
                "uri-reference",
                "iri-reference",
                "json-pointer",
                "relative-json-pointer"
            })
    void every_word_of_a_format_is_valid_by_the_validator(String format) {
        var schema = Schema.compile("format", Json.object().put("format", format));
        var language = Formats.language(format).orElseThrow();
        var table = JsonText.values(language);
        var random = new Random(5);
        for (int i = 0; i < 3_000; i++) {
            var word = word(language, table, random);
            var wrong = schema.check(JsonNodeFactory.instance.stringNode(word));
            assertTrue(wrong.isEmpty(), () -> format + ": " + word + " " + wrong);
        }
    }

    /** Names that the library asserts beside those of the drafts, and some that nobody has. */
    private static final List<String> NOTES = List.of(
            "alpha",
            "alphanumeric",
            "color",
            "ip-address",
            "host-name",
            "phone",
            "style",
            "utc-millisec",
            "int32",
            "int64",
            "float",
            "double",
            "byte",
            "binary",
            "password",
            "Date",
            "date time",
            "datetime",
            "url",
            "uuid4",
            "");

    @Test
    void what_no_draft_defines_is_a_note_for_both_in_every_draft() {
        for (var draft : DRAFTS) {
            for (var format : NOTES) {
                var json = Json.object()
                        .put("$schema", draft)
                        .put("type", "string")
                        .put("format", format);
                var schema = Schema.compile("format", json);
                assertEquals(List.of(), Grammar.of(json).loosenings(), format);
                for (var text : List.of("", "030 1234", "!", "\n", "x".repeat(5_000))) {
                    assertEquals(List.of(), schema.check(JsonNodeFactory.instance.stringNode(text)), format);
                }
            }
        }
    }

    @Test
    void what_a_draft_defines_is_asserted_in_every_draft_and_held_or_named() {
        assertEquals(new TreeSet<>(DEFINED), Formats.names());
        for (var draft : DRAFTS) {
            for (var format : Formats.names()) {
                var json = Json.object()
                        .put("$schema", draft)
                        .put("type", "string")
                        .put("format", format);
                var wrong = JsonNodeFactory.instance.stringNode("\u0000(~ %");
                assertEquals(1, Schema.compile("format", json).check(wrong).size(), format);
                boolean held = Formats.language(format).isPresent();
                assertEquals(held ? 0 : 1, Grammar.of(json).loosenings().size(), format);
                assertTrue(!held || !Automatons.accepts(Formats.language(format).orElseThrow(), "\u0000(~ %"));
            }
        }
    }

    /** A walk that ends where it may, more and more likely. */
    private static String word(Automaton language, ByteTable table, Random random) {
        var text = new StringBuilder();
        int state = 0;
        var transition = new Transition();
        while (true) {
            int count = language.initTransition(state, transition);
            if (language.isAccept(state) && (count == 0 || random.nextInt(6) == 0)) {
                return text.toString();
            }
            if (text.length() > 60) {
                language.getTransition(state, closest(language, table, state, count), transition);
            } else {
                language.getTransition(state, random.nextInt(count), transition);
            }
            int last = Math.max(transition.min, Math.min(transition.max, LAST_LATIN));
            text.appendCodePoint(random.nextInt(transition.min, last + 1));
            state = transition.dest;
        }
    }

    private static int closest(Automaton language, ByteTable table, int state, int count) {
        var transition = new Transition();
        int best = 0;
        int shortest = Integer.MAX_VALUE;
        for (int i = 0; i < count; i++) {
            language.getTransition(state, i, transition);
            if (table.shortest(transition.dest) < shortest) {
                shortest = table.shortest(transition.dest);
                best = i;
            }
        }
        return best;
    }

    @ParameterizedTest
    @CsvSource({
        "date, 2024-02-29, 2023-02-29",
        "date, 2000-02-29, 1900-02-29",
        "time, 23:59:59.5Z, 24:00:00Z",
        "date-time, 2019-07-04T15:19:39+02:00, 2019-07-04 15:19:39",
        "duration, P1Y2M3DT4H5M6S, P",
        "duration, PT30M, 30M",
        "uuid, 123e4567-e89b-12d3-a456-426614174000, 123e4567",
        "email, jane.doe+x@example.co.uk, jane.doe@",
        "hostname, a.example-1.com, -a.com",
        "ipv4, 192.168.0.1, 256.0.0.1",
        "ipv6, 2001:db8::8a2e:370:7334, 2001:db8",
        "ipv6, ::ffff:10.0.0.1, :1",
        "uri, https://example.com:8080/a?b=c#d, /a",
        "uri, urn:isbn:0451450523, no scheme",
        "uri, mailto:a@b.c, ''",
        "uri-reference, ../a/b?c, ' '",
        "json-pointer, /a/~1b/0, a",
        "relative-json-pointer, 1/a, -1"
    })
    void takes_ordinary_values_and_refuses_others(String format, String good, String bad) {
        var language = Formats.language(format).orElseThrow();
        assertTrue(Automatons.accepts(language, good), good);
        assertFalse(Automatons.accepts(language, bad), bad);
    }

    /** Values that one reader takes and another does not: both agree, or only validation takes it. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "date | 2024-02-29 2000-02-29 0001-01-01 9999-12-31 | 2024-02-30 1900-02-29 2023-02-29 2024-13-01 2024-00-10 2024-1-1 +2024-01-01 -2024-01-01 20240101 2024-01-01Z ２０２４-01-01",
                "duration | P1D PT0S P1Y2M3D P1W PT1H2M3S P1DT1H P0D P1Y2M | P 1D PT P1DT P1H P1Y1D P-1D P1.5D PT1H3S P1W1D p1d P1YT PT36",
                "uuid | 123e4567-e89b-12d3-a456-426614174000 00000000-0000-0000-0000-000000000000 ABCDEFAB-CDEF-ABCD-EFAB-CDEFABCDEFAB | {123e4567-e89b-12d3-a456-426614174000} 123e4567e89b12d3a456426614174000 123e4567-e89b-12d3-a456-42661417400 123e4567-e89b-12d3-a456-42661417400g",
                "ipv4 | 0.0.0.0 255.255.255.255 10.1.2.3 | 256.0.0.1 1.2.3 1.2.3.4.5 01.2.3.4 1.2.3.04 0x1.2.3.4 1.2.3.4/8 1..2.3 ١.2.3.4",
                "ipv6 | :: ::1 1:: 1:2:3:4:5:6:7:8 1::8 ::ffff:1.2.3.4 1:2:3:4:5:6:1.2.3.4 fe80::ABCD 1:2:3:4:5:6:7:: ::2:3:4:5:6:7:8 | ::: 1:2:3:4:5:6:7 1:2:3:4:5:6:7:8:9 1::2::3 12345:: :1 1: fe80::1%eth0 ::1.2.3 ::1.2.3.256 1.2.3.4 [::1] ::1/64 g::",
                "json-pointer | /a /a/b /a~0b /a~1b /a//b / /a#b /ä /%20 /~01 /\" | a #/a /~ /~2 a/b #",
                "relative-json-pointer | 0 1/a 0# 10# 2/ 0/~1 | /a -1 01 a # 1a 1## +1 1/~ 00",
                "hostname | a a.b A-1.example xn--a 1.2 | -a a- a..b .a a. a_b ä.com a.-b",
                "uri-template | a {x} {+x}/a {?q,r} {x:3} {x*} http://a/{x.y} {%41} %41 | {x {} {x y} {x:0} {*} a} %zz < {x:10000}",
                "regex | a ^a$ (a)\\1 (?<=a)b \\p{L} | ( \\A [ a** (?i) \\p{Nope}",
                "time | 00:00:00Z 23:59:59+00:00 12:00:00.123456789-17:59 | 24:00:00Z 12:60:00Z 12:00:00 12:00Z 12:00:00+24:00 12:00:00+0000 12:00:00,5Z 12:00:00Zx",
                "date-time | 2024-02-29T00:00:00Z 2024-01-01T12:00:00.5+01:00 | 2023-02-29T00:00:00Z 2024-01-01 2024-01-01T12:00:00 2024-01-01T24:00:00Z",
                "email | a@example.com a.b+c@example.co.uk | a a@ @b a@b@example.com .a@example.com a.@example.com a..b@example.com",
                "uri | http://a/b urn:a:b mailto:a@b.c a:b#c | /a a //a/b http://[ http://a/{ :a %",
                "uri-reference | http://a/b /a a ../a ?q #f //a/b a%20b | a{ % ^ http://[",
            })
    void values_that_standards_decide(String format, String good, String bad) {
        var schema = Schema.compile("format", Json.object().put("format", format));
        var language = Formats.language(format);
        for (var text : List.of(good.split(" "))) {
            assertEquals(List.of(), schema.check(JsonNodeFactory.instance.stringNode(text)), text);
            language.ifPresent(made -> assertTrue(Automatons.accepts(made, text), text));
        }
        for (var text : List.of(bad.split(" "))) {
            assertEquals(
                    1, schema.check(JsonNodeFactory.instance.stringNode(text)).size(), text);
            language.ifPresent(made -> assertFalse(Automatons.accepts(made, text), text));
        }
    }

    @Test
    void no_text_beyond_the_bound_is_given_to_the_library() {
        var schema = Schema.compile("format", Json.object().put("format", "time"));
        var longest = "10:00:00.%sZ".formatted("1".repeat(2_048 - 10));
        assertEquals(List.of(), schema.check(JsonNodeFactory.instance.stringNode(longest)));
        var longer = longest.replace("Z", "1Z");
        assertEquals(
                1, schema.check(JsonNodeFactory.instance.stringNode(longer)).size());
    }
}
