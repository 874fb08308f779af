import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import pantheon.night.contract.Json;
import pantheon.night.contract.ToolCard;
import pantheon.night.engine.GenerationLimits;
import pantheon.night.engine.server.ServerEngine;
import pantheon.night.engine.server.ServerOptions;
import pantheon.night.grammar.TurnGrammar;
import pantheon.night.prompt.ChatFormats;
import pantheon.night.prompt.Prompt;

/**
 * The client of servers by itself: a server in this process that answers at once, as llama.cpp's does, in 20 tokens. Told
 * are the processor time that a request takes of its thread, and the heap that stays in use. Each request has a prompt of
 * some 4,000 characters and the grammar of an agent's turn, as those of a night have. Ends with 1 where the median is more
 * than 0.3 ms, or where the heap in use grew by more than 2 MB over the last four fifths of the requests.
 */
final class ServerBench {
    private static final Pattern LENGTH = Pattern.compile("(?i)content-length: *(\\d+)");
    private static final Pattern WORD = Pattern.compile("\"grammar\": ?\"root ::= \\\\\"(canary.*?)\\\\\"");
    private static final Pattern UNIT = Pattern.compile("\\\\\\\\u([0-9a-f]{4})");
    private static final Duration LONG = Duration.ofMinutes(2);
    private static final int TOKENS = 20;
    private static final double MOST_MILLIS = 0.3;
    private static final long MOST_GROWTH = 2 << 20;
    private static final String PREFIX =
            "You give each document of a folder the front matter that its text calls for. ".repeat(50);
    private static final TurnGrammar TURN = TurnGrammar.of(
            ChatFormats.QWEN.call(), List.of(new ToolCard("set_front_matter", "Sets values.", Json.parse("""
                    {"type": "object", "required": ["path", "values"], "additionalProperties": false, "properties": {
                      "path": {"type": "string", "maxLength": 200},
                      "values": {"type": "object", "required": ["status", "tags"], "additionalProperties": false, "properties": {
                        "status": {"enum": ["draft", "review", "published"]},
                        "tags": {"type": "array", "maxItems": 5, "items": {"type": "string", "pattern": "^[a-z][a-z0-9-]{1,30}$"}},
                        "summary": {"type": "string", "minLength": 1, "maxLength": 160}}}}}"""))));

    private ServerBench() {}

    /** Arguments: how many requests, and how many of them at once. */
    public static void main(String... arguments) throws Exception {
        int requests = Integer.parseInt(arguments[0]);
        int atOnce = Integer.parseInt(arguments[1]);
        var socket = Files.createTempDirectory("bench").resolve("s.sock");
        var server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        server.bind(UnixDomainSocketAddress.of(socket), 1024);
        Thread.ofVirtual().start(() -> serve(server, atOnce));
        var options = new ServerOptions(socket, null, null, null, 0, 0, ChatFormats.QWEN, LONG, LONG);
        boolean good;
        try (var engine = ServerEngine.connect(options)) {
            run(engine, Math.min(requests, 5_000), atOnce); // the machine's compiler warms up
            good = run(engine, requests, atOnce);
        }
        server.close();
        Files.delete(socket);
        System.exit(good ? 0 : 1);
    }

    /** Whether the time and the heap are within what is asked for. */
    private static boolean run(ServerEngine engine, int requests, int atOnce) throws Exception {
        var nanos = new long[requests];
        var next = new AtomicInteger();
        var heap = new long[5];
        var began = System.nanoTime();
        try (var threads = Executors.newFixedThreadPool(atOnce)) {
            for (int fifth = 0; fifth < heap.length; fifth++) {
                int last = (int) ((fifth + 1L) * requests / heap.length);
                for (var one : threads.invokeAll(
                        Collections.nCopies(atOnce, Executors.callable(() -> work(engine, next, last, nanos))))) {
                    one.get();
                }
                heap[fifth] = inUse();
            }
        }
        Arrays.sort(nanos);
        System.out.printf(
                "%d requests, %d at once: median %.3f ms of CPU, 99 %% %.3f, most %.3f; %.0f a second%n",
                requests,
                atOnce,
                nanos[requests / 2] / 1e6,
                nanos[requests * 99 / 100] / 1e6,
                nanos[requests - 1] / 1e6,
                requests / ((System.nanoTime() - began) / 1e9));
        System.out.printf(
                "heap in use after each fifth of them: %s MB; resident at most: %s%n",
                Arrays.stream(heap)
                        .mapToObj(bytes -> "%.1f".formatted(bytes / 1048576.0))
                        .toList(),
                resident());
        return nanos[requests / 2] / 1e6 <= MOST_MILLIS && heap[4] - heap[0] <= MOST_GROWTH;
    }

