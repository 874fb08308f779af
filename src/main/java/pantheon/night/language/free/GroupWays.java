package pantheon.night.language.free;

/** Where the states of a language that stand between characters lead by whole groups of characters. Used by one thread. */
public interface GroupWays {
    /** How many states there are. */
    int states();

    /** The groups of which a state takes every character. */
    int groups(int state);

    /** The states behind a character of some groups, all of which are taken. */
    int[] next(int state, int taken);
}
