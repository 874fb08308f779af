package pantheon.night.engine.server.protocol;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import pantheon.night.contract.WholeText;
import pantheon.night.engine.server.http.Deadline;
import pantheon.night.engine.server.http.ExchangeFailed;
import tools.jackson.databind.JsonNode;

/** What a server has generated so far for one {@link Ask}, as its events tell it. */
public final class Continuation {
    /** How it ended. */
    public enum End {
        /** The model closed its turn. */
        TURN,
        /** As many tokens as were asked for, or as fit. */
        LENGTH,
        /** The time was up. */
        TIME,
        /** The prompt alone fills the context. */
        NO_ROOM
    }

    private final Ask ask;
    private final Deadline deadline;
    private final Duration time;
    private final StringBuilder text = new StringBuilder();
    private @Nullable End end;
    private @Nullable Duration began;
    private int input;
    private int cached = -1;
    private int output;
    private String fingerprint = "";

    /** @param time how long it may take, from now on */
    public Continuation(Ask ask, Duration time) {
        this.ask = ask;
        this.time = time;
        this.deadline = Deadline.in(time);
        this.input = ask.inputTokens();
    }

    /** More text has come; that of no token is no beginning. */
    public void add(String more) throws ExchangeFailed {
        if (end != null) {
            throw ExchangeFailed.nonsense("went on behind the end of its answer");
        }
        if (!WholeText.isWhole(more)) {
            throw ExchangeFailed.nonsense("sent half a character");
        }
        if (!more.isEmpty()) {
            text.append(more);
            output++;
            begin();
        }
        if (output > ask.maxTokens() + 1) {
            throw ExchangeFailed.nonsense("generated more than the %d tokens asked for".formatted(ask.maxTokens()));
        }
    }

    private void begin() {
        if (began == null) {
            began = elapsed();
        }
    }

    public void end(End how) throws ExchangeFailed {
        if (end != null) {
            throw ExchangeFailed.nonsense("ended its answer twice");
        }
        begin();
        end = how;
    }

    /** How many tokens it took, as the server counts them. */
    public void count(JsonNode inputTokens, JsonNode cachedTokens, JsonNode outputTokens) throws ExchangeFailed {
        int told = number(inputTokens, input);
        input = ask.inputTokens() == 0 ? told : input;
        cached = Math.min(number(cachedTokens, cached), input);
        output = number(outputTokens, output);
        if (output > ask.maxTokens() + 1) {
            throw ExchangeFailed.nonsense("generated more than the %d tokens asked for".formatted(ask.maxTokens()));
        }
    }

    /** A number that may be left out; one that a server cannot mean is nonsense. */
    private static int number(JsonNode node, int missing) throws ExchangeFailed {
        if (node.isMissingNode() || node.isNull()) {
            return missing;
        }
        if (!node.isInt() || node.intValue() < 0) {
            throw ExchangeFailed.nonsense("counts tokens as " + Reply.shown(node.toString()));
        }
        return node.intValue();
    }

    public void fingerprint(JsonNode told) {
        fingerprint = told.isString() ? Reply.shown(told.stringValue()) : fingerprint;
    }

    /** The server's name for its own settings; empty where it tells none. */
    public String fingerprint() {
        return fingerprint;
    }

    /** Nothing more came in time. */
    public Continuation late() {
        begin();
        end = End.TIME;
        return this;
    }

    public static Continuation noRoom(Ask ask, JsonNode inputTokens) throws ExchangeFailed {
        var none = new Continuation(ask, Duration.ZERO);
        none.input = number(inputTokens, ask.inputTokens());
        none.end(End.NO_ROOM);
        return none;
    }

    /** Makes sure that it was told to the end. */
    public Continuation whole() throws ExchangeFailed {
        if (end == null) {
            throw new ExchangeFailed(ExchangeFailed.Kind.CUT_OFF, "ended its stream before its answer");
        }
        return this;
    }

    private Duration elapsed() {
        return time.minus(deadline.left());
    }

    public String text() {
        return text.toString();
    }

    public End end() {
        return end == null ? End.TIME : end;
    }

    public int input() {
        return input;
    }

    /** How many tokens of the prompt were in the server's cache, null where it does not tell. */
    public @Nullable Integer cached() {
        return cached < 0 ? null : cached;
    }

    public boolean tellsCached() {
        return cached >= 0;
    }

    public int output() {
        return output;
    }

    /** From the request to the first text. */
    public Duration prefill() {
        return began == null ? elapsed() : began;
    }

    /** Since then. */
    public Duration decode() {
        return elapsed().minus(prefill());
    }
}
