package pantheon.night.grammar.machine;

import pantheon.night.language.text.ByteTable;

/** Between the quotes of a string or a key, or in a string that has none. */
public abstract class QuotedFrame extends Frame {
    QuotedFrame(Frame after, int hash) {
        super(after, hash);
    }

    /** What can stand between the quotes. */
    public abstract ByteTable texts();

    /** Where in {@link #texts} this is. */
    public abstract int state();

    /** The byte that closes it, which may be part of {@link #texts} where there are no quotes. */
    public abstract int closing();

    /** The frame behind the closing byte. */
    public abstract Frame closed();

    /** Tokens that are left behind the closing byte, at least. */
    public abstract int restBehind();
}
