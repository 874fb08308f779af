package pantheon.night.language.free;

import org.jspecify.annotations.Nullable;

/** Where states lead by whole groups of characters, found of each state when it is first asked for. */
public abstract class KnownGroupWays implements GroupWays {
    /** Some character is refused, so that what is behind does not matter. */
    protected static final int[] REFUSED = {};

    /** By state and group the states behind. */
    private final int[] @Nullable [][] next;

    private final int[] groups;

    protected KnownGroupWays(int states) {
        next = new int[states][][];
        groups = new int[states];
    }

    /** For each group the states behind all of its characters, {@link #REFUSED} where one of them leads nowhere. */
    protected abstract int[][] behind(int state);

    @Override
    public final int states() {
        return next.length;
    }

    @Override
    public final int groups(int state) {
        known(state);
        return groups[state];
    }

    @Override
    public final int[] next(int state, int taken) {
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
            there = behind(state);
            for (int group = 0; group < CharacterGroups.COUNT; group++) {
                groups[state] |= there[group].length == 0 ? 0 : 1 << group;
            }
            next[state] = there;
        }
        return there;
    }
}
