package pantheon.night.training.secrets;

import java.util.Arrays;
import java.util.List;
import java.util.function.IntConsumer;
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

    /** No pattern looks back farther than this from where its anchor begins. */
    private static final int FARTHEST_BACK = 16;

    private static final Anchor[] NONE = {};
    private static final int[] NO_NUMBERS = {};

    private final List<SecretPattern> patterns;

    /** By the low bits of two characters, one bit for each third with which anchors begin. */
    private final int[] thirds = new int[1 << (2 * CHAR_BITS)];

    /** By the low bits of their first three characters. */
    private final Anchor[][] anchors = new Anchor[1 << (KEY_CHARS * CHAR_BITS)][];

    /** @param pattern its number */
    private record Anchor(String text, int pattern) {}

    Anchors(List<SecretPattern> patterns) {
        this.patterns = List.copyOf(patterns);
        Arrays.fill(anchors, NONE);
        for (int number = 0; number < patterns.size(); number++) {
            for (var text : patterns.get(number).anchors()) {
                thirds[(low(text.charAt(0)) << CHAR_BITS) | low(text.charAt(1))] |= 1 << low(text.charAt(2));
                add(key(text, 0), new Anchor(text, number));
            }
        }
    }

    private void add(int key, Anchor anchor) {
        var alike = Arrays.copyOf(anchors[key], anchors[key].length + 1);
        alike[alike.length - 1] = anchor;
        anchors[key] = alike;
    }

    private static int low(char c) {
        return c & ((1 << CHAR_BITS) - 1);
    }

    private static int key(String text, int at) {
        return (((low(text.charAt(at)) << CHAR_BITS) | low(text.charAt(at + 1))) << CHAR_BITS)
                | low(text.charAt(at + 2));
    }

    /** The patterns that match somewhere in a text, in their order. */
    List<SecretPattern> found(ComposedText composed) {
        var search = new Search(composed.toString());
        int from = 0;
        for (var placed : composed.passages()) {
            search.between(from, placed.start());
            search.in(placed);
            from = Math.max(from, placed.end() - KEY_CHARS + 1);
        }
        search.between(from, search.text.length());
        var found = search.found();
        return found.length == 0
                ? List.of()
                : Arrays.stream(found).mapToObj(patterns::get).toList();
    }

    /** Searches a part for all texts that will hold it. */
    Passage passage(String text) {
        var search = new Search(text);
        var open = new Places();
        search.places(0, text.length(), place -> {
            if (place < FARTHEST_BACK || search.isOpen(place)) {
                open.add(place);
            }
        });
        return new Passage(text, search.found(), open.all());
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

    /** Nearly always there are none, or few. */
    private static final class Places {
        private int[] places = NO_NUMBERS;
        private int size;

        void add(int place) {
            if (size == places.length) {
                places = Arrays.copyOf(places, 2 * size + 1);
            }
            places[size++] = place;
        }

        int[] all() {
            return Arrays.copyOf(places, size);
        }
    }

    /** One text that is searched. */
    private final class Search {
        private final String text;
        /** By number; made once they are needed, since in most texts nothing is tried. */
        private @Nullable Matcher @Nullable [] matchers;

        private boolean @Nullable [] found;

        Search(String text) {
            this.text = text;
        }

        /** Hands on the places before another one at which an anchor may begin. */
        void places(int from, int to, IntConsumer taker) {
            var chars = new char[Math.min(to + KEY_CHARS - 1, text.length()) - from];
            text.getChars(from, from + chars.length, chars, 0);
            for (int at = next(chars, 0); at >= 0; at = next(chars, at + 1)) {
                taker.accept(from + at);
            }
        }

        void between(int from, int to) {
            if (from < to) {
                places(from, to, this::at);
            }
        }

        /** Looks for what stands in a passage or begins there. */
        void in(ComposedText.Placed placed) {
            for (int number : placed.passage().found()) {
                note(number);
            }
            for (int place : placed.passage().open()) {
                at(placed.start() + place);
            }
        }

        private void note(int number) {
            if (found == null) {
                found = new boolean[patterns.size()];
            }
            found[number] = true;
        }

        private boolean isFound(int number) {
            return found != null && found[number];
        }

        private void at(int place) {
            for (var anchor : anchors[key(text, place)]) {
                int length = anchor.text().length();
                if (!isFound(anchor.pattern())
                        && text.regionMatches(true, place, anchor.text(), 0, length)
                        && mayStand(anchor, place)
                        && matcher(anchor, place).lookingAt()) {
                    note(anchor.pattern());
                }
            }
        }

        private boolean mayStand(Anchor anchor, int place) {
            return !patterns.get(anchor.pattern()).isToken()
                    || TokenStart.mayBe(text, place, place + anchor.text().length());
        }

        /** Looks at a place, unless what may follow the text decides there. */
        @SuppressWarnings("JdkObsolete") // more text may follow, as with a stream
        boolean isOpen(int place) {
            for (var anchor : anchors[key(text, place)]) {
                int length = Math.min(anchor.text().length(), text.length() - place);
                if (!isFound(anchor.pattern()) && text.regionMatches(true, place, anchor.text(), 0, length)) {
                    if (length < anchor.text().length()) {
                        return true;
                    }
                    if (!mayStand(anchor, place)) {
                        continue;
                    }
                    var matcher = matcher(anchor, place);
                    boolean matches = matcher.lookingAt();
                    if (matcher.hitEnd() || matcher.requireEnd()) {
                        return true;
                    }
                    if (matches) {
                        note(anchor.pattern());
                    }
                }
            }
            return false;
        }

        /** A matcher from an anchor's place on that sees what is around its region. */
        private Matcher matcher(Anchor anchor, int place) {
            var pattern = patterns.get(anchor.pattern());
            if (matchers == null) {
                matchers = new Matcher[patterns.size()];
            }
            var matcher = matchers[anchor.pattern()];
            if (matcher == null) {
                matcher = pattern.pattern()
                        .matcher(text)
                        .useTransparentBounds(true)
                        .useAnchoringBounds(false);
                matchers[anchor.pattern()] = matcher;
            }
            return matcher.region(
                    pattern.followsAnchor() ? place + anchor.text().length() : place, text.length());
        }

        /** The numbers of the patterns that match. */
        int[] found() {
            return found == null
                    ? NO_NUMBERS
                    : IntStream.range(0, found.length).filter(this::isFound).toArray();
        }
    }
}
