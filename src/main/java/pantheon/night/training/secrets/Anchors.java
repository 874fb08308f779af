package pantheon.night.training.secrets;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Matcher;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The places in a text where secrets may begin, found in one pass whatever the number of patterns.
 *
 * <p>A pattern is tried only where an anchor of its own stands. Anchors are looked for by their first three characters,
 * the same in either case, so that nearly every place is passed over by one look into a table that the processor's first
 * cache holds.
 */
final class Anchors {
    private static final int KEY_CHARS = 3;

    /** Low bits of a character, which are alike in either case of a letter; as many values as an {@code int} has bits. */
    private static final int CHAR_BITS = 5;

    private final List<SecretPattern> patterns;

    /** By the low bits of two characters, one bit for each third with which anchors begin. */
    private final int[] thirds = new int[1 << (2 * CHAR_BITS)];

    /** By the low bits of their first three characters. */
    private final List<List<Anchor>> anchors =
            new ArrayList<>(Collections.nCopies(1 << (KEY_CHARS * CHAR_BITS), List.of()));

    /** @param pattern its number */
    private record Anchor(String text, int pattern) {}

    Anchors(List<SecretPattern> patterns) {
        this.patterns = List.copyOf(patterns);
        for (int number = 0; number < patterns.size(); number++) {
            for (var text : patterns.get(number).anchors()) {
                thirds[(low(text.charAt(0)) << CHAR_BITS) | low(text.charAt(1))] |= 1 << low(text.charAt(2));
                var alike = new ArrayList<>(anchors.get(key(text, 0)));
                alike.add(new Anchor(text, number));
                anchors.set(key(text, 0), List.copyOf(alike));
            }
        }
    }

    private static int low(char c) {
        return c & ((1 << CHAR_BITS) - 1);
    }

    private static int key(String text, int at) {
        return (((low(text.charAt(at)) << CHAR_BITS) | low(text.charAt(at + 1))) << CHAR_BITS)
                | low(text.charAt(at + 2));
    }

    /** The patterns that match somewhere in a text, in their order. */
    List<SecretPattern> found(String text) {
        var search = new Search(text);
        char[] chars = text.toCharArray();
        for (int at = next(chars, 0); at >= 0; at = next(chars, at + 1)) {
            search.at(at, anchors.get(key(text, at)));
        }
        return search.found();
    }

    /**
     * The next place from one on at which an anchor may begin, -1 where there is none. It stands apart from what is done
     * there, and has an array, because most of the time of a second search is spent in this loop.
     */
    private int next(char[] text, int from) {
        int length = text.length;
        int first = 0;
        int second = 0;
        for (int i = from; i < length; i++) {
            int third = low(text[i]);
            if ((thirds[(first << CHAR_BITS) | second] >>> third & 1) != 0 && i - from + 1 >= KEY_CHARS) {
                return i + 1 - KEY_CHARS;
            }
            first = second;
            second = third;
        }
        return -1;
    }

    /** One text that is searched. */
    private final class Search {
        private final String text;
        private final @Nullable Matcher[] matchers = new Matcher[patterns.size()];
        private final boolean[] found = new boolean[patterns.size()];

        Search(String text) {
            this.text = text;
        }

        void at(int place, List<Anchor> some) {
            for (var anchor : some) {
                int number = anchor.pattern();
                int length = anchor.text().length();
                if (!found[number] && text.regionMatches(true, place, anchor.text(), 0, length)) {
                    var pattern = patterns.get(number);
                    found[number] = matcher(number, pattern)
                            .region(pattern.followsAnchor() ? place + length : place, text.length())
                            .lookingAt();
                }
            }
        }

        /** A matcher that sees what is around its region. */
        private Matcher matcher(int number, SecretPattern pattern) {
            var matcher = matchers[number];
            if (matcher == null) {
                matcher = pattern.pattern()
                        .matcher(text)
                        .useTransparentBounds(true)
                        .useAnchoringBounds(false);
                matchers[number] = matcher;
            }
            return matcher;
        }

        List<SecretPattern> found() {
            return IntStream.range(0, found.length)
                    .filter(number -> found[number])
                    .mapToObj(patterns::get)
                    .toList();
        }
    }
}
