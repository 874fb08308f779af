package pantheon.night.grammar;

import pantheon.night.grammar.text.ByteTable;

/** Between the quotes of a string or a key. */
abstract class QuotedFrame extends Frame {
    QuotedFrame(Frame after, int hash) {
        super(after, hash);
    }

    /** What can stand between the quotes. */
    abstract ByteTable texts();

    /** Where in {@link #texts} this is. */
    abstract int state();

    /** The frame behind the closing quote. */
    abstract Frame closed();

    /** Tokens that are left behind the closing quote, at least. */
    abstract int restBehind();
}
