package pantheon.night.language.automaton;

/** A pattern, or another language, of which no automaton of a fair size can be made. */
public final class UnsupportedPattern extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public UnsupportedPattern(String message) {
        super(message);
    }
}
