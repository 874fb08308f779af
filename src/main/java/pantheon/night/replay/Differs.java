package pantheon.night.replay;

/** Unwinds a loop that has left its record. */
final class Differs extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final long seq;

    /** @param seq the line of the journal that it shows at */
    Differs(long seq, String message) {
        super(message);
        this.seq = seq;
    }

    long seq() {
        return seq;
    }
}
