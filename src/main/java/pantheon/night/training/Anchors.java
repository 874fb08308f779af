package pantheon.night.training;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;

/**
 * The places in a text where secrets may begin, found in one pass whatever the number of patterns.
 *
 * <p>A pattern is tried only where an anchor of its own stands. Anchors are looked for by a key of their first three
 * characters, the same in either case, so that nearly every place is passed over by one look into a table.
 */
final class Anchors {
    /** How many characters make a key, and how many bits of each: the low five of a letter are alike in either case. */
    private static final int KEY_CHARS = 3;

    private static final int CHAR_BITS = 5;
    private static final int KEYS = 1 << (KEY_CHARS * CHAR_BITS);

    private final List<SecretPattern> patterns;
    private final boolean[] begins = new boolean[KEYS];
    private final Map<Integer, List<Anchor>> anchors = new HashMap<>();

    /** @param pattern its number */
    private record Anchor(String text, int pattern) {}

    Anchors(List<SecretPattern> patterns) {
        this.patterns = List.copyOf(patterns);
        for (int number = 0; number < patterns.size(); number++) {
            for (var text : patterns.get(number).anchors()) {
                add(new Anchor(text, number));
            }
        }
    }

    private void add(Anchor anchor) {
        var text = anchor.text();
        int key = key(low(text.charAt(0)), low(text.charAt(1)), low(text.charAt(2)));
        begins[key] = true;
        anchors.computeIfAbsent(key, first -> new ArrayList<>()).add(anchor);
    }

    private static int low(char c) {
        return c & ((1 << CHAR_BITS) - 1);
    }

    /** The key of three characters, of each its low bits. */
    private static int key(int first, int second, int third) {
        return (first << (2 * CHAR_BITS)) | (second << CHAR_BITS) | third;
    }

    /** The patterns that match somewhere in a text, in their order. */
    List<SecretPattern> found(String text) {
        var search = new Search(text);
        int first = 0;
        int second = 0;
        for (int i = 0; i < text.length(); i++) {
            int third = low(text.charAt(i));
            int key = key(first, second, third); // not from the key before: the processor would wait for that
            if (begins[key] && i + 1 >= KEY_CHARS) {
                search.at(i + 1 - KEY_CHARS, anchors.getOrDefault(key, List.of()));
            }
            first = second;
            second = third;
        }
        return List.copyOf(search.found.values());
    }

    /** One text that is searched. */
    private final class Search {
        private final String text;
        private final Map<Integer, Matcher> matchers = new HashMap<>();
        private final Map<Integer, SecretPattern> found = new TreeMap<>();

        Search(String text) {
            this.text = text;
        }

        void at(int place, List<Anchor> some) {
            for (var anchor : some) {
                var pattern = patterns.get(anchor.pattern());
                if (text.regionMatches(
                                true, place, anchor.text(), 0, anchor.text().length())
                        && !found.containsKey(anchor.pattern())
                        && matcher(anchor.pattern())
                                .region(
                                        place
                                                + (pattern.followsAnchor()
                                                        ? anchor.text().length()
                                                        : 0),
                                        text.length())
                                .lookingAt()) {
                    found.put(anchor.pattern(), pattern);
                }
            }
        }

        /** A matcher that sees what is around its region. */
        private Matcher matcher(int number) {
            return matchers.computeIfAbsent(
                    number,
                    first -> patterns.get(number)
                            .pattern()
                            .matcher(text)
                            .useTransparentBounds(true)
                            .useAnchoringBounds(false));
        }
    }
}
