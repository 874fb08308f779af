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
        int key = 0;
        for (int i = 0; i < KEY_CHARS; i++) {
            key = key(key, anchor.text().charAt(i));
        }
        begins[key] = true;
        anchors.computeIfAbsent(key, first -> new ArrayList<>()).add(anchor);
    }

    /** The key that ends with a character, after the one that ended before it. */
    private static int key(int before, char c) {
        return ((before << CHAR_BITS) | (c & ((1 << CHAR_BITS) - 1))) & (KEYS - 1);
    }

    /** The patterns that match somewhere in a text, in their order. */
    List<SecretPattern> found(String text) {
        var search = new Search(text);
        var chars = text.toCharArray();
        int key = 0;
        for (int i = 0; i < chars.length; i++) {
            key = key(key, chars[i]);
            if (begins[key] && i + 1 >= KEY_CHARS) {
                search.at(i + 1 - KEY_CHARS, anchors.getOrDefault(key, List.of()));
            }
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
