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
        if (lengths.isEverything() || texts.isBetween(state)) {
            return lengths.canReach(state, count, min, max);
        }
        for (int behind : texts.behind(state)) {
            if (lengths.canReach(behind, count, min, max)) {
                return true;
            }
        }
        return false;
    }

    /** Whether so many characters more cannot bring the string near to where its bounds decide. */
    public boolean isFarFromEnd(int count, int more) {
        return safe(count) > more;
    }

    /** So many characters more are fine whatever they are, as far as only their number counts; more may be. */
    public int safe(int count) {
        boolean enough = count >= min;
        if (max == Branch.UNBOUNDED) {
            return enough || lengths.isEverything() || lengths.areEndless() ? Branch.UNBOUNDED : 0;
        }
        int last = enough ? lengths.nearest() : lengths.gap();
        return enough || min + (long) last <= max ? Math.clamp((long) max - last - count, 0, Branch.UNBOUNDED) : 0;
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