    private static void work(ServerEngine engine, AtomicInteger next, int last, long[] nanos) {
        var threads = ManagementFactory.getThreadMXBean();
        for (int number; (number = next.getAndUpdate(n -> Math.min(n + 1, last))) < last; ) {
            long before = threads.getCurrentThreadCpuTime();
            try (var conversation = engine.open()) {
                var said = conversation.generate(
                        new Prompt(PREFIX, PREFIX.length()).with("Number " + number),
                        TURN,
                        new GenerationLimits(99, LONG));
                if (said.usage().outputTokens() != TOKENS + 1) {
                    throw new IllegalStateException(said.toString());
                }
            }
            nanos[number] = threads.getCurrentThreadCpuTime() - before;
        }
    }

    private static long inUse() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    private static String resident() throws IOException {
        return Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("VmHWM:"))
                .map(line -> line.substring(6).strip())
                .findFirst()
                .orElse("not told");
    }

    private static void serve(ServerSocketChannel server, int slots) {
        try {
            while (true) {
                var channel = server.accept();
                Thread.ofVirtual().start(() -> answer(channel, slots));
            }
        } catch (IOException e) {
            // closed
        }
    }

    private static void answer(SocketChannel channel, int slots) {
        try (channel) {
            var request = request(channel);
            var target = request.substring(0, request.indexOf(" HTTP/"));
            switch (target) {
                case "GET /health" -> json(channel, 200, "{\"status\":\"ok\"}");
                case "GET /props" ->
                    json(
                            channel,
                            200,
                            "{\"default_generation_settings\":{\"n_ctx\":4096},\"total_slots\":%d,\"model_alias\":\"m\",\"model_path\":\"/m.gguf\",\"build_info\":\"b1\"}"
                                    .formatted(slots));
                case "GET /v1/models" -> json(channel, 200, "{\"data\":[{\"id\":\"m\"}]}");
                case "GET /lora-adapters" -> json(channel, 200, "[]");
                case "POST /completion" -> completion(channel, request);
                default -> json(channel, 404, "{}");
            }
        } catch (IOException e) {
            System.err.println(e.getMessage());
        }
    }

    private static void completion(SocketChannel channel, String request) throws IOException {
        var word = WORD.matcher(request);
        var texts = word.find() ? new String[] {characters(word.group(1))} : words();
        var out = new StringBuilder(
                "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n");
        for (var text : texts) {
            chunk(
                    "{\"index\":0,\"content\":\"%s\",\"tokens\":[1],\"stop\":false}"
                            .formatted(text.replace("\\", "\\\\").replace("\"", "\\\"")),
                    out);
        }
        chunk(
                "{\"content\":\"\",\"stop\":true,\"stop_type\":\"eos\",\"tokens_evaluated\":9,\"tokens_predicted\":%d,\"timings\":{\"cache_n\":8}}"
                        .formatted(texts.length + 1),
                out);
        write(channel, out.append("0\r\n\r\n").toString());
    }

    private static String[] words() {
        var words = new String[TOKENS];
        Arrays.fill(words, " word");
        return words;
    }

    private static String characters(String escaped) {
        return UNIT.matcher(escaped).replaceAll(ServerBench::character);
    }

    private static String character(MatchResult unit) {
        return Matcher.quoteReplacement(Character.toString(Integer.parseInt(unit.group(1), 16)));
    }

    private static void chunk(String data, StringBuilder out) {
        var event = "data: " + data + "\n\n";
        out.append(Integer.toHexString(event.length()))
                .append("\r\n")
                .append(event)
                .append("\r\n");
    }

    private static void json(SocketChannel channel, int status, String body) throws IOException {
        write(
                channel,
                "HTTP/1.1 %d X\r\nContent-Type: application/json\r\nContent-Length: %d\r\nConnection: close\r\n\r\n%s"
                        .formatted(status, body.length(), body));
    }

    private static void write(SocketChannel channel, String text) throws IOException {
        var bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    private static String request(SocketChannel channel) throws IOException {
        var bytes = new ByteArrayOutputStream();
        var piece = ByteBuffer.allocate(1 << 14);
        while (true) {
            if (channel.read(piece.clear()) < 0) {
                throw new IOException("the client has gone");
            }
            bytes.write(piece.array(), 0, piece.position());
            var text = bytes.toString(StandardCharsets.ISO_8859_1);
            int end = text.indexOf("\r\n\r\n");
            var length = LENGTH.matcher(end < 0 ? "" : text.substring(0, end));
            if (end >= 0 && bytes.size() >= end + 4 + (length.find() ? Integer.parseInt(length.group(1)) : 0)) {
                return text;
            }
        }
    }
}
