package pantheon.night.engine.server.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.channels.UnsupportedAddressTypeException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pantheon.night.engine.server.http.ExchangeFailed.Kind;
import pantheon.night.engine.server.http.ScriptedServer.Script;

/** A client against servers that keep to nothing. */
class ExchangeTest {
    private static final Duration SHORT = Duration.ofMillis(300);
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final ExchangeLimits LIMITS = new ExchangeLimits(LONG, LONG, LONG, LONG, 1 << 20);
    private static final HttpRequest ASKED =
            HttpRequest.post("/completion", "{\"prompt\":\"hé\"}".getBytes(StandardCharsets.UTF_8));

    @TempDir
    private Path folder;

    private String reply(Script script, ExchangeLimits limits) throws IOException {
        try (var server = new ScriptedServer(folder.resolve("s.sock"), script);
                var exchange = Exchange.begin(server.socket(), ASKED, limits)) {
            return exchange.status() + " " + exchange.text();
        }
    }

    private static ExchangeLimits silence(Duration silence) {
        return new ExchangeLimits(LONG, LONG, silence, LONG, 1 << 20);
    }

    private ExchangeFailed failure(Script script, ExchangeLimits limits) {
        return assertThrows(ExchangeFailed.class, () -> reply(script, limits));
    }

    private void assertFails(Kind kind, String message, Script script) {
        var failed = failure(script, silence(SHORT));
        assertEquals(kind, failed.kind(), failed.getMessage());
        assertEquals(message, failed.getMessage());
    }

    @Test
    void a_request_is_of_http_1_1_and_ends_its_connection() throws Exception {
        var seen = new AtomicReference<ScriptedServer.Request>();
        assertEquals(
                "200 {}",
                reply(
                        (request, line) -> {
                            seen.set(request);
                            line.json(200, "{}");
                        },
                        LIMITS));
        assertEquals(
                "POST /completion HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nAccept: application/json\r\n"
                        + "Content-Type: application/json\r\nContent-Length: 16",
                seen.get().head());
        assertEquals("{\"prompt\":\"hé\"}", seen.get().body());
    }

    @Test
    void a_reply_may_come_in_chunks_byte_by_byte() throws Exception {
        Script script = (request, line) -> {
            for (byte b :
                    "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3;x=y\r\nh\u00e9\r\n2\r\nok\r\n0\r\nA: b\r\n\r\n"
                            .getBytes(StandardCharsets.UTF_8)) {
                line.send(new byte[] {b});
            }
        };
        assertEquals("200 héok", reply(script, LIMITS));
    }

    @Test
    void a_stream_gives_its_events_one_by_one_as_they_come() throws Exception {
        Script script = (request, line) -> {
            line.stream();
            line.event("{\"a\":1}");
            Thread.sleep(50);
            line.send("f\r\n: a remark\n\ndat\r\n5\r\na:x\r\n\r\n1\r\n\n\r\n");
            line.end();
        };
        try (var server = new ScriptedServer(folder.resolve("s.sock"), script);
                var exchange = Exchange.begin(server.socket(), ASKED, LIMITS)) {
            assertEquals("text/event-stream", exchange.mediaType());
            assertEquals("{\"a\":1}", exchange.nextEvent());
            assertEquals("x", exchange.nextEvent());
            assertNull(exchange.nextEvent());
        }
    }

    @Test
    void heads_that_announce_a_reply_are_passed_over() throws Exception {
        Script script = (request, line) -> {
            line.send("HTTP/1.1 100 Continue\r\n\r\n");
            line.json(503, "{}");
        };
        assertEquals("503 {}", reply(script, LIMITS));
    }

    @Test
    void nobody_at_the_socket_is_told_as_such_before_a_byte_is_sent() throws Exception {
        var gone = assertThrows(ExchangeFailed.class, () -> Exchange.begin(folder.resolve("no.sock"), ASKED, LIMITS));
        assertEquals(Kind.UNREACHABLE, gone.kind());
        assertEquals("takes no connection: there is no such socket", gone.getMessage());
        var server = new ScriptedServer(folder.resolve("left.sock"), (request, line) -> {});
        server.close();
        assertTrue(Files.exists(folder.resolve("left.sock")));
        var stale =
                assertThrows(ExchangeFailed.class, () -> Exchange.begin(folder.resolve("left.sock"), ASKED, LIMITS));
        assertEquals(Kind.UNREACHABLE, stale.kind());
        assertEquals("takes no connection: nobody listens at the socket", stale.getMessage());
    }

