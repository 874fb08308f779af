package pantheon.night.grammar.export;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import pantheon.night.contract.Json;
import pantheon.night.contract.ToolCard;
import pantheon.night.grammar.TokenMasks;
import pantheon.night.grammar.TokenMatcher;
import pantheon.night.grammar.TurnGrammar;
import pantheon.night.grammar.token.ByteAlphabet;
import pantheon.night.grammar.token.TokenSet;
import pantheon.night.grammar.token.Vocabulary;
import pantheon.night.prompt.ChatFormats;
import pantheon.night.prompt.call.CallForm;
import tools.jackson.core.JacksonException;

/**
 * What other engines' matchers make of exported grammars: random walks through our own automaton, and walks with one
 * character changed, have the verdicts that we give.
 */
final class JudgedGrammarsTest {
    private static final int WALKS = 5;
    private static final int CHANGES = 6;
    private static final int[] CHARACTERS = "\"\\{}[],:0123456789.-eE abcxyzABC_/<\u00e9\u20ac\ud83d\ude00\n\t"
            .codePoints()
            .toArray();

    private static final List<String> SCHEMAS = List.of(
            "{\"type\": \"string\"}",
            "{\"type\": \"string\", \"maxLength\": 3}",
            "{\"type\": \"string\", \"minLength\": 2, \"maxLength\": 70}",
            "{\"type\": \"string\", \"pattern\": \"^[a-z]+(-[a-z0-9]+)*$\", \"maxLength\": 12}",
            "{\"type\": \"string\", \"pattern\": \"b.d\"}",
            "{\"type\": \"string\", \"pattern\": \"^(?!no)[a-z]{2,4}$\"}",
            "{\"type\": \"string\", \"pattern\": \"^\\\\S(.*\\\\S)?$\", \"maxLength\": 20}",
            "{\"type\": \"string\", \"pattern\": \"^[\\u00e0-\\u00ff\\u20ac]{1,3}$\"}",
            "{\"type\": \"string\", \"pattern\": \"[\\\\]\\\\\\\\^\\\"/<-]\", \"minLength\": 1, \"maxLength\": 5}",
            "{\"type\": \"string\", \"format\": \"date\"}",
            "{\"type\": \"string\", \"format\": \"ipv4\"}",
            "{\"not\": {\"pattern\": \"^x\"}, \"type\": \"string\", \"maxLength\": 4}",
            "{\"enum\": [\"a\", \"a/b\", 1, 1.5, null, {\"x\": [1, \"\u00e9\"]}]}",
            "{\"type\": \"integer\"}",
            "{\"type\": \"number\"}",
            "{\"type\": \"integer\", \"minimum\": -5, \"maximum\": 120}",
            "{\"type\": \"number\", \"multipleOf\": 0.25}",
            "{\"type\": [\"string\", \"null\", \"boolean\"]}",
            "{\"type\": \"array\", \"items\": {\"type\": \"integer\"}, \"minItems\": 1, \"maxItems\": 3}",
            "{\"type\": \"array\", \"items\": {\"type\": \"boolean\"}, \"maxItems\": 100}",
            "{\"type\": \"array\", \"prefixItems\": [{\"type\": \"integer\"}, {\"type\": \"string\"}], \"items\": false}",
            "{\"type\": \"array\", \"prefixItems\": [{\"const\": 1}], \"items\": {\"const\": 2}, \"minItems\": 1}",
            "{\"properties\": {\"a\": {\"type\": \"integer\"}, \"b\": {\"type\": \"string\"}, \"c\": {\"const\": 1}},"
                    + " \"required\": [\"b\"], \"additionalProperties\": false, \"type\": \"object\"}",
            "{\"properties\": {\"name\": {\"type\": \"integer\"}, \"n\\\"m\": {\"type\": \"integer\"}},"
                    + " \"additionalProperties\": {\"type\": \"boolean\"}, \"type\": \"object\"}",
            "{\"properties\": {\"a\": {\"const\": 1}, \"b\": {\"const\": 1}, \"c\": {\"const\": 1}, \"d\": {\"const\": 1}},"
                    + " \"additionalProperties\": false, \"minProperties\": 2, \"maxProperties\": 3, \"type\": \"object\"}",
            "{\"additionalProperties\": {\"const\": 1}, \"minProperties\": 1, \"maxProperties\": 2, \"type\": \"object\"}",
            "{\"patternProperties\": {\"^x\": {\"type\": \"integer\"}, \"y$\": {\"type\": \"number\"}},"
                    + " \"additionalProperties\": false, \"type\": \"object\"}",
            "{\"$defs\": {\"tree\": {\"properties\": {\"left\": {\"$ref\": \"#/$defs/tree\"}, \"value\":"
                    + " {\"type\": \"integer\"}}, \"required\": [\"value\"], \"additionalProperties\": false, \"type\": \"object\"}},"
                    + " \"$ref\": \"#/$defs/tree\"}",
            "{\"anyOf\": [{\"properties\": {\"kind\": {\"const\": \"a\"}, \"x\": {\"type\": \"integer\"}}, \"required\":"
                    + " [\"kind\"], \"type\": \"object\"}, {\"properties\": {\"kind\": {\"const\": \"b\"}}, \"required\":"
                    + " [\"kind\"], \"type\": \"object\"}]}");

