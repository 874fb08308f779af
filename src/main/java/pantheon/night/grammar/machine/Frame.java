package pantheon.night.grammar.machine;

/**
 * A place in a text that is being written: what may come next, and below it what comes once this part is complete.
 *
 * <p>Frames are immutable and form a stack through {@link #after}. Stepping is not deterministic: a byte leads to any
 * number of frames, none where it is refused.
 */
public abstract class Frame {
    /** What goes on when this part is complete, for the last frame itself. */
    private final Frame after;

    private static final int UNKNOWN = -1;

    private final int hash;
    /** Worked out when it is asked for; whichever thread does, finds the same. */
    private int rest = UNKNOWN;

    Frame(Frame after, int hash) {
        this.after = after;
        this.hash = 31 * hash + after.hash;
    }

    /** Only for the frame below all others. */
    private Frame() {
        after = this;
        hash = 1;
    }

    Frame after() {
        return after;
    }

    /** Adds the frames after a byte. */
    public abstract void step(int nextByte, Frames out);

    /** Whether this is the end of the text, behind which nothing comes. */
    public boolean isEnd() {
        return false;
    }

    /** Whether the whole text may end here. */
    public boolean mayEnd() {
        return false;
    }

    /** The fewest tokens that surely suffice to complete the whole text: a byte counts as one, a control token too. */
    public final int rest() {
        int known = rest;
        if (known == UNKNOWN) {
            known = left();
            rest = known;
        }
        return known;
    }

    /** Works {@link #rest} out. */
    abstract int left();

    /** The only byte that can come next, or -1 where there may be several. */
    public int only() {
        return -1;
    }

    /** Whether two frames of the same class are at the same place, whatever comes after. */
    abstract boolean isAt(Frame other);

    @Override
    public final boolean equals(Object other) {
        return this == other
                || (other instanceof Frame that
                        && hash == that.hash
                        && getClass() == that.getClass()
                        && isAt(that)
                        && after.equals(that.after));
    }

    @Override
    public final int hashCode() {
        return hash;
    }

    /** Sums of lengths stay below the greatest number. */
    static int sum(int one, int other) {
        return (int) Math.min((long) one + other, Integer.MAX_VALUE);
    }

    /** The end of the text. */
    public static final Frame END = new Frame() {
        @Override
        public void step(int nextByte, Frames out) {
            // Nothing follows the end.
        }

        @Override
        public boolean isEnd() {
            return true;
        }

        @Override
        public boolean mayEnd() {
            return true;
        }

        @Override
        int left() {
            return 0;
        }

        @Override
        boolean isAt(Frame other) {
            return false; // there is one, which is equal to itself
        }
    };
}
