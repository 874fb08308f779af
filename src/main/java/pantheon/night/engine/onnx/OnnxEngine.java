package pantheon.night.engine.onnx;

import ai.onnxruntime.OrtEnvironment;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.slf4j.LoggerFactory;
import pantheon.night.ExitCode;
import pantheon.night.NightException;
import pantheon.night.engine.Conversation;
import pantheon.night.engine.Engine;
import pantheon.night.engine.EngineModel;
import pantheon.night.grammar.TokenMasks;
import pantheon.night.model.ModelFolder;
import pantheon.night.model.Tokenizer;
import pantheon.night.model.VerifiedFolder;

/**
 * A decoder-only model from a folder on this machine, run in this process. Decoding is greedy.
 *
 * <p>Conversations may be used by several threads, each by one. They are closed before the engine is.
 */
public final class OnnxEngine implements Engine {
    /** Where every model of this engine runs: in this process. */
    public static final String ORIGIN = "process:onnx";

    private static final int KEPT_PREFIXES = 4;

    private final EngineModel model;
    private final Tokenizer tokenizer;
    /** As the configuration has it for contextTokens. */
    private static final int MOST_CONTEXT = 1 << 20;

    private final Decoder decoder;
    private final Set<Integer> endTokens;
    private final PrefixCache prefixes;
    private final TokenMasks masks;

    private OnnxEngine(EngineModel model, Tokenizer tokenizer, Decoder decoder, Set<Integer> endTokens) {
        this.model = model;
        this.tokenizer = tokenizer;
        this.decoder = decoder;
        this.endTokens = endTokens;
        prefixes = new PrefixCache(KEPT_PREFIXES, decoder::newCache);
        masks = new TokenMasks(tokenizer.vocabulary().trie());
    }

    /**
     * Loads a model folder: checks it against its manifest, then its parts against one another, then runs one token.
     *
     * @throws NightException with exit code 69 where the folder cannot be used
     */
    public static OnnxEngine load(Path folder, OnnxOptions options) {
        var verified = VerifiedFolder.of(folder);
        var manifest = verified.manifest();
        var files = ModelFolder.of(folder);
        if (options.contextTokens() > files.contextTokens()) {
            throw new NightException(
                    ExitCode.CONFIG,
                    "contextTokens is %d, but model %s has a context of %d. Set it to that or less."
                            .formatted(options.contextTokens(), manifest.name(), files.contextTokens()));
        }
        int context = options.contextTokens() == 0 ? files.contextTokens() : options.contextTokens();
        if (context > MOST_CONTEXT) {
            throw ModelFolder.unusable(
                    "model %s claims a context of %d tokens; expected %d at most"
                            .formatted(manifest.name(), context, MOST_CONTEXT),
                    "Set the model's contextTokens to what it needs, or restore the model folder from its source.");
        }
        verified.requireListed(files.graph());
        verified.requireListed(files.tokenizer());
        var tokenizer = Tokenizer.load(files.tokenizer(), options.format().stops());
        try {
            var decoder = Decoder.load(files.withContext(context), options.threads());
            try {
                requireFit(files, tokenizer, decoder);
                verified.requireUnchanged();
                var ends = new TreeSet<>(files.endTokens());
                ends.addAll(tokenizer.stops());
                var model = new EngineModel(
                        manifest.name(),
                        manifest.digest(),
                        context,
                        tokenizer.controlTexts(),
                        ORIGIN,
                        1,
                        Map.of("onnxruntime", OrtEnvironment.getEnvironment().getVersion()));
                return new OnnxEngine(model, tokenizer, decoder, ends);
            } catch (RuntimeException e) {
                decoder.close();
                throw e;
            }
        } catch (RuntimeException e) {
            tokenizer.close();
            throw e;
        }
    }

    /** Checks that tokenizer, configuration and graph are of one model, and that it computes. */
    private static void requireFit(ModelFolder files, Tokenizer tokenizer, Decoder decoder) {
        int width = decoder.names().vocabulary();
        if (tokenizer.size() > width || tokenizer.size() < width / 2) {
            throw ModelFolder.unusable(
                    "model folder %s does not fit together: tokenizer.json has ids up to %d, but %s gives out logits for %d tokens"
                            .formatted(
                                    files.folder(),
                                    tokenizer.size() - 1,
                                    files.graph().getFileName(),
                                    width));
        }
        if (files.vocabulary() != 0 && files.vocabulary() != width) {
            throw ModelFolder.unusable(
                    "model folder %s does not fit together: the configuration has a vocab_size of %d, but %s gives out logits for %d tokens"
                            .formatted(
                                    files.folder(),
                                    files.vocabulary(),
                                    files.graph().getFileName(),
                                    width));
        }
        if (decoder.names().isHalf()) {
            LoggerFactory.getLogger(OnnxEngine.class)
                    .warn(
                            "{} is in fp16, which a CPU decodes very slowly; use an int4 export of it, for example onnx/model_q4.onnx",
                            files.graph());
        }
        try (var cache = decoder.newCache()) {
            for (float logit : decoder.run(new int[] {tokenizer.turnEnd()}, cache)) {
                if (!Float.isFinite(logit)) {
                    throw ModelFolder.unusable(files.graph() + " gives out logits that are no finite numbers");
                }
            }
        }
    }

    @Override
    public EngineModel model() {
        return model;
    }

    @Override
    public Conversation open() {
        return new OnnxConversation(tokenizer, decoder, endTokens, prefixes, masks, model.contextTokens());
    }

    Decoder decoder() {
        return decoder;
    }

    @Override
    public void close() {
        prefixes.close();
        decoder.close();
        tokenizer.close();
    }
}
