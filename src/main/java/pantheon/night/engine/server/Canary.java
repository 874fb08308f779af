package pantheon.night.engine.server;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import pantheon.night.engine.server.http.Deadline;
import pantheon.night.engine.server.http.ExchangeFailed;
import pantheon.night.engine.server.protocol.Ask;
import pantheon.night.engine.server.protocol.Continuation;
import pantheon.night.engine.server.protocol.Reply;
import pantheon.night.engine.server.protocol.ServerKind;
import pantheon.night.model.Tokenizer;

/**
 * What is tried on a server before it is trusted with a task, at the start and whenever it was lost: what it says of
 * itself, that it tokenises as we do, and that it holds to a grammar, by one whose only word nobody could guess.
 */
final class Canary {
    private static final Duration STEP = Duration.ofMillis(200);

    /** A model that is read for the first time may be slow, and so is one on a machine that does much else. */
    static final Duration LONGEST = Duration.ofMinutes(2);

    private static final int WORD_TOKENS = 200;
    private static final String PROMPT = "Write one word.\n";
    private static final List<String> TEXTS = List.of(
            "The quick brown fox jumps over the lazy dog.",
            "{\"name\": \"read_file\", \"arguments\": {\"path\": \"docs/a-b_c.md\"}}\n",
            "  two  blanks\tand\ttabs\r\n\r\n\n1234567890 3.14159 0xFF",
            "Größe, naïve, 漢字かな한국어 ☃ 🙂👩‍🔧 don't WON'T I'll",
            "https://example.org/a?b=c&d=%20#e\u00a0x\u200by");

    private final LocalServer server;
    private final ServerOptions options;
    private final @Nullable Tokenizer tokenizer;

    Canary(LocalServer server, ServerOptions options, @Nullable Tokenizer tokenizer) {
        this.server = server;
        this.options = options;
        this.tokenizer = tokenizer;
    }

    /**
     * The same once the server is ready.
     *
     * @throws pantheon.night.NightException with exit code 69 where it is not within the patience, or may not be used
     */
    Found patient() {
        var limit = Deadline.in(options.patience());
        while (true) {
            try {
                return sing(LONGEST);
            } catch (ExchangeFailed e) {
                if (limit.hasPassed() || !pause()) {
                    throw ServerUnusable.of(
                            server,
                            "is not ready within %s: it %s".formatted(words(options.patience()), e.getMessage()),
                            "Start it, or see its log; patience in the model's configuration sets the time.");
                }
            }
        }
    }

    private static String words(Duration time) {
        return time.toString().substring(2).toLowerCase(java.util.Locale.ROOT);
    }

    /** False where the wait was interrupted. */
    static boolean pause() {
        try {
            Thread.sleep(STEP);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /**
     * Tries all there is to be tried.
     *
     * @param within the longest that each step may take
     * @throws ExchangeFailed where the server is not ready, or does not answer
     * @throws pantheon.night.NightException with exit code 69 where it answers what no night may run on
     */
    Found sing(Duration within) throws ExchangeFailed {
        server.get("/health", within);
        var stops = tokenizer == null ? List.<Integer>of() : List.copyOf(tokenizer.stops());
        var claim = new Claims(server, options, stops, within).claim();
        if (options.contextTokens() > claim.contextTokens()) {
            throw ServerUnusable.of(
                    server,
                    "has a context of %d tokens a request, fewer than the contextTokens of %d"
                            .formatted(claim.contextTokens(), options.contextTokens()),
                    "Set contextTokens to that or less, or start the server with more.");
        }
        if (tokenizer != null) {
            compareTokens(claim.kind(), tokenizer, within);
        }
        return constrained(claim, within);
    }

    private void compareTokens(ServerKind kind, Tokenizer ours, Duration within) throws ExchangeFailed {
        var texts = new ArrayList<>(TEXTS);
        texts.add(String.join("a", ours.controlTexts().stream().limit(100).toList()));
        for (var text : texts) {
            var theirs = ids(kind, text, within);
            if (!Arrays.equals(theirs, ours.encode(text))) {
                throw ServerUnusable.of(
                        server,
                        "has another tokenizer than the folder %s: of the text \"%s\" it makes other tokens"
                                .formatted(options.tokenizer(), Reply.shown(text)),
                        "Set the model's key tokenizer to the folder of the model that it serves, or leave it out.");
            }
        }
    }

    /** A text's tokens as the server has them. */
    private int[] ids(ServerKind kind, String text, Duration within) throws ExchangeFailed {
        var reply = server.post("/tokenize", kind.tokenize(text), within);
        if (!reply.isOk() || !reply.json().path("tokens").isArray()) {
            throw ServerUnusable.of(
                    server,
                    "does not tokenise: POST /tokenize gave " + reply.error(),
                    "Leave the model's key tokenizer out where the server has no such route.");
        }
        return reply.json()
                .path("tokens")
                .valueStream()
                .mapToInt(id -> id.asInt(-1))
                .toArray();
    }

    private Found constrained(Claim claim, Duration within) throws ExchangeFailed {
        var wrong = new ArrayList<String>();
        for (var language : claim.kind().languages()) {
            var word = word();
            try {
                var said = written(claim.kind(), language.only(word), within);
                if (said.end() == Continuation.End.TURN && said.text().equals(word)) {
                    return new Found(claim, language, said.fingerprint(), said.tellsCached());
                }
                wrong.add("%s: it wrote \"%s\"".formatted(language.code(), Reply.shown(said.text())));
            } catch (ExchangeFailed e) {
                if (e.kind() != ExchangeFailed.Kind.REFUSED) {
                    throw e;
                }
                wrong.add("%s: it %s".formatted(language.code(), e.getMessage()));
            }
        }
        throw ServerUnusable.of(
                server,
                "does not hold to a grammar (%s), so a model could write anything".formatted(String.join("; ", wrong)),
                "Start vLLM with --structured-outputs-config '{\"backend\":\"guidance\",\"disable_any_whitespace\":true}' and without --reasoning-parser, llama.cpp with a build of its own grammars.");
    }

    /** What a server writes by a grammar. Half a word says nothing of it: one that is slow may be asked again. */
    private Continuation written(ServerKind kind, String grammar, Duration within) throws ExchangeFailed {
        var said = server.complete(kind, ask(grammar, WORD_TOKENS), within);
        if (said.end() == Continuation.End.TIME) {
            throw new ExchangeFailed(ExchangeFailed.Kind.LATE, "did not write a word within " + words(within));
        }
        return said;
    }

    private Ask ask(String grammar, int tokens) {
        return tokenizer == null
                ? Ask.of(PROMPT, tokens, grammar)
                : Ask.of(tokenizer.encode(PROMPT), tokens, grammar, -1);
    }

    /**
     * Has a first token generated by an agent's grammar.
     *
     * @throws pantheon.night.NightException with exit code 69 where the server does not
     */
    void hold(Found found, String grammar) {
        try {
            server.complete(found.claim().kind(), ask(grammar, 1), LONGEST);
        } catch (ExchangeFailed e) {
            throw ServerUnusable.of(
                    server,
                    "does not take the grammar of an agent's turns, of %d characters: it %s"
                            .formatted(grammar.length(), e.getMessage()),
                    "See its log; simplify the schemas of the agent's tools, or give it another engine.");
        }
    }

    /** A word that no model writes by itself, with all in it that a grammar's text may trip over. */
    private String word() {
        var stop = options.format().stops().getFirst();
        return "canary#\"%s'\\%s".formatted(HexFormat.of().toHexDigits(new Random().nextInt()), stop);
    }
}
