package pantheon.night.engine.server.http;

import java.time.Duration;

/**
 * How long an exchange may take, and how much may come.
 *
 * @param connect until somebody takes the connection
 * @param firstByte from there until the first byte of the reply: a request may wait for its turn, and its prompt is read first
 * @param silence between two bytes of the reply
 * @param whole from the first to the last byte of both
 * @param bytes the most bytes of the reply's body
 */
public record ExchangeLimits(Duration connect, Duration firstByte, Duration silence, Duration whole, long bytes) {
    public ExchangeLimits {
        if (bytes < 0) {
            throw new IllegalArgumentException("bytes is " + bytes + "; expected 0 or more");
        }
    }

    /** The same for another body. */
    public ExchangeLimits withBytes(long most) {
        return new ExchangeLimits(connect, firstByte, silence, whole, most);
    }

    /** The same with less time for the whole. */
    public ExchangeLimits within(Duration most) {
        return new ExchangeLimits(
                shorter(connect, most), shorter(firstByte, most), shorter(silence, most), shorter(whole, most), bytes);
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
