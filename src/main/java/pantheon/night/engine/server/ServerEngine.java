package pantheon.night.engine.server;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import pantheon.night.ExitCode;
import pantheon.night.LastUsed;
import pantheon.night.NightException;
import pantheon.night.engine.Conversation;
import pantheon.night.engine.Engine;
import pantheon.night.engine.EngineLost;
import pantheon.night.engine.EngineModel;
import pantheon.night.engine.server.http.ExchangeFailed;
import pantheon.night.engine.server.http.SocketFile;
import pantheon.night.grammar.TurnGrammar;
import pantheon.night.grammar.export.GrammarExport;
import pantheon.night.model.Tokenizer;

/**
 * A model that a server on this machine runs: llama.cpp's, or vLLM, at a Unix socket.
 *
 * <p>Conversations may be used by several threads, each by one; as many requests are under way at once as the server
 * serves. What comes back was held to a grammar by the server, so it says; whoever gets it validates it all the same.
 */
public final class ServerEngine implements Engine {
    /** How many requests a server is asked at once that does not tell how many it serves. */
    private static final int SEQUENCES = 8;

    /** An agent's turn is written once for all tasks; what they narrow refers to it. */
    private static final int GRAMMARS = 64;

    private static final Duration STATE = Duration.ofSeconds(30);

    private final LocalServer server;
    private final ServerOptions options;
    private final Found found;
    private final EngineModel model;
    private final Canary canary;
    private final NotHeldThere notHeld = new NotHeldThere();
    private final Link link;
    private final Places places;
    private final LastUsed<TurnGrammar, GrammarExport> exports = new LastUsed<>(GRAMMARS);
    private final @Nullable Tokenizer tokenizer;
    private final PromptTokens.@Nullable Prefixes prefixes;

    private ServerEngine(
            LocalServer server, ServerOptions options, Canary canary, Found found, @Nullable Tokenizer tokenizer) {
        this.server = server;
        this.options = options;
        this.found = found;
        this.canary = canary;
        this.tokenizer = tokenizer;
        this.prefixes = tokenizer == null ? null : new PromptTokens.Prefixes(tokenizer);
        this.model = model(options, found, tokenizer);
        this.places =
                Places.at(options.socket(), model.sequences(), found.claim().sequences());
        this.link = new Link(server, canary, found, options.patience(), places);
    }

    /** Where a server's model runs. */
    public static String origin(Path socket) {
        return "unix:" + socket;
    }

    /**
     * Waits until a server is ready, and tries it.
     *
     * @throws NightException with exit code 69 where it cannot be used, 78 where no server can ever be at that path
     */
    public static ServerEngine connect(ServerOptions options) {
        SocketFile.problem(options.socket()).ifPresent(problem -> {
            throw new NightException(
                    ExitCode.CONFIG,
                    "%s %s; expected the Unix socket of a server. Set the model's key socket to it."
                            .formatted(options.socket(), problem));
        });
        var server = new LocalServer(options.socket(), options.patience(), options.silence());
        var tokenizer = tokenizer(options);
        try {
            var canary = new Canary(server, options, tokenizer);
            return new ServerEngine(server, options, canary, canary.patient(), tokenizer);
        } catch (RuntimeException e) {
            if (tokenizer != null) {
                tokenizer.close();
            }
            throw e;
        }
    }

    private static @Nullable Tokenizer tokenizer(ServerOptions options) {
        var folder = options.tokenizer();
        return folder == null
                ? null
                : Tokenizer.load(
                        folder.resolve("tokenizer.json"), options.format().stops());
    }

    private static EngineModel model(ServerOptions options, Found found, @Nullable Tokenizer tokenizer) {
        var claim = found.claim();
        int serves = claim.sequences() == 0 ? SEQUENCES : claim.sequences();
        return new EngineModel(
                claim.model(),
                found.digest(),
                options.contextTokens() == 0 ? claim.contextTokens() : options.contextTokens(),
                tokenizer == null ? options.format().controlTexts() : tokenizer.controlTexts(),
                origin(options.socket()),
                options.sequences() == 0 ? serves : options.sequences(),
                facts(options, found, tokenizer != null));
    }

    private static Map<String, String> facts(ServerOptions options, Found found, boolean ids) {
        var facts = new TreeMap<>(found.claim().facts());
        facts.put("grammar", found.language().code());
        facts.put("prompt", ids ? "token ids, the server's the same" : "text, control tokens' texts escaped");
        facts.put("cached_tokens", found.tellsCached() ? "counted" : "not counted");
        facts.put(
                "slots",
                found.claim().sequences() == 0
                        ? "not told"
                        : String.valueOf(found.claim().sequences()));
        if (!found.fingerprint().isEmpty()) {
            facts.put("system_fingerprint", found.fingerprint());
        }
        try {
            facts.put("socket", SocketFile.words(options.socket()));
        } catch (IOException e) {
            facts.put("socket", "gone");
        }
        return facts;
    }

    @Override
    public EngineModel model() {
        return notHeld.in(model);
    }

    /** Has the server take the grammar, and the model begin with it: some fail at the first token alone. */
    @Override
    public void ready(TurnGrammar turn) {
        var exported = export(turn.whole()).whole();
        canary.hold(found, exported.text());
        notHeld.add(exported);
    }

    @Override
    public Conversation open() {
        return new ServerConversation(
                this, tokenizer == null || prefixes == null ? null : new PromptTokens(tokenizer, prefixes));
    }

    Link link() {
        return link;
    }

    Slots slots() {
        return places.slots();
    }

    /** What a slot's cache is known by: the same prompt is another one with an adapter. */
    String cacheKey(String prefix) {
        return "%s\n%s".formatted(options.adapter(), prefix);
    }

    /**
     * A grammar in the server's language.
     *
     * @throws NightException with exit code 78 where the server cannot hold it
     */
    String written(TurnGrammar grammar) {
        var export = export(grammar.whole());
        return grammar.whole() == grammar
                ? export.whole().text()
                : export.narrowed(grammar).text();
    }

    private GrammarExport export(TurnGrammar whole) {
        var vocabulary = tokenizer == null ? null : tokenizer.vocabulary();
        return exports.get(whole, () -> GrammarExport.of(whole, found.language().dialect(), vocabulary));
    }

    /** A text without the end-of-turn token's text, where a server leaves it there. */
    String withoutStop(String text) {
        for (var stop : options.format().stops()) {
            if (text.endsWith(stop)) {
                return text.substring(0, text.length() - stop.length());
            }
        }
        return text;
    }

    int countTokens(String text) {
        if (tokenizer != null) {
            return tokenizer.encode(text).length;
        }
        try {
            var reply = server.post("/tokenize", found.claim().kind().tokenize(text), STATE);
            return reply.json().path("tokens").size();
        } catch (ExchangeFailed e) {
            throw new EngineLost("%s %s".formatted(server, e.getMessage()));
        }
    }

    @Override
    public void close() {
        places.close();
        if (tokenizer != null) {
            tokenizer.close();
        }
    }
}
