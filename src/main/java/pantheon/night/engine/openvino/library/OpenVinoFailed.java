package pantheon.night.engine.openvino.library;

/** A call of the library failed; the message is the call and what the library says, on one line. */
public final class OpenVinoFailed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public OpenVinoFailed(String message) {
        super(message);
    }

    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
