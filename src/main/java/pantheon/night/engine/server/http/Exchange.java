package pantheon.night.engine.server.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * One request and its reply, on a connection of their own. Whoever closes it before the reply has ended cancels it.
 *
 * <p>All methods throw {@link ExchangeFailed} where the server keeps a limit or the protocol not.
 */
public final class Exchange implements AutoCloseable {
    private static final int EVENT_BYTES = 1 << 18;

    private final UnixConnection connection;
    private final ExchangeLimits limits;
    private final Deadline whole;
    private final Deadline first;
    private boolean begun;
    private @Nullable ReplyHead head;
    private @Nullable ReplyBody body;
    private @Nullable EventLines events;

    private Exchange(UnixConnection connection, ExchangeLimits limits, Deadline whole) {
        this.connection = connection;
        this.limits = limits;
        this.whole = whole;
        this.first = Deadline.in(limits.firstByte());
    }

    /**
     * Sends a request, and waits for the head of its reply.
     *
     * @param socket the server's, by its path
     */
    public static Exchange begin(Path socket, HttpRequest request, ExchangeLimits limits) throws IOException {
        var whole = Deadline.in(limits.whole());
        var connection =
                UnixConnection.open(socket, Deadline.in(limits.connect()).or(whole));
        try {
            var exchange = new Exchange(connection, limits, whole);
            exchange.send(request);
            return exchange;
        } catch (IOException | RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    private void send(HttpRequest request) throws IOException {
        try {
            connection.write(request.bytes(), Deadline.in(limits.silence()).or(whole));
        } catch (ExchangeFailed e) {
            throw e;
        } catch (IOException e) {
            // a server that refuses a request may answer before it has read it all
        }
        var in = new Incoming(this::read);
        head = ReplyHead.read(in);
        body = ReplyBody.of(head, in, limits.bytes());
    }

    private int read(ByteBuffer into) throws IOException {
        var silence = begun ? Deadline.in(limits.silence()) : first;
        int read = received(into, silence.or(whole));
        if (read == 0) {
            throw begun && whole.hasPassed()
                    ? new ExchangeFailed(ExchangeFailed.Kind.LATE, "had not ended its reply when its time was up")
                    : new ExchangeFailed(ExchangeFailed.Kind.SILENT, begun ? "fell silent" : "did not begin to answer");
        }
        begun = true;
        return read;
    }

    private int received(ByteBuffer into, Deadline limit) throws IOException {
        if (begun && whole.hasPassed()) {
            return 0; // bytes that trickle in are no reason to wait for more
        }
        try {
            return connection.read(into, limit);
        } catch (ExchangeFailed e) {
            throw e;
        } catch (IOException e) {
            throw Incoming.cutOff("broke the connection: " + e.getMessage());
        }
    }

    /** The reply's status, 200 to 599. */
    public int status() {
        return head().status();
    }

    /** The media type of the reply, for example {@code text/event-stream}; empty where it is not told. */
    public String mediaType() {
        return head().mediaType();
    }

    private ReplyHead head() {
        if (head == null) {
            throw new IllegalStateException("there is no reply yet");
        }
        return head;
    }

    private ReplyBody body() {
        if (body == null) {
            throw new IllegalStateException("there is no reply yet");
        }
        return body;
    }

    /** The whole reply, a text in UTF-8. */
    public String text() throws IOException {
        var bytes = new ByteArrayOutputStream();
        var piece = new byte[1 << 13];
        for (int read = body().read(piece); read >= 0; read = body().read(piece)) {
            bytes.write(piece, 0, read);
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes.toByteArray()))
                    .toString();
        } catch (CharacterCodingException e) {
            throw ExchangeFailed.nonsense("sent a reply that is no UTF-8");
        }
    }

    /** The data of the next event of a stream, null at its end. */
    public @Nullable String nextEvent() throws IOException {
        if (events == null) {
            events = new EventLines(body(), EVENT_BYTES);
        }
        return events.next();
    }

    @Override
    public void close() throws IOException {
        connection.close();
    }
}
