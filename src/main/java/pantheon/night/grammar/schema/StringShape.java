package pantheon.night.grammar.schema;

import pantheon.night.grammar.schema.branch.Branch;
import pantheon.night.language.spelling.Quote;
import pantheon.night.language.text.ByteTable;

/**
 * Strings, between quotes or bare.
 *
 * @param texts what can stand between the quotes, over bytes, escapes included
 * @param lengths which lengths can still be reached from where
 * @param min the fewest characters
 * @param max the most characters, {@link Branch#UNBOUNDED} for any number
 */
public record StringShape(ByteTable texts, Lengths lengths, int min, int max, Quote quote) implements Alternative {
    /** The most characters where there is no bound. */
    static final int UNBOUNDED = Branch.UNBOUNDED;

    /** Strings between JSON's quotes. */
    StringShape(ByteTable texts, Lengths lengths, int min, int max) {
        this(texts, lengths, min, max, Quote.DOUBLE);
    }

    /** The same strings written otherwise. */
    StringShape written(ByteTable otherTexts, Quote otherQuote) {
        return new StringShape(otherTexts, lengths.of(otherTexts, min, max), min, max, otherQuote);
    }

    /** Whether nothing stands around the string. */
    public boolean isBare() {
        return quote == Quote.NONE;
    }

    @Override
    public int shortest() {
        return !texts.isEmpty() && lengths.canReach(texts.start(), 0, min, max)
                ? (isBare() ? 0 : 2) + Math.max(texts.shortest(texts.start()), min)
                : ValueSet.NEVER;
    }

    /** Whether characters have to be counted. */
    public boolean isCounted() {
        return min > 0 || max < Branch.UNBOUNDED;
    }

    /** The characters after a byte from a state; without an upper bound they are counted to the lower one only. */
    public int count(int count, int state) {
        if (!isCounted() || !texts.isBetween(state)) {
            return count;
        }
        return max < Branch.UNBOUNDED ? count + 1 : Math.min(count + 1, min);
    }

    /** Whether the string can still end within its bounds. */
    public boolean canEnd(int state, int count) {
        return lengths.canReach(state, count, min, max);
    }

    /** Whether so many characters more cannot bring the string near to where its upper bound decides. */
    public boolean isFarFromEnd(int count, int more) {
        return max == Branch.UNBOUNDED
                ? lengths.isEverything()
                : (long) Math.max(count, min) + more + lengths.gap() < max;
    }

    /**
     * How many characters more are fine whatever they are, where only few cannot; -1 where that is not known.
     */
    public int safe(int count) {
        long safe = (long) max - lengths.gap() - count;
        return min + (long) lengths.gap() <= max ? Math.clamp(safe, 0, Branch.UNBOUNDED) : -1;
    }

    /** The bytes that are left before the closing quote, at least. */
    public int rest(int state, int count) {
        return texts.isBetween(state)
                ? Math.max(texts.shortest(state), min - count)
                : texts.shortest(state) + Math.max(0, min - count);
    }

    @Override
    public boolean startsWith(int firstByte) {
        return isBare()
                ? texts.step(texts.start(), firstByte) >= 0
                        || (firstByte == quote.closing() && texts.accepts(texts.start()))
                : firstByte == quote.closing();
    }
}
