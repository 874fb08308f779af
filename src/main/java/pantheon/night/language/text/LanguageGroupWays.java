package pantheon.night.language.text;

import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.lucene.util.automaton.Automaton;
import pantheon.night.language.free.CharacterGroups;
import pantheon.night.language.free.FewStates;
import pantheon.night.language.free.KnownGroupWays;

/** Where the states of a language over code points lead. */
final class LanguageGroupWays extends KnownGroupWays {
    /** For each group its characters, first and last code points in turn. */
    private static final int[][] RANGES = IntStream.range(0, CharacterGroups.COUNT)
            .mapToObj(CharacterGroups::ranges)
            .toArray(int[][]::new);

    private final Automaton language;

    LanguageGroupWays(Automaton language) {
        super(language.getNumStates());
        this.language = language;
    }

    @Override
    protected int[][] behind(int state) {
        var ways = new TransitionRanges(language, state);
        return Stream.of(RANGES).map(ranges -> behind(ways, ranges)).toArray(int[][]::new);
    }

    private static int[] behind(TransitionRanges ways, int[] ranges) {
        var found = new FewStates();
        for (int i = 0; i < ranges.length; i += 2) {
            if (!ways.collect(ranges[i], ranges[i + 1], found)) {
                return REFUSED;
            }
        }
        return found.toArray();
    }
}
