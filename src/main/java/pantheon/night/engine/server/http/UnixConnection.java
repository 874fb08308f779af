package pantheon.night.engine.server.http;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A connection to a Unix socket by its path: the one class of the program that opens a socket. The kernel holds that its
 * family is the only one, the build that this class asks for no other.
 */
final class UnixConnection implements AutoCloseable {
    private static final long STEP_MILLIS = 10;

    /** A process that was stopped looks whether something has come before it says that nothing has. */
    private static final long SHORTEST_WAIT_MILLIS = 1;

    private final SocketChannel channel;
    private final Selector selector;

    private UnixConnection(SocketChannel channel, Selector selector) {
        this.channel = channel;
        this.selector = selector;
    }

    /**
     * Connects.
     *
     * @throws ExchangeFailed where nobody took the connection within the limit
     */
    static UnixConnection open(Path socket, Deadline limit) throws IOException {
        while (true) {
            var connection = tried(socket);
            if (connection != null) {
                return connection;
            }
            if (limit.hasPassed()) {
                throw unreachable("takes no connection: as many as it has room for are waiting");
            }
            pause();
        }
    }

    /** Null where the server's queue of connections is full: the kernel has nobody wait in it. */
    private static @Nullable UnixConnection tried(Path socket) throws IOException {
        var channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            channel.configureBlocking(false);
            if (channel.connect(UnixDomainSocketAddress.of(socket))) {
                return new UnixConnection(channel, Selector.open());
            }
            channel.close();
            return null;
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw unreachable("takes no connection: " + reason(e));
        }
    }

    private static String reason(Exception e) {
        var message = String.valueOf(e.getMessage());
        return switch (message) {
            case "Connection refused" -> "nobody listens at the socket";
            case "No such file or directory" -> "there is no such socket";
            case "Permission denied" -> "its owner lets this user not connect";
            default -> message;
        };
    }

    private static ExchangeFailed unreachable(String what) {
        return new ExchangeFailed(ExchangeFailed.Kind.UNREACHABLE, what);
    }

    private static void pause() throws ExchangeFailed {
        try {
            Thread.sleep(STEP_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unreachable("was not connected to: the wait was interrupted");
        }
    }

    /**
     * Sends bytes, all of them.
     *
     * @throws ExchangeFailed where the server does not take them within the limit
     */
    void write(ByteBuffer bytes, Deadline limit) throws IOException {
        while (bytes.hasRemaining()) {
            if (channel.write(bytes) == 0 && !await(SelectionKey.OP_WRITE, limit)) {
                throw new ExchangeFailed(ExchangeFailed.Kind.SILENT, "did not take the whole request within the limit");
            }
        }
    }

    /**
     * Receives what has come.
     *
     * @return how many bytes, -1 where the server has ended the connection, 0 where nothing came within the limit
     */
    int read(ByteBuffer into, Deadline limit) throws IOException {
        int read = channel.read(into);
        return read == 0 && await(SelectionKey.OP_READ, limit) ? channel.read(into) : read;
    }

    /** What has come already, without a wait; 0 where nothing has. */
    int readNow(ByteBuffer into) throws IOException {
        return channel.read(into);
    }

    private boolean await(int operation, Deadline limit) throws IOException {
        channel.register(selector, operation);
        while (true) {
            long left = limit.nanosLeft();
            long millis =
                    Math.max(SHORTEST_WAIT_MILLIS, Math.min(TimeUnit.NANOSECONDS.toMillis(left), MOST_WAIT_MILLIS));
            if (selector.select(millis) > 0) {
                selector.selectedKeys().clear();
                return true;
            }
            if (left <= 0) {
                return false;
            }
            if (Thread.currentThread().isInterrupted()) {
                throw new ExchangeFailed(ExchangeFailed.Kind.CUT_OFF, "was not waited for: the wait was interrupted");
            }
        }
    }

    /** The clock that limits are measured by is to be asked as often. */
    private static final long MOST_WAIT_MILLIS = Duration.ofSeconds(1).toMillis();

    @Override
    public void close() throws IOException {
        try (channel) {
            selector.close();
        }
    }
}
