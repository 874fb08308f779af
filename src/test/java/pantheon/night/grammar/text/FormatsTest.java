package pantheon.night.grammar.text;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.apache.lucene.util.automaton.Automaton;
import org.apache.lucene.util.automaton.Transition;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import pantheon.night.contract.Json;
import pantheon.night.contract.Schema;
import pantheon.night.grammar.automaton.Automatons;
import tools.jackson.databind.node.JsonNodeFactory;

final class FormatsTest {
    private static final int LAST_LATIN = 0x2FF;

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
}
