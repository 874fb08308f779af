package pantheon.night.engine.onnx;

import ai.onnxruntime.OrtEnvironment;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.slf4j.LoggerFactory;
import pantheon.night.NightException;
import pantheon.night.engine.Conversation;
import pantheon.night.engine.Decoding;
import pantheon.night.engine.Engine;
import pantheon.night.engine.EngineModel;
import pantheon.night.engine.decode.DecodeLoop;
import pantheon.night.engine.decode.LoopConversation;
import pantheon.night.engine.decode.Scored;
import pantheon.night.engine.decode.Share;
import pantheon.night.engine.decode.Spelling;
import pantheon.night.local.SystemClock;
import pantheon.night.model.MemoryNeed;
import pantheon.night.model.ModelFolder;
import pantheon.night.model.ModelManifest;
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

    private final EngineModel model;
    private final MemoryNeed memory;
    private final Spelling spelling;
    private final Decoder decoder;
    private final OnnxRunner runner;
    private final DecodeLoop loop;

    private OnnxEngine(
            EngineModel model,
            MemoryNeed memory,
            Tokenizer tokenizer,
            Decoder decoder,
            OnnxRunner runner,
            Set<Integer> ends,
            Decoding decoding) {
        this.model = model;
        this.memory = memory;
        this.decoder = decoder;
        this.runner = runner;
        spelling = new Spelling(tokenizer, ends);
        loop = new DecodeLoop(model.name(), runner, memory.keptBytes(), new SystemClock(), decoding);
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
        if (files.isIr()) {
            throw ModelFolder.unusable(
                    "model folder %s has a graph of OpenVINO's and none in ONNX".formatted(folder),
                    "Set the model's engine to openvino.");
        }
        int context = files.contextInForce(manifest.name(), options.contextTokens());
        verified.requireListed(files.graph());
        verified.requireListed(files.tokenizer());
        var tokenizer = Tokenizer.load(files.tokenizer(), options.format().stops(), files.vocabulary());
        try {
            return loaded(verified, files.withContext(context), tokenizer, options);
        } catch (RuntimeException e) {
            tokenizer.close();
            throw e;
        }
    }

    private static OnnxEngine loaded(
            VerifiedFolder verified, ModelFolder files, Tokenizer tokenizer, OnnxOptions options) {
        var decoder = Decoder.load(files, options.threads());
        var runner = runner(decoder, options.sequences(), files.contextTokens(), verified::requireUnchanged);
        try {
            requireFit(files, tokenizer, decoder, runner);
            verified.requireUnchanged();
            var ends = new TreeSet<>(files.endTokens());
            ends.addAll(tokenizer.stops());
            var memory = new MemoryNeed(files.weightBytes(), runner.tokenBytes(), files.contextTokens());
            return new OnnxEngine(
                    model(verified.manifest(), files, tokenizer, facts(runner, options.decoding()), runner.sequences()),
                    memory,
                    tokenizer,
                    decoder,
                    runner,
                    ends,
                    options.decoding());
        } catch (RuntimeException e) {
            runner.close();
            throw e;
        }
    }

    static OnnxRunner runner(Decoder decoder, int sequences, int contextTokens, Runnable check) {
        try {
            return new OnnxRunner(decoder, sequences, contextTokens, check);
        } catch (RuntimeException e) {
            decoder.close();
            throw e;
        }
    }

    private static EngineModel model(
            ModelManifest manifest, ModelFolder files, Tokenizer tokenizer, Map<String, String> facts, int sequences) {
        return new EngineModel(
                manifest.name(),
                manifest.digest(),
                files.contextTokens(),
                tokenizer.controlTexts(),
                ORIGIN,
                sequences,
                facts);
    }

    /** What decides how the model answers, beside its files. */
    private static Map<String, String> facts(OnnxRunner runner, Decoding decoding) {
        var facts = new TreeMap<>(
                Map.of("onnxruntime", OrtEnvironment.getEnvironment().getVersion(), "decoding", decoding.key()));
        if (runner.sequences() > 1) {
            facts.put("rows", runner.beside().name().toLowerCase(Locale.ROOT));
        }
        return facts;
    }

    /** Checks that tokenizer, configuration and graph are of one model, and that it computes. */
    static void requireFit(ModelFolder files, Tokenizer tokenizer, Decoder decoder, OnnxRunner runner) {
        files.requireFit(tokenizer, decoder.names().vocabulary());
        if (decoder.names().isHalf()) {
            LoggerFactory.getLogger(OnnxEngine.class)
                    .warn(
                            "{} is in fp16, which a CPU decodes very slowly; use an int4 export of it, for example onnx/model_q4.onnx",
                            files.graph());
        }
        try (var sequence = runner.open()) {
            var share = new Share(sequence, new int[] {tokenizer.turnEnd()}, 1);
            for (float logit : runner.run(List.of(share))[0]) {
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
    public long memoryBytes() {
        return memory.bytes(runner.sequences());
    }

    @Override
    public Conversation open() {
        return new LoopConversation(loop, spelling, model.contextTokens());
    }

    /**
     * Has the model read a text and go on with it, while no conversation is open.
     *
     * @param most the most tokens of the text; the others are left out
     * @param more how many tokens it goes on with, one by one
     */
    public Scored scored(String text, int most, int more) {
        var given = spelling.encode(text);
        return Scored.of(runner, Arrays.copyOf(given, Math.min(most, given.length)), more);
    }

    /** How many tensors are open, which is none between runs. */
    int openTensors() {
        return decoder.tensors().open();
    }

    OnnxRunner runner() {
        return runner;
    }

    @Override
    public void close() {
        loop.close();
        spelling.close();
    }
}
