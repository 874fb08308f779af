package pantheon.night.engine.onnx;

import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import pantheon.night.ExitCode;
import pantheon.night.NightException;
import pantheon.night.engine.Conversation;
import pantheon.night.engine.Engine;
import pantheon.night.engine.EngineModel;

/** A decoder-only model from a folder on this machine, run in this process. Decoding is greedy. */
public final class OnnxEngine implements Engine {
    private static final String TURN_END = "<|im_end|>";
    private static final int KEPT_PREFIXES = 4;

    private final EngineModel model;
    private final Tokenizer tokenizer;
    private final Decoder decoder;
    private final Set<Integer> endTokens;
    private final PrefixCache prefixes = new PrefixCache(KEPT_PREFIXES);

    private OnnxEngine(EngineModel model, Tokenizer tokenizer, Decoder decoder, Set<Integer> endTokens) {
        this.model = model;
        this.tokenizer = tokenizer;
        this.decoder = decoder;
        this.endTokens = endTokens;
    }

    /**
     * Loads a model folder: checks it against its manifest, then its parts against one another, then runs one token.
     *
     * @throws NightException with exit code 69 where the folder cannot be used
     */
    public static OnnxEngine load(Path folder, OnnxOptions options) {
        var manifest = ModelManifest.verified(folder);
        var files = ModelFolder.of(folder);
        if (options.contextTokens() > files.contextTokens()) {
            throw new NightException(
                    ExitCode.CONFIG,
                    "contextTokens is %d, but model %s has a context of %d. Set it to that or less."
                            .formatted(options.contextTokens(), manifest.name(), files.contextTokens()));
        }
        var tokenizer = Tokenizer.load(files.tokenizer(), TURN_END);
        var decoder = Decoder.load(files, options.threads());
        if (tokenizer.size() > decoder.vocabulary()) {
            throw ModelFolder.unavailable(
                    "model folder %s does not fit together: tokenizer.json has ids up to %d, the graph gives out %d logits"
                            .formatted(folder, tokenizer.size() - 1, decoder.vocabulary()));
        }
        var ends = new TreeSet<>(files.endTokens());
        ends.add(tokenizer.turnEnd());
        int context = options.contextTokens() == 0 ? files.contextTokens() : options.contextTokens();
        var model =
                new EngineModel(manifest.name(), manifest.digest(), context, tokenizer.controlTexts(), "process:onnx");
        requireFinite(folder, decoder, tokenizer.turnEnd());
        return new OnnxEngine(model, tokenizer, decoder, ends);
    }

    private static void requireFinite(Path folder, Decoder decoder, int token) {
        var step = decoder.run(new int[] {token}, null, 0);
        step.cache().release();
        for (float logit : step.logits()) {
            if (!Float.isFinite(logit)) {
                throw ModelFolder.unavailable(
                        "the graph in %s gives out logits that are no finite numbers".formatted(folder));
            }
        }
    }

    @Override
    public EngineModel model() {
        return model;
    }

    @Override
    public Conversation open() {
        return new OnnxConversation(tokenizer, decoder, endTokens, prefixes, model.contextTokens());
    }

    /** How many KV caches are held, the kept prefixes' included. */
    int openCaches() {
        return decoder.openCaches();
    }

    @Override
    public void close() {
        prefixes.close();
        decoder.close();
        tokenizer.close();
    }
}
