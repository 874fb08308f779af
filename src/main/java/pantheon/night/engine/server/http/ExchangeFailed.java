package pantheon.night.engine.server.http;

import java.io.IOException;

/** An exchange without a reply that can be used. The message says what the server did, to stand behind its name. */
public final class ExchangeFailed extends IOException {
    private static final long serialVersionUID = 1L;

    /** What went wrong. */
    public enum Kind {
        /** Nobody takes requests at the socket: no byte was sent, or the reply says that it is not ready yet. */
        UNREACHABLE,
        /** No byte came within the limit between two. */
        SILENT,
        /** The whole was not there within its limit, although bytes came. */
        LATE,
        /** The connection ended before the reply did. */
        CUT_OFF,
        /** What came is no reply of HTTP/1.1, or not what was asked for. */
        NONSENSE,
        /** More came than a reply may have. */
        FLOOD,
        /** The reply says that the request was not done. */
        REFUSED
    }

    private final Kind kind;

    public ExchangeFailed(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }

    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }

    /** What is no reply to what was asked. */
    public static ExchangeFailed nonsense(String what) {
        return new ExchangeFailed(Kind.NONSENSE, what);
    }

    static ExchangeFailed flood(String what) {
        return new ExchangeFailed(Kind.FLOOD, what);
    }
}
