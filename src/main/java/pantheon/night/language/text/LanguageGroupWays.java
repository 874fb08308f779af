package pantheon.night.language.text;

import java.util.stream.IntStream;
import org.apache.lucene.util.automaton.Automaton;
import pantheon.night.language.free.CharacterGroups;
import pantheon.night.language.free.GroupWays;

/** Where the states of a language over code points lead. */
final class LanguageGroupWays implements GroupWays {
    /** For each group its characters, first and last code points in turn. */
    private static final int[][] RANGES = IntStream.range(0, CharacterGroups.COUNT)
            .mapToObj(CharacterGroups::ranges)
            .toArray(int[][]::new);

    private static final int[] REFUSED = {};

    private final Automaton language;
    /** By state and group the states behind; none where some character is refused. */
    private final int[][][] next;

    private final int[] groups;

    LanguageGroupWays(Automaton language) {
        this.language = language;
        next = new int[language.getNumStates()][][];
        groups = new int[next.length];
    }

    @Override
    public int states() {
        return next.length;
    }

    @Override
    public int groups(int state) {
        known(state);
        return groups[state];
    }

    @Override
    public int[] next(int state, int taken) {
        var known = known(state);
        var found = new FewStates();
        for (int group = 0; group < known.length; group++) {
            if ((taken >> group & 1) != 0) {
                found.addAll(known[group]);
            }
        }
        return found.toArray();
    }

    private int[][] known(int state) {
        var there = next[state];
        if (there == null) {
            there = new int[RANGES.length][];
            var ways = new TransitionRanges(language, state);
            for (int group = 0; group < there.length; group++) {
                there[group] = behind(ways, RANGES[group]);
                groups[state] |= there[group].length == 0 ? 0 : 1 << group;
            }
            next[state] = there;
        }
        return there;
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