    /** Of an argument whose call is no JSON. */
    private static final List<String> ARGUMENTS = List.of(
            "{\"type\": \"string\"}",
            "{\"type\": \"string\", \"minLength\": 2, \"maxLength\": 20}",
            "{\"type\": \"string\", \"pattern\": \"^[a-z]+(-[a-z0-9]+)*$\", \"maxLength\": 12}",
            "{\"type\": \"string\", \"pattern\": \"b.d\"}",
            "{\"type\": \"string\", \"pattern\": \"[\\\\]\\\\\\\\^\\\"'/<-]\", \"minLength\": 1, \"maxLength\": 5}",
            "{\"enum\": [\"a\", \"a/b\", 1, 1.5, null, true]}",
            "{\"type\": \"integer\", \"minimum\": -5, \"maximum\": 120}",
            "{\"type\": [\"string\", \"null\", \"boolean\", \"number\"]}",
            "{\"type\": \"array\", \"items\": {\"type\": [\"boolean\", \"string\"], \"maxLength\": 3}, \"minItems\": 1, \"maxItems\": 3}",
            "{\"properties\": {\"x\": {\"type\": \"null\"}, \"y\": {\"const\": \"'\\n\"}}, \"additionalProperties\": false, \"type\": \"object\"}");

    private static final String OPTIONAL =
            "{\"type\": \"object\", \"properties\": {\"a\": {\"const\": 1}, \"b\": {\"type\": \"string\", \"maxLength\": 4}, \"c\": {\"type\": \"boolean\"}},"
                    + " \"required\": [\"b\"], \"minProperties\": 2, \"additionalProperties\": false}";

    private static final List<CallForm> FORMS = List.of(
            new CallForm.OfXml(
                    "<tool_call>\n",
                    "<function=",
                    ">\n",
                    "<parameter=",
                    ">\n",
                    "\n</parameter>\n",
                    "</function>\n",
                    "</tool_call>",
                    true,
                    List.of("<|im_end|>")),
            new CallForm.OfPython("", "[", ", ", "]", "", CallForm.OfPython.Values.PYTHON),
            new CallForm.OfPython("", "[", ", ", "]", "", CallForm.OfPython.Values.QUOTED),
            new CallForm.OfPython("", "", ", ", "", "", CallForm.OfPython.Values.JSON));

    private final Vocabulary bytes = bytes();
    private final TokenMasks masks = new TokenMasks(bytes.trie());
    private final Random random = new Random(5);
    private int taken;
    private int refused;

    @ParameterizedTest
    @EnumSource
    void a_matcher_gives_our_verdicts(Dialect dialect) throws IOException {
        try (var judges = new Judges()) {
            for (var schema : SCHEMAS) {
                compare(schema, dialect, judges);
            }
        }
        assertTrue(taken > 200 && refused > 200, taken + " taken, " + refused + " refused");
    }

    @ParameterizedTest
    @EnumSource
    void calls_that_are_no_json_have_our_verdicts_too(Dialect dialect) throws IOException {
        try (var judges = new Judges()) {
            for (var form : FORMS) {
                for (var argument : ARGUMENTS) {
                    compare(form, named(argument), dialect, judges);
                }
                compare(form, OPTIONAL, dialect, judges);
            }
        }
        assertTrue(taken > 200 && refused > 200, taken + " taken, " + refused + " refused");
    }

    private static String named(String argument) {
        return "{\"type\": \"object\", \"properties\": {\"v\": %s}, \"required\": [\"v\"], \"additionalProperties\": false}"
                .formatted(argument);
    }

    private void compare(String schema, Dialect dialect, Judges judges) {
        compare(ChatFormats.QWEN.call(), schema, dialect, judges);
    }

