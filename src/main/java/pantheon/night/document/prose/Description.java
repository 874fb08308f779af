package pantheon.night.document.prose;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a page's front matter says of the page for searches and lists: one plain phrase that is about this page and about no
 * other.
 *
 * @param text as it stands there
 */
public record Description(String text) {
    private static final Pattern MARKUP =
            Pattern.compile("[<>{}\\[\\]|`*\\\\\\p{Cntrl}]|&[#\\p{Alnum}]{1,30}+;|(?i:https?:|www\\.)|\\p{Cf}");
    private static final Pattern ENDS = Pattern.compile("[\\p{L}\\p{N}¿¡\"'“«„].*[^,:;…\\-–—/(\\s]", Pattern.DOTALL);
    private static final Pattern FILLED_IN =
            Pattern.compile("(?iU)\\b(?:todo|tbd|fixme|lorem ipsum|as an ai|placeholder|insert description)\\b");
    private static final Pattern AGAIN = Pattern.compile("(?iU)\\b(\\w{3,40})\\W{1,3}\\1\\W{1,3}\\1\\b");
    /** Words in common, of all of two phrases, from which on they say the same. */
    private static final double SAME = 0.8;

    private static final double CAPITALS = 0.6;
    private static final int LEAST_WORDS = 3;

    /**
     * What it is held against.
     *
     * @param title the page's title, empty where it has none
     * @param prose the page's running text
     * @param neighbours the descriptions of the pages beside it
     */
    public record Page(String title, String prose, List<String> neighbours) {
        public Page {
            neighbours = List.copyOf(neighbours);
        }
    }

    /**
     * The bounds of a phrase.
     *
     * @param least characters
     * @param most characters
     * @param known the part of its words that the page has to have: 0 to 1
     */
    public record Bounds(int least, int most, double known) {
        public Bounds {
            if (least < 1 || most < least || !(known >= 0 && known <= 1)) {
                throw new IllegalArgumentException("%d to %d characters, %s known".formatted(least, most, known));
            }
        }
    }

    /** What is wrong with it, for a person; null where nothing is. */
    public @Nullable String problem(Bounds bounds, Page page) {
        int length = text.codePointCount(0, text.length());
        if (length < bounds.least() || length > bounds.most()) {
            return "it has %d characters; expected %d to %d".formatted(length, bounds.least(), bounds.most());
        }
        var plain = plainness();
        return plain != null ? plain : place(bounds, page);
    }

    private @Nullable String plainness() {
        if (MARKUP.matcher(text).find()) {
            return "it has markup, an address or signs that nobody sees; expected plain words";
        }
        if (!ENDS.matcher(text).matches()) {
            return "it is no whole phrase: expected it to begin with a letter or a digit, and not to break off";
        }
        if (FILLED_IN.matcher(text).find() || AGAIN.matcher(text).find()) {
            return "it says nothing, or the same again";
        }
        long letters = text.codePoints().filter(Character::isLetter).count();
        long capitals = text.codePoints().filter(Character::isUpperCase).count();
        return capitals > CAPITALS * letters ? "it is written in capitals" : null;
    }

    private @Nullable String place(Bounds bounds, Page page) {
        var words = Words.of(text);
        var title = Words.of(page.title());
        if (isCopy(page.title()) || Words.alike(words, title) >= SAME) {
            return "it is the title again";
        }
        var about = Words.of(page.title() + " " + page.prose());
        if (words.size() < LEAST_WORDS || Words.known(words, about) < bounds.known()) {
            return "it is not about this page: the page has %d %% of its words; expected %d %%"
                    .formatted(Math.round(100 * Words.known(words, about)), Math.round(100 * bounds.known()));
        }
        return page.neighbours().stream()
                .filter(other -> other.equals(text) || Words.alike(words, Words.of(other)) >= SAME)
                .findFirst()
                .map(other -> "a page beside it has nearly the same")
                .orElse(null);
    }

    private boolean isCopy(String title) {
        return !title.isBlank()
                && text.toLowerCase(Locale.ROOT)
                        .strip()
                        .equals(title.toLowerCase(Locale.ROOT).strip());
    }
}
