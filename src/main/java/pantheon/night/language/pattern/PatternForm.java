package pantheon.night.language.pattern;

import java.util.List;

/**
 * What is made of a regular expression's parts, from the innermost to the whole.
 *
 * @param <T> what a part becomes
 */
public interface PatternForm<T> {
    /** The count of a repeat that has no bound. */
    int ENDLESS = PatternNode.Repeat.ENDLESS;

    /** One character of some: first and last code points in turn, ascending, without surrogates; none where none fits. */
    T characters(List<Integer> ranges);

    T sequence(List<T> parts);

    T choice(List<T> parts);

    /** A part that comes several times, {@link #ENDLESS} for no upper bound. */
    T repeat(T part, int min, int max);
}
