package pantheon.night.grammar.machine;

import pantheon.night.language.text.ByteTable;

/** Between the quotes of a string or a key. */
public abstract class QuotedFrame extends Frame {
    QuotedFrame(Frame after, int hash) {
        super(after, hash);
    }

    /** What can stand between the quotes. */
    public abstract ByteTable texts();

    /** Where in {@link #texts} this is. */
    public abstract int state();

    /** The frame behind the closing quote. */
    public abstract Frame closed();

    /** Tokens that are left behind the closing quote, at least. */
    public abstract int restBehind();
}
