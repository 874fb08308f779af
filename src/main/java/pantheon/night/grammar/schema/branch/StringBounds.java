package pantheon.night.grammar.schema.branch;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;

/** What a branch asks of a string. */
public final class StringBounds {
    private final Set<Language> languages;
    private final Set<String> others;
    private int min;
    private int max = Branch.UNBOUNDED;

    StringBounds() {
        languages = new LinkedHashSet<>(2);
        others = new LinkedHashSet<>(2);
    }

    StringBounds(StringBounds other) {
        languages = new LinkedHashSet<>(other.languages);
        others = new LinkedHashSet<>(other.others);
        min = other.min;
        max = other.max;
    }

    void isIn(Language language) {
        languages.add(language);
    }

    void differ(String text) {
        others.add(text);
    }

    void atLeast(int bound) {
        min = Math.max(min, bound);
    }

    void atMost(int bound) {
        max = Math.min(max, bound);
    }

    /** Whether no length is between the bounds. */
    boolean areCrossed() {
        return min > max;
    }

    /** The patterns and formats that it has to fit. */
    public Set<Language> languages() {
        return Collections.unmodifiableSet(languages);
    }

    /** The strings from which it has to differ. */
    public Set<String> others() {
        return Collections.unmodifiableSet(others);
    }

    /** The fewest characters. */
    public int min() {
        return min;
    }

    /** The most characters, or {@link Branch#UNBOUNDED}. */
    public int max() {
        return max;
    }

    /** Whether lengths have a bound at all. */
    public boolean isCounted() {
        return min > 0 || max < Branch.UNBOUNDED;
    }

    /**
     * Whether a string is as asked.
     *
     * @param known the automata of the languages
     */
    public boolean fits(String text, Languages known) {
        int length = text.codePointCount(0, text.length());
        return length >= min
                && length <= max
                && !others.contains(text)
                && languages.stream().allMatch(language -> known.matches(language, text));
    }
}