    @Test
    void a_server_that_takes_no_connection_holds_nobody() throws Exception {
        var socket = folder.resolve("full.sock");
        var limits = new ExchangeLimits(SHORT, SHORT, SHORT, LONG, 1);
        try (var server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(socket), 1);
            var waiting = new ArrayList<SocketChannel>();
            for (int i = 0; i < 2; i++) {
                waiting.add(SocketChannel.open(UnixDomainSocketAddress.of(socket)));
            }
            var full = assertThrows(ExchangeFailed.class, () -> Exchange.begin(socket, ASKED, limits));
            assertEquals(Kind.UNREACHABLE, full.kind(), full.getMessage());
            for (var channel : waiting) {
                channel.close();
            }
        }
    }

    @Test
    void a_server_that_says_nothing_is_waited_for_no_longer_than_its_first_byte_may_take() {
        var limits = new ExchangeLimits(LONG, SHORT, LONG, LONG, 1);
        var failed = failure((request, line) -> line.untilGone(), limits);
        assertEquals(Kind.SILENT, failed.kind());
        assertEquals("did not begin to answer", failed.getMessage());
    }

    @Test
    void a_server_that_falls_silent_is_left() {
        assertFails(Kind.SILENT, "fell silent", (request, line) -> {
            line.send("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc");
            line.untilGone();
        });
    }

    @Test
    void a_server_that_trickles_has_no_more_than_the_whole_time() {
        var limits = new ExchangeLimits(LONG, LONG, LONG, SHORT, 1 << 20);
        var failed = failure(
                (request, line) -> {
                    line.send("HTTP/1.1 200 OK\r\nContent-Length: 999999\r\n\r\n");
                    while (true) {
                        line.send("x");
                        Thread.sleep(2);
                    }
                },
                limits);
        assertEquals(Kind.LATE, failed.kind());
    }

    @Test
    void a_request_that_nobody_reads_ends_too() throws Exception {
        var socket = folder.resolve("deaf.sock");
        var large = HttpRequest.post("/completion", new byte[8 << 20]);
        try (var server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(socket));
            var failed = assertThrows(ExchangeFailed.class, () -> Exchange.begin(socket, large, silence(SHORT)));
            assertEquals(Kind.SILENT, failed.kind());
        }
    }

    @Test
    void a_reply_that_is_cut_off_is_none() {
        assertFails(
                Kind.CUT_OFF,
                "ended the connection within a line of the reply's head",
                (request, line) -> line.send("HTTP/1.1 200 OK\r\nContent-Le"));
        assertFails(Kind.CUT_OFF, "ended the connection within a line of the reply's head", (request, line) -> {});
        assertFails(
                Kind.CUT_OFF,
                "ended the connection before its reply was whole",
                (request, line) -> line.send("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc"));
        assertFails(
                Kind.CUT_OFF,
                "ended the connection before its reply was whole",
                (request, line) -> line.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n9\r\nabc"));
    }

    @Test
    void a_flood_is_refused_before_it_is_read() {
        assertFails(
                Kind.FLOOD,
                "announced a reply of 1000000000 bytes; at most 1048576 are read",
                (request, line) -> line.send("HTTP/1.1 200 OK\r\nContent-Length: 1000000000\r\n\r\n"));
        var sent = new AtomicLong();
        var chunk = ("10000\r\n" + "x".repeat(1 << 16) + "\r\n").getBytes(StandardCharsets.US_ASCII);
        assertFails(Kind.FLOOD, "sent a reply of more than 1048576 bytes", (request, line) -> {
            line.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
            while (sent.addAndGet(chunk.length) < 1L << 30) {
                line.send(chunk);
            }
        });
        assertTrue(sent.get() < 4 << 20, sent + " bytes were taken");
        assertFails(Kind.FLOOD, "sent a line of more than 8192 bytes before the body", (request, line) -> {
            line.send("HTTP/1.1 200 ");
            while (true) {
                line.send("O".repeat(4096));
            }
        });
        assertFails(Kind.FLOOD, "sent more than 100 headers", (request, line) -> {
            line.send("HTTP/1.1 200 OK\r\n");
            while (true) {
                line.send("X-A: b\r\n");
            }
        });
        assertFails(Kind.FLOOD, "announced its reply more than 4 times", (request, line) -> {
            while (true) {
                line.send("HTTP/1.1 100 Continue\r\n\r\n");
            }
        });
    }

    @Test
    void an_event_without_end_is_a_flood() throws Exception {
        Script script = (request, line) -> {
            line.stream();
            while (true) {
                line.send("1000\r\n" + "x".repeat(4096) + "\r\n");
            }
        };
        try (var server = new ScriptedServer(folder.resolve("s.sock"), script);
                var exchange = Exchange.begin(server.socket(), ASKED, LIMITS)) {
            var failed = assertThrows(ExchangeFailed.class, exchange::nextEvent);
            assertEquals("sent an event of more than 262144 bytes", failed.getMessage());
        }
    }

    @Test
    void nonsense_is_no_reply() {
        var ok = "HTTP/1.1 200 OK\r\n";
        for (var nonsense : List.of(
                "\u0000\u0001\u0002",
                "SSH-2.0-OpenSSH_9\r\n",
                "HTTP/2 200 OK\r\n\r\n",
                "HTTP/1.1 999 OK\r\n\r\n",
                "HTTP/1.1 101 Switching Protocols\r\n\r\n",
                ok + "Content-Length\r\n\r\n",
                ok + " folded: line\r\nContent-Length: 0\r\n\r\n",
                ok + "\r\n{}",
                ok + "Content-Length: -1\r\n\r\n",
                ok + "Content-Length: 0x2\r\n\r\nab",
                ok + "Content-Length: 2\r\nContent-Length: 3\r\n\r\nabc",
                ok + "Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n0\r\n\r\n",
                ok + "Transfer-Encoding: gzip\r\n\r\nab",
                ok + "Transfer-Encoding: chunked\r\n\r\nzz\r\n",
                ok + "Transfer-Encoding: chunked\r\n\r\n-2\r\nab\r\n",
                ok + "Transfer-Encoding: chunked\r\n\r\n2\r\nabc\r\n",
                ok + "Content-Length: 2\r\nX: a\rb\r\n\r\nab",
                ok + "Content-Length: 2\n\nab",
                ok + "Content-Length: 2\r\n\r\nab and more",
                ok + "Transfer-Encoding: chunked\r\n\r\n2\r\nab\r\n0\r\n\r\nmore")) {
            var failed = failure((request, line) -> line.send(nonsense), LIMITS);
            assertEquals(Kind.NONSENSE, failed.kind(), nonsense + " → " + failed.getMessage());
        }
        var bytes = failure(
                (request, line) -> {
                    line.send(ok + "Content-Length: 2\r\n\r\n");
                    line.send(new byte[] {(byte) 0xC3, (byte) 0x28});
                },
                LIMITS);
        assertEquals("sent a reply that is no UTF-8", bytes.getMessage());
    }

    @Test
    void a_reply_that_comes_before_the_request_was_read_is_taken() throws Exception {
        var socket = folder.resolve("early.sock");
        try (var server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(socket));
            var early = Thread.ofVirtual().start(() -> {
                try (var channel = server.accept()) {
                    new ScriptedServer.Line(channel).json(413, "{}");
                } catch (IOException e) {
                    throw new IllegalStateException(e);
                }
            });
            early.join(Duration.ofMillis(1));
            try (var exchange = Exchange.begin(socket, HttpRequest.post("/c", new byte[4 << 20]), LIMITS)) {
                assertEquals(413, exchange.status());
            }
            early.join();
        }
    }

    @Test
    void a_client_that_goes_ends_the_connection() throws Exception {
        var gone = new AtomicReference<String>();
        Script script = (request, line) -> {
            line.stream();
            line.event("1");
            line.untilGone();
            gone.set("gone");
        };
        try (var server = new ScriptedServer(folder.resolve("s.sock"), script)) {
            try (var exchange = Exchange.begin(server.socket(), ASKED, LIMITS)) {
                assertNotNull(exchange.nextEvent());
            }
            for (int i = 0; i < 200 && server.connections() > 0; i++) {
                Thread.sleep(10);
            }
            assertEquals("gone", gone.get());
        }
    }

    @Test
    void no_other_address_can_be_connected_to() throws Exception {
        try (var listener = ServerSocketChannel.open()) {
            listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            try (var control = SocketChannel.open(listener.getLocalAddress())) {
                assertTrue(control.isConnected());
            }
            try (var unix = SocketChannel.open(StandardProtocolFamily.UNIX)) {
                assertThrows(UnsupportedAddressTypeException.class, () -> unix.connect(listener.getLocalAddress()));
            }
        }
    }

    @Test
    void a_socket_is_told_from_what_is_none() throws Exception {
        try (var server = new ScriptedServer(folder.resolve("s.sock"), (request, line) -> {})) {
            assertTrue(SocketFile.problem(server.socket()).isEmpty());
            assertTrue(
                    SocketFile.words(server.socket()).matches("[^:]+:\\S+ rwx[r-][w-][x-][r-][w-][x-]"),
                    SocketFile.words(server.socket()));
        }
        var file = Files.writeString(folder.resolve("file.sock"), "");
        assertEquals("is no socket", SocketFile.problem(file).orElseThrow());
        assertTrue(SocketFile.problem(folder.resolve("to come.sock")).isEmpty());
        var deep = folder.resolve("d".repeat(108));
        assertTrue(SocketFile.problem(deep).orElseThrow().endsWith("bytes; the system allows 107"));
    }
}
