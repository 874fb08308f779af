package pantheon.night.engine.openvino;

/** A call of the library failed; the message is the call and what the library says, on one line. */
final class OpenVinoFailed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    OpenVinoFailed(String message) {
        super(message);
    }

    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
