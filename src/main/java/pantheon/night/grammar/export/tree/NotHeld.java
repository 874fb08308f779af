package pantheon.night.grammar.export.tree;

/** A part of a grammar that an engine's language cannot hold, or not at a fair price; its message goes on from the part's name. */
public final class NotHeld extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public NotHeld(String message) {
        super(message);
    }
}
