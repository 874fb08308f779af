package pantheon.night.training;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;

/**
 * The places in a text where secrets may begin, found in one pass whatever the number of patterns.
 *
 * <p>A pattern is tried only where an anchor of its own stands. Anchors are looked for by their first two characters,
 * without regard to case, so that nearly every place is passed over by one look into a table.
 */
final class Anchors {
    private static final int ASCII = 128;

    private final List<SecretPattern> patterns;
    /** By the two characters with which they begin, in either case. */
    private final Anchor[][] anchors = new Anchor[ASCII * ASCII][];

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
        for (char first : bothCases(anchor.text().charAt(0))) {
            for (char second : bothCases(anchor.text().charAt(1))) {
                int pair = first * ASCII + second;
                var others = anchors[pair] == null ? new Anchor[0] : anchors[pair];
                anchors[pair] = Arrays.copyOf(others, others.length + 1);
                anchors[pair][others.length] = anchor;
            }
        }
    }

    private static char[] bothCases(char c) {
        return Character.isLetter(c) ? new char[] {Character.toLowerCase(c), Character.toUpperCase(c)} : new char[] {c};
    }

    /** The patterns that match somewhere in a text, in their order. */
    List<SecretPattern> found(String text) {
        var search = new Search(text);
        var chars = text.toCharArray();
        for (int i = 0; i + 1 < chars.length; i++) {
            int first = chars[i];
            int second = chars[i + 1];
            if ((first | second) < ASCII) {
                var some = anchors[first * ASCII + second];
                if (some != null) {
                    search.at(i, some);
                }
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

        void at(int place, Anchor[] anchors) {
            for (var anchor : anchors) {
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
