package pantheon.night.training.secrets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The secrets here are made up, and put together from halves so that no scanner takes this file for a leak. */
final class ComposedTextTest {
    private static final Secrets SECRETS = new Secrets();
    private static final String TOKEN = "gh" + "p_abcdefghij0123456789ABCDEFGHIJ012345";
    private static final String KEY = "AK" + "IAQ3EXAMPLE7ABCDEF";

    /** So long that what stands before a passage is of no interest behind it. */
    private static final String WORDS = "these are plain words and nothing else ";

    private static List<String> found(Object... parts) {
        var text = new ComposedText();
        for (var part : parts) {
            if (part instanceof Passage passage) {
                text.add(passage);
            } else {
                text.add(part.toString());
            }
        }
        assertEquals(SECRETS.find(text.toString()), SECRETS.find(text), text::toString);
        return SECRETS.find(text);
    }

    private static Passage passage(String text) {
        return SECRETS.passage(text);
    }

    @Test
    void a_secret_in_a_passage_is_found_in_each_text_that_holds_it() {
        var passage = passage(WORDS + TOKEN + " " + WORDS);
        assertEquals(List.of("github_token"), found(passage));
        assertEquals(List.of("github_token"), found("{\"a\":\"", passage, "\"}"));
        assertEquals(List.of(), found("{\"a\":\"", passage(WORDS + WORDS), "\"}"));
    }

    @Test
    void a_secret_is_found_wherever_a_passage_begins_or_ends_in_it() {
        for (int cut = 0; cut <= TOKEN.length(); cut++) {
            var first = WORDS + TOKEN.substring(0, cut);
            var second = TOKEN.substring(cut) + " " + WORDS;
            assertEquals(List.of("github_token"), found(passage(first), second), first);
            assertEquals(List.of("github_token"), found(first, passage(second)), first);
            assertEquals(List.of("github_token"), found(passage(first), passage(second)), first);
            for (int end = cut; end <= Math.min(cut + 3, TOKEN.length()); end++) {
                var middle = passage(TOKEN.substring(cut, end));
                assertEquals(List.of("github_token"), found(first, middle, TOKEN.substring(end)), first);
            }
        }
    }

    @Test
    void what_follows_a_passage_decides_where_its_last_word_goes_on() {
        var passage = passage(WORDS + KEY);
        assertEquals(List.of("aws_access_key"), found(passage));
        assertEquals(List.of("aws_access_key"), found(passage, "\n"));
        assertEquals(List.of(), found(passage, "a longer word"));
        assertEquals(List.of(), found(passage, passage("A")));
    }

    @Test
    void what_stands_before_a_passage_decides_where_its_first_word_began() {
        var passage = passage(KEY + " " + WORDS);
        assertEquals(List.of("aws_access_key"), found(passage));
        assertEquals(List.of("aws_access_key"), found(WORDS, passage));
        assertEquals(List.of(), found("WORD", passage));
        assertEquals(List.of("aws_access_key"), found("\\u001b[0;31m", passage));
    }

    @Test
    void a_name_in_a_passage_and_a_value_behind_it_are_one_secret() {
        var name = passage(WORDS + "the pass" + "word: ");
        assertEquals(List.of("assigned_secret"), found(name, "Tr0ub4dor" + "Zebra17"));
        assertEquals(List.of(), found(name, "is not told"));
    }

    @Test
    void texts_are_searched_alike_however_they_are_composed() {
        var parts =
                new ArrayList<String>(List.of(" ", "\"", "\\n", "\n", ": ", " = ", "\\\"", "-", "a1", "é", "}", ","));
        var secrets = Stream.of(MadeUpSecrets.tokens(), MadeUpSecrets.inContext(), MadeUpSecrets.keyBlocks());
        for (var secret : secrets.flatMap(List::stream).toList()) {
            var text = secret.text();
            int cut = text.length() / 2;
            parts.addAll(List.of(text, text.substring(0, cut), text.substring(cut), text.substring(text.length() - 3)));
        }
        var random = new Random(7);
        int some = 0;
        for (int i = 0; i < 10_000; i++) {
            var pieces = new ArrayList<Object>();
            for (int n = 1 + random.nextInt(4); n > 0; n--) {
                var piece = new StringBuilder(random.nextBoolean() ? WORDS : "");
                for (int m = random.nextInt(4); m > 0; m--) {
                    piece.append(parts.get(random.nextInt(parts.size())));
                }
                piece.append(random.nextBoolean() ? " " + WORDS : "");
                pieces.add(random.nextInt(3) > 0 ? passage(piece.toString()) : piece);
            }
            some += found(pieces.toArray()).isEmpty() ? 0 : 1;
        }
        assertTrue(some > 2_000 && some < 9_500, "in %d of them there was one".formatted(some));
    }

    @Test
    void secrets_of_other_traces_are_known_alike_however_a_text_is_composed() {
        var known = new KnownSecrets();
        known.add(List.of("Tr0ub4dor" + "Zebra17", "k3y-" + "ab7"));
        var parts = List.of(
                "Tr0ub4d", "orZeb", "ra17", "k3y", "-ab", "7", "7x", "\n", "\\n", " ", "[removed a_key]", "é", "word");
        var random = new Random(7);
        int some = 0;
        for (int i = 0; i < 20_000; i++) {
            var text = new ComposedText();
            for (int n = 1 + random.nextInt(4); n > 0; n--) {
                var piece = new StringBuilder();
                for (int m = random.nextInt(6); m > 0; m--) {
                    piece.append(parts.get(random.nextInt(parts.size())));
                }
                if (random.nextBoolean()) {
                    text.add(passage(piece.toString()));
                } else {
                    text.add(piece.toString());
                }
            }
            boolean areIn = known.areIn(ComposedText.of(text.toString()));
            assertEquals(areIn, known.areIn(text), text::toString);
            some += areIn ? 1 : 0;
        }
        assertTrue(some > 500 && some < 15_000, "in %d of them there was one".formatted(some));
    }

    @Test
    void a_passage_is_searched_again_once_another_secret_is_known() {
        var known = new KnownSecrets();
        known.add(List.of("Tr0ub4dor" + "Zebra17"));
        var text = new ComposedText().add(passage("a line\nQ8" + "zebra-42Klm\nand another line\n"));
        assertEquals(false, known.areIn(text));
        known.add(List.of("Q8zebra" + "42Klm"));
        assertEquals(true, known.areIn(text));
    }

    @Test
    void a_text_takes_another_one_with_its_passages() {
        var inner = new ComposedText().add("{").add(passage(WORDS)).add(KEY);
        var outer = new ComposedText().add(passage(WORDS)).add(inner);
        assertEquals(WORDS + "{" + WORDS + KEY, outer.toString());
        assertEquals(List.of("aws_access_key"), SECRETS.find(outer));
        assertEquals(List.of(), SECRETS.find(outer.add("OTHER")));
        assertEquals(List.of("aws_access_key"), SECRETS.find(outer.add(inner)));
    }
}
