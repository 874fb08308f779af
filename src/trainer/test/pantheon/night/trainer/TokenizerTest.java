package pantheon.night.trainer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pantheon.night.contract.Json;

class TokenizerTest {
    private static final int VOCABULARY = 420;
    private static ExampleEncoder encoder;

    @BeforeAll
    static void learn(@TempDir Path directory) throws Exception {
        BpeTrainer bpe = new BpeTrainer();
        ExampleSource source = new CopyExamples(3);
        for (int i = 0; i < 500; i++) {
            source.next().forEach(segment -> bpe.add(segment.text()));
        }
        TokenizerFiles.write(directory, bpe.train(VOCABULARY), 4096);
        encoder = new ExampleEncoder(directory);
    }

    @AfterAll
    static void close() {
        encoder.close();
    }

    @Test
    void every_text_comes_back_whole() {
        Random random = new Random(5);
        for (int i = 0; i < 300; i++) {
            StringBuilder text = new StringBuilder();
            for (int j = 0; j < 40; j++) {
                text.appendCodePoint(codePoint(random));
            }
            assertEquals(text.toString(), encoder.text(encoder.tokens(text.toString())));
        }
    }

    @Test
    void pieces_are_cut_alike_in_training_and_in_the_runner() throws Exception {
        Random random = new Random(6);
        for (int i = 0; i < 300; i++) {
            StringBuilder text = new StringBuilder();
            for (int j = 0; j < 20; j++) {
                text.append(any("{}[]:,\"\\ _-.aBcDE9é漢\n#/`'", random));
            }
            int[] byPiece = PreTokenizer.pieces(text.toString()).stream()
                    .flatMapToInt(piece -> Arrays.stream(encoder.tokens(piece)))
                    .toArray();
            assertArrayEquals(byPiece, encoder.tokens(text.toString()), text.toString());
        }
    }

    @Test
    void the_inside_of_a_json_string_is_cut_alike_wherever_it_stands() {
        Random random = new Random(7);
        List<String> surroundings = List.of(
                "{\"a\": %s}", "{\"a\": {\"b\": %s}}", "{\"a\": %s, \"b\": 1}", "{\"a\": 1, \"b\": [\"x\", %s]}");
        for (int i = 0; i < 300; i++) {
            StringBuilder content = new StringBuilder("x");
            for (int j = 0; j < 12; j++) {
                content.appendCodePoint(codePoint(random));
            }
            String json = Json.quote(content.append(".").toString());
            int[] alone = encoder.tokens(json.substring(1, json.length() - 1));
            for (String surrounding : surroundings) {
                int[] all = encoder.tokens(surrounding.formatted(json));
                assertEquals(true, contains(all, alone), json + " in " + surrounding);
            }
        }
    }

    @Test
    void control_tokens_are_single_and_come_last() {
        for (int i = 0; i < ControlToken.all().size(); i++) {
            int[] tokens = encoder.tokens(ControlToken.all().get(i).text());
            assertArrayEquals(new int[] {VOCABULARY - ControlToken.all().size() + i}, tokens);
        }
    }

    @Test
    void segments_tokenised_apart_equal_the_whole_text() {
        ExampleSource source = new CopyExamples(8);
        for (int i = 0; i < 50; i++) {
            List<Segment> segments = source.next();
            String whole = segments.stream().map(Segment::text).reduce("", String::concat);
            Example example = encoder.example(segments);
            assertArrayEquals(encoder.tokens(whole), example.tokens());
            assertEquals(
                    encoder.tokens(segments.getLast().text()).length,
                    example.learnedTokens(),
                    "only the call is learned");
        }
    }

    @Test
    void a_learned_segment_without_its_end_is_refused() {
        List<Segment> open = List.of(new Segment("<tool_call>\n{\"name\": \"x\"}", true));
        assertThrows(IllegalArgumentException.class, () -> encoder.example(open));
    }

    private static int codePoint(Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> any(" \t\n\"\\{}[]:,._-/#`", random);
            case 1 -> 0xa0 + random.nextInt(0x500);
            case 2 -> 0x1f300 + random.nextInt(0x300);
            default -> 'A' + random.nextInt(58);
        };
    }

    private static char any(String characters, Random random) {
        return characters.charAt(random.nextInt(characters.length()));
    }

    private static boolean contains(int[] all, int[] part) {
        for (int from = 0; from + part.length <= all.length; from++) {
            if (Arrays.equals(all, from, from + part.length, part, 0, part.length)) {
                return true;
            }
        }
        return false;
    }
}
