package pantheon.night.engine.server.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;

/** A server at a Unix socket that does with each request what a script says, every way of misbehaving included. */
public final class ScriptedServer implements AutoCloseable {
    private static final Pattern LENGTH = Pattern.compile("(?i)content-length: *(\\d+)");

    /** What to do with a request that was read whole. */
    @FunctionalInterface
    public interface Script {
        void play(Request request, Line line) throws IOException, InterruptedException;
    }

    /** A request as it came. */
    public record Request(String head, String body) {
        /** For example {@code GET /health}. */
        public String target() {
            return head.substring(0, head.indexOf(" HTTP/"));
        }
    }

    /** The way back to the client. */
    public static final class Line {
        private final SocketChannel channel;

        Line(SocketChannel channel) {
            this.channel = channel;
        }

        public void send(String text) throws IOException {
            send(text.getBytes(StandardCharsets.UTF_8));
        }

        public void send(byte[] bytes) throws IOException {
            var buffer = ByteBuffer.wrap(bytes);
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
        }

        /** A whole reply of JSON. */
        public void json(int status, String body) throws IOException {
            send("HTTP/1.1 %d X\r\nContent-Type: application/json\r\nContent-Length: %d\r\nConnection: close\r\n\r\n%s"
                    .formatted(status, body.getBytes(StandardCharsets.UTF_8).length, body));
        }

        /** The head of a stream of events; each is then an {@link #event}, and {@link #end} the end. */
        public void stream() throws IOException {
            send(
                    "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n");
        }

        public void event(String data) throws IOException {
            var text = "data: " + data + "\n\n";
            send("%x\r\n%s\r\n".formatted(text.getBytes(StandardCharsets.UTF_8).length, text));
        }

        public void end() throws IOException {
            send("0\r\n\r\n");
        }

        /** Waits until the client has gone. */
        public void untilGone() throws IOException {
            while (channel.read(ByteBuffer.allocate(64)) >= 0) {
                Thread.onSpinWait();
            }
        }
    }

    private final Path socket;
    private final ServerSocketChannel server;
    private final Script script;
    private final Thread serving;
    private final Set<SocketChannel> open = ConcurrentHashMap.newKeySet();
    private final AtomicInteger most = new AtomicInteger();

    public ScriptedServer(Path socket, Script script) throws IOException {
        this.socket = socket;
        this.script = script;
        Files.deleteIfExists(socket);
        server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        server.bind(UnixDomainSocketAddress.of(socket), 1024);
        serving = Thread.ofVirtual().start(this::serve);
    }

    public Path socket() {
        return socket;
    }

    /** How many connections were open at once at most. */
    public int mostConnections() {
        return most.get();
    }

    /** How many are open. */
    public int connections() {
        return open.size();
    }

    private void serve() {
        try {
            while (true) {
                var channel = server.accept();
                open.add(channel);
                most.accumulateAndGet(open.size(), Math::max);
                Thread.ofVirtual().start(() -> answer(channel));
            }
        } catch (IOException e) {
            // closed
        }
    }

    private void answer(SocketChannel channel) {
        try (channel) {
            script.play(request(channel), new Line(channel));
        } catch (IOException e) {
            // the client has gone, which tests want some to do
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            open.remove(channel);
        }
    }

    private static Request request(SocketChannel channel) throws IOException {
        var bytes = new ByteArrayOutputStream();
        var piece = ByteBuffer.allocate(1 << 16);
        while (true) {
            piece.clear();
            if (channel.read(piece) < 0) {
                throw new IOException("the client has gone");
            }
            bytes.write(piece.array(), 0, piece.position());
            var text = bytes.toString(StandardCharsets.UTF_8);
            int end = text.indexOf("\r\n\r\n");
            if (end >= 0) {
                var length = LENGTH.matcher(text.substring(0, end));
                int body = length.find() ? Integer.parseInt(length.group(1)) : 0;
                if (bytes.size() >= text.substring(0, end).getBytes(StandardCharsets.UTF_8).length + 4 + body) {
                    return new Request(text.substring(0, end), text.substring(end + 4));
                }
            }
        }
    }

    /** Ends as a process that is killed: every connection breaks, and the socket's file stays. */
    @Override
    public void close() throws IOException {
        server.close();
        try {
            serving.join(); // only then does nobody listen any more
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        for (var channel : open) {
            channel.close();
        }
    }
}
