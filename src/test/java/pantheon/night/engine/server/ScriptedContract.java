package pantheon.night.engine.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.io.TempDir;
import pantheon.night.engine.Engine;
import pantheon.night.engine.EngineContract;
import pantheon.night.engine.onnx.TestTokenizer;
import pantheon.night.engine.server.http.ScriptedServer;
import pantheon.night.engine.server.http.ScriptedServer.Script;
import pantheon.night.grammar.TurnGrammar;
import pantheon.night.grammar.export.Dialect;
import pantheon.night.grammar.export.GrammarExport;
import pantheon.night.grammar.export.Witness;
import pantheon.night.model.Tokenizer;
import pantheon.night.prompt.ChatFormats;

/**
 * The contract before a server at a real Unix socket that answers as real ones were recorded to. What it was not told of
 * by its grammar, word by word, is no turn that it knows.
 */
abstract class ScriptedContract extends EngineContract {
    private static final Duration LONG = Duration.ofSeconds(20);

    @TempDir
    private static Path shared;

    final Scripts scripts = new Scripts(prompt -> "one two three four five");
    private @Nullable ScriptedServer server;
    private @Nullable Tokenizer theirs;

    /** How the server answers. */
    abstract Script script();

    /** In which language it reads grammars. */
    abstract Dialect dialect();

    /** Whether it is asked by token ids. */
    abstract boolean byIds();

    @Override
    protected Engine engine() throws Exception {
        var tokenizer = byIds() ? Files.createTempDirectory(shared, "tokenizer") : null;
        if (tokenizer == null) {
            scripts.tokens = ScriptedContract::characters;
            scripts.counts = prompt -> characters(prompt).length;
        } else {
            TestTokenizer.write(tokenizer);
            theirs = Tokenizer.load(tokenizer.resolve("tokenizer.json"), ChatFormats.QWEN.stops());
            scripts.tokens = theirs::encode;
        }
        server = new ScriptedServer(shared.resolve("s.sock"), script());
        return ServerEngine.connect(
                new ServerOptions(server.socket(), null, null, tokenizer, 0, 0, ChatFormats.QWEN, LONG, LONG));
    }

    /** Characters, the end of a turn as one. */
    private static int[] characters(String text) {
        return text.replace("<|im_end|>", "\u0001").codePoints().toArray();
    }

    @Override
    protected void announce(TurnGrammar turn) {
        var vocabulary = theirs == null ? null : theirs.vocabulary();
        var whole = GrammarExport.of(turn.whole(), dialect(), vocabulary);
        var sent = turn.whole() == turn ? whole.whole() : whole.narrowed(turn);
        scripts.held.put(sent.text(), Witness.of(turn));
    }

    @AfterAll
    void stop() throws IOException {
        if (server != null) {
            server.close();
        }
        if (theirs != null) {
            theirs.close();
        }
    }
}
