package pantheon.night.engine.sampling;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import pantheon.night.contract.Json;
import pantheon.night.model.Tokenizer;
import pantheon.night.model.gguf.GgufFile;
import pantheon.night.model.tokenizer.TokenizerFiles;
import pantheon.night.prompt.ChatFormats;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What is found by a turn's last words, beside what the tokenizer makes of the whole turn. */
final class ForcedTokensTest {
    private static final Path EMBEDDED = Path.of("src/main/models/docops-front-matter/tokenizer.json");
    private static final Path SMOLLM2 = Path.of("target/models/SmolLM2-135M-Instruct.Q4_1.gguf");
    private static final JsonNode RULES = Json.resource("/tokenizer/pre-tokenizers.json");
    private static final List<String> PIECES = List.of(
            "a",
            "the",
            " the",
            " Install",
            "\"",
            "\", \"",
            "\": \"",
            "'",
            "l",
            "'ll",
            "'s",
            " ",
            "  ",
            "      ",
            "\n",
            "\n\n",
            "\r\n",
            "\t",
            "1",
            "23",
            "4567",
            "890123456789",
            "314159265358979323846264338327950",
            ".",
            "...",
            "=====",
            "-",
            "/docs/",
            ".md",
            "é",
            "e\u0301",
            "漢字",
            "漢字漢字漢字漢字漢字漢字",
            "हिन्दी",
            "🙂🏽",
            "²",
            "\\u003c",
            "<tool_call>",
            "{\"k\": [1.5e3, null]}",
            "HTTPServer",
            "camelCaseWordsWithoutAnyBlankBetweenThem");

    @TempDir
    private Path folder;

    static List<String> rules() {
        var distinct = new LinkedHashMap<JsonNode, String>();
        RULES.properties().forEach(rule -> distinct.putIfAbsent(rule.getValue(), rule.getKey()));
        return List.copyOf(distinct.values());
    }

    /** The embedded model's merges behind another rule of where texts are cut first. */
    private Tokenizer tokenizer(String rule) throws IOException {
        var json = (ObjectNode) Json.parse(Files.readString(EMBEDDED));
        var known = RULES.path(rule);
        var steps = json.putObject("pre_tokenizer").put("type", "Sequence").putArray("pretokenizers");
        if (known.path("digits").asBoolean(false)) {
            steps.addObject().put("type", "Digits").put("individual_digits", true);
        }
        known.path("splits").forEach(pattern -> {
            var split = steps.addObject()
                    .put("type", "Split")
                    .put("behavior", "Isolated")
                    .put("invert", false);
            split.putObject("pattern").put("Regex", pattern.stringValue());
        });
        steps.addObject()
                .put("type", "ByteLevel")
                .put("add_prefix_space", false)
                .put("trim_offsets", true)
                .put("use_regex", known.path("words").asBoolean(false));
        if (known.has("normalizer")) {
            json.putObject("normalizer").put("type", known.get("normalizer").stringValue());
        } else {
            json.putNull("normalizer");
        }
        var file = folder.resolve("tokenizer.json");
        Files.writeString(file, Json.write(json));
        return Tokenizer.load(file, ChatFormats.QWEN.stops());
    }

    private static String piece(Random random) {
        return PIECES.get(random.nextInt(PIECES.size()));
    }

    private static List<Integer> ids(int[] ids) {
        return new ArrayList<>(Arrays.stream(ids).boxed().toList());
    }

    private static String text(Random random, int pieces) {
        return String.join(
                "", IntStream.range(0, pieces).mapToObj(i -> piece(random)).toList());
    }

    /** A turn that grows by what must come and by what a model would write; both ways at each step. */
    private static int compare(Tokenizer tokenizer, Random random) {
        var forced = new ForcedTokens(tokenizer);
        var turn = ids(tokenizer.encode(text(random, 1 + random.nextInt(3))));
        int found = 0;
        for (int step = 0; step < 12; step++) {
            var so = tokenizer.decode(turn);
            var must = text(random, 1 + random.nextInt(5));
            var whole = tokenizer.encode(so + must);
            var more = forced.behind(turn, must.getBytes(StandardCharsets.UTF_8));
            boolean goesOn =
                    Arrays.equals(whole, 0, Math.min(whole.length, turn.size()), tokenizer.encode(so), 0, turn.size());
            assertArrayEquals(
                    goesOn ? Arrays.copyOfRange(whole, turn.size(), whole.length) : new int[0], more, so + "|" + must);
            found += more.length;
            turn = ids(tokenizer.encode(so + must));
        }
        return found;
    }

    @ParameterizedTest
    @MethodSource("rules")
    void a_turns_last_words_tell_what_the_whole_turn_would(String rule) throws IOException {
        try (var tokenizer = tokenizer(rule)) {
            int found = 0;
            for (int seed = 0; seed < 40; seed++) {
                found += compare(tokenizer, new Random(seed));
            }
            assertTrue(found > 1_500, found + " tokens found");
        }
    }

    @Test
    void so_they_do_with_the_tokenizer_of_real_weights() {
        try (var file = GgufFile.open(SMOLLM2)) {
            TokenizerFiles.write(file, folder);
        }
        try (var tokenizer = Tokenizer.load(folder.resolve("tokenizer.json"), ChatFormats.QWEN.stops())) {
            for (int seed = 0; seed < 100; seed++) {
                compare(tokenizer, new Random(seed));
            }
        }
    }

    @Test
    void tokens_that_the_tokenizer_would_not_have_made_hinder_only_in_their_own_word() {
        try (var tokenizer = Tokenizer.load(EMBEDDED, ChatFormats.QWEN.stops())) {
            var forced = new ForcedTokens(tokenizer);
            var turn = new ArrayList<Integer>();
            "Installing".chars().forEach(letter -> turn.add(tokenizer.encode(Character.toString(letter))[0]));
            assertEquals(0, forced.behind(turn, "ly".getBytes(StandardCharsets.UTF_8)).length);
            turn.addAll(ids(tokenizer.encode(" the page")));
            var whole = tokenizer.encode("Installing the page\": \"x");
            var more = forced.behind(turn, "\": \"x".getBytes(StandardCharsets.UTF_8));
            assertArrayEquals(tokenizer.encode("\": \"x"), more);
            assertArrayEquals(more, Arrays.copyOfRange(whole, whole.length - more.length, whole.length));
        }
    }

    @Test
    void a_turn_may_end_within_a_character() {
        try (var tokenizer = Tokenizer.load(EMBEDDED, ChatFormats.QWEN.stops())) {
            var rare = tokenizer.encode("\u2603 a");
            assertTrue(tokenizer.decode(ids(Arrays.copyOf(rare, 1))).contains("\uFFFD"), "one token is no character");
            var bytes = "\u2603 a".getBytes(StandardCharsets.UTF_8);
            int first = tokenizer.vocabulary().bytes(rare[0]).length;
            assertArrayEquals(
                    Arrays.copyOfRange(rare, 1, rare.length),
                    new ForcedTokens(tokenizer)
                            .behind(ids(Arrays.copyOf(rare, 1)), Arrays.copyOfRange(bytes, first, bytes.length)));
        }
    }
}
