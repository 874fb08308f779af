package pantheon.night.engine;

/**
 * An engine was lost in the midst of a generation: it died, fell silent, or answered what cannot be used. The task that
 * asked can be taken up again; the engine may answer the next one. The message says what it did, in one sentence.
 */
public final class EngineLost extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public EngineLost(String message) {
        super(message);
    }

    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