    private void compare(CallForm form, String schema, Dialect dialect, Judges judges) {
        var turn = TurnGrammar.of(form, List.of(new ToolCard("f", "a tool", Json.parse(schema))));
        var exported = GrammarExport.of(turn, dialect, null).whole();
        assertEquals(List.of(), exported.loosenings(), schema);
        var texts = texts(turn);
        var answer = judges.judge(dialect, exported.text(), texts);
        assertTrue(answer.has("verdicts"), () -> form + " " + schema + ": " + answer + "\n" + exported.text());
        for (int i = 0; i < texts.size(); i++) {
            compare(turn, texts.get(i), answer.get("verdicts").get(i).booleanValue(), schema);
        }
    }

    private void compare(TurnGrammar turn, String text, boolean verdict, String schema) {
        boolean ours = accepts(turn.open(bytes, masks), text);
        boolean isTwice = verdict && !ours && hasNameTwice(text);
        assertTrue(verdict == ours || isTwice, () -> schema + (ours ? " refuses " : " takes ") + text);
        taken += ours ? 1 : 0;
        refused += ours ? 0 : 1;
    }

    /** No grammar remembers names: an object may have one twice. */
    private static boolean hasNameTwice(String text) {
        if (!text.contains("\"arguments\": ")) {
            return false; // the other forms' schemas have no open objects
        }
        var arguments = text.substring(text.indexOf("\"arguments\": ") + 13, text.lastIndexOf("}\n"));
        try {
            Json.parse(arguments);
            return false;
        } catch (JacksonException e) {
            return String.valueOf(e.getMessage()).contains("Duplicate");
        }
    }

    private List<String> texts(TurnGrammar turn) {
        var texts = new ArrayList<>(List.of(Witness.of(turn)));
        assertTrue(accepts(turn.open(bytes, masks), texts.getFirst()), texts.getFirst());
        for (int walk = 0; walk < WALKS; walk++) {
            var text = walk(turn.open(bytes, masks), 60 + 40 * walk);
            texts.add(text);
            for (int change = 0; change < CHANGES; change++) {
                texts.add(changed(text, change));
            }
        }
        return texts;
    }

    private static boolean accepts(TokenMatcher matcher, String text) {
        for (byte b : text.getBytes(UTF_8)) {
            if (!matcher.take(b & 0xFF)) {
                return false;
            }
        }
        return matcher.mayEnd();
    }

    /** Bytes by chance, most of them plain characters, now and then a quote; then the shortest way to the end. */
    private String walk(TokenMatcher matcher, int free) {
        var text = new ByteArrayOutputStream();
        for (int steps = 0; !matcher.isComplete(); steps++) {
            var allowed = members(steps < free ? matcher.mask() : matcher.mask(matcher.rest() - 1));
            var plain =
                    Arrays.stream(allowed).filter(b -> b < 0x80 && b != '\\').toArray();
            boolean quote = random.nextInt(8) == 0 && Arrays.binarySearch(allowed, '"') >= 0;
            var from = plain.length == 0 || random.nextInt(12) == 0 ? allowed : plain;
            int next = quote ? '"' : from[random.nextInt(from.length)];
            assertTrue(matcher.take(next));
            text.write(next);
        }
        return text.toString(UTF_8);
    }

    private static int[] members(TokenSet set) {
        return IntStream.range(0, 256).filter(set::contains).toArray();
    }

    private String changed(String text, int change) {
        var characters = new ArrayList<>(text.codePoints().boxed().toList());
        int head = Math.min(text.indexOf('f') + 1, characters.size() - 1);
        int at = head + random.nextInt(characters.size() - head);
        int other = CHARACTERS[random.nextInt(CHARACTERS.length)];
        switch (change % 3) {
            case 0 -> characters.set(at, other);
            case 1 -> characters.add(at, other);
            default -> characters.subList(at, at + 1).clear();
        }
        var out = new StringBuilder();
        characters.forEach(out::appendCodePoint);
        return out.toString();
    }

    /** A vocabulary of the 256 bytes, with ids that are the bytes. */
    private static Vocabulary bytes() {
        var tokenizer = Json.object();
        for (var part : List.of("pre_tokenizer", "decoder")) {
            tokenizer.putObject(part).put("type", "ByteLevel");
        }
        var model = tokenizer.putObject("model").put("type", "BPE");
        model.putArray("merges");
        var vocabulary = model.putObject("vocab");
        for (int b = 0; b < 256; b++) {
            vocabulary.put(String.valueOf(ByteAlphabet.character(b)), b);
        }
        return Vocabulary.of(tokenizer);
    }
}
