package pantheon.night.engine.server;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import pantheon.night.contract.Json;
import pantheon.night.engine.server.http.Exchange;
import pantheon.night.engine.server.http.ExchangeFailed;
import pantheon.night.engine.server.http.ExchangeLimits;
import pantheon.night.engine.server.http.HttpRequest;
import pantheon.night.engine.server.protocol.Ask;
import pantheon.night.engine.server.protocol.Continuation;
import pantheon.night.engine.server.protocol.Gauge;
import pantheon.night.engine.server.protocol.Reply;
import pantheon.night.engine.server.protocol.ServerKind;
import tools.jackson.databind.JsonNode;

/** A server at a socket, asked within limits. Every method throws where it gives no reply that can be used. */
final class LocalServer {
    private static final Duration CONNECT = Duration.ofSeconds(10);

    /** A server whose threads are all busy may take its time even for its own state. */
    private static final Duration STATE = Duration.ofSeconds(30);

    private static final long STATE_BYTES = 4L << 20;

    /** A token's event is some 300 bytes; the text of a token may be long. */
    private static final long EVENT_BYTES = 1L << 12;

    private static final int NOT_READY = 503;

    private final Path socket;
    private final Duration patience;
    private final Duration silence;

    /**
     * @param patience how long it may take to begin an answer
     * @param silence how long it may say nothing within an answer
     */
    LocalServer(Path socket, Duration patience, Duration silence) {
        this.socket = socket;
        this.patience = patience;
        this.silence = silence;
    }

    Path socket() {
        return socket;
    }

    /** Its name in messages. */
    @Override
    public String toString() {
        return "the server at " + socket;
    }

    /** Asks for what is there, for no longer than a time. */
    Reply get(String path, Duration within) throws ExchangeFailed {
        return reply(HttpRequest.get(path), within);
    }

    /** Hands in JSON, for no longer than a time. */
    Reply post(String path, JsonNode json, Duration within) throws ExchangeFailed {
        return reply(HttpRequest.post(path, bytes(json)), within);
    }

    private Reply reply(HttpRequest request, Duration within) throws ExchangeFailed {
        var limits = new ExchangeLimits(CONNECT, STATE, STATE, STATE, STATE_BYTES).within(within);
        try (var exchange = Exchange.begin(socket, request, limits)) {
            return ready(Reply.of(exchange.status(), exchange.text()));
        } catch (IOException e) {
            throw failed(e);
        }
    }

    /**
     * A gauge of the server's metrics, all its labels together; empty where it has no such page, or no such line on it.
     *
     * @see <a href="https://prometheus.io/docs/instrumenting/exposition_formats/">the text format of Prometheus</a>
     */
    OptionalDouble gauge(String name, Duration within) throws ExchangeFailed {
        var limits = new ExchangeLimits(CONNECT, STATE, STATE, STATE, STATE_BYTES).within(within);
        try (var exchange = Exchange.begin(socket, HttpRequest.get("/metrics"), limits)) {
            return exchange.status() == 200 ? Gauge.sum(name, exchange.text()) : OptionalDouble.empty();
        } catch (IOException e) {
            throw failed(e);
        }
    }

    /** How many of llama.cpp's slots are busy, whoever has them; empty where it does not show them ({@code --no-slots}). */
    OptionalInt busySlots(Duration within) throws ExchangeFailed {
        var slots = get("/slots", within);
        boolean isShown = slots.isOk()
                && slots.json().isArray()
                && slots.json()
                        .valueStream()
                        .allMatch(slot -> slot.path("is_processing").isBoolean());
        return isShown
                ? OptionalInt.of((int) slots.json()
                        .valueStream()
                        .filter(slot -> slot.path("is_processing").booleanValue())
                        .count())
                : OptionalInt.empty();
    }

    private static Reply ready(Reply reply) throws ExchangeFailed {
        if (reply.status() == NOT_READY) {
            throw new ExchangeFailed(ExchangeFailed.Kind.UNREACHABLE, "is not ready: " + reply.error());
        }
        return reply;
    }

    /**
     * Has a prompt continued.
     *
     * @param time the most that all of it may take
     */
    Continuation complete(ServerKind kind, Ask ask, Duration time) throws ExchangeFailed {
        var request = HttpRequest.post(kind.path(), bytes(kind.body(ask)));
        var into = new Continuation(ask, time);
        try (var exchange = Exchange.begin(socket, request, limits(ask, time))) {
            return exchange.status() == 200 ? streamed(kind, exchange, into) : refused(kind, ask, exchange);
        } catch (ExchangeFailed e) {
            if (e.kind() == ExchangeFailed.Kind.LATE) {
                return into.late();
            }
            throw e;
        } catch (IOException e) {
            throw failed(e);
        }
    }

    /** One that falls silent is left before the task's time is up, so that the task is not the one to blame. */
    private ExchangeLimits limits(Ask ask, Duration time) {
        var bytes = STATE_BYTES + ask.maxTokens() * EVENT_BYTES;
        var half = time.dividedBy(2);
        return new ExchangeLimits(CONNECT, patience, silence.compareTo(half) < 0 ? silence : half, time, bytes)
                .within(time);
    }

    private static Continuation streamed(ServerKind kind, Exchange exchange, Continuation into) throws IOException {
        if (!exchange.mediaType().equals("text/event-stream")) {
            throw ExchangeFailed.nonsense("did not stream its answer, but sent " + Reply.shown(exchange.mediaType()));
        }
        boolean done = false;
        for (var event = exchange.nextEvent(); event != null; event = exchange.nextEvent()) {
            if (done) {
                throw ExchangeFailed.nonsense("went on behind the end of its stream");
            }
            done = event.equals("[DONE]");
            if (!done) {
                take(kind, Reply.json(event), into);
            }
        }
        return into.whole();
    }

    private static void take(ServerKind kind, JsonNode event, Continuation into) throws ExchangeFailed {
        if (event.has("error")) {
            throw refused(new Reply(500, event));
        }
        kind.take(event, into);
    }

    private static Continuation refused(ServerKind kind, Ask ask, Exchange exchange) throws IOException {
        var reply = ready(Reply.of(exchange.status(), exchange.text()));
        var tooLong = kind.tooLong(reply);
        if (tooLong.isPresent()) {
            return Continuation.noRoom(ask, tooLong.get());
        }
        throw refused(reply);
    }

    private static ExchangeFailed refused(Reply reply) {
        return new ExchangeFailed(ExchangeFailed.Kind.REFUSED, "refused what it was asked: " + reply.error());
    }

    private static ExchangeFailed failed(IOException e) {
        return e instanceof ExchangeFailed known
                ? known
                : new ExchangeFailed(ExchangeFailed.Kind.CUT_OFF, "broke the connection: " + e.getMessage());
    }

    private static byte[] bytes(JsonNode json) {
        return Json.write(json).getBytes(StandardCharsets.UTF_8);
    }
}
