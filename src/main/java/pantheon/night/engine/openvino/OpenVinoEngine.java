package pantheon.night.engine.openvino;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.slf4j.LoggerFactory;
import pantheon.night.IoReason;
import pantheon.night.KeptOrder;
import pantheon.night.engine.Conversation;
import pantheon.night.engine.Engine;
import pantheon.night.engine.EngineModel;
import pantheon.night.engine.decode.DecodeLoop;
import pantheon.night.engine.decode.LoopConversation;
import pantheon.night.engine.decode.Runner;
import pantheon.night.engine.decode.Scored;
import pantheon.night.engine.decode.Share;
import pantheon.night.engine.decode.Spelling;
import pantheon.night.engine.openvino.library.Leftovers;
import pantheon.night.engine.openvino.library.OpenVinoFailed;
import pantheon.night.local.SystemClock;
import pantheon.night.model.MemoryNeed;
import pantheon.night.model.ModelFolder;
import pantheon.night.model.Tokenizer;
import pantheon.night.model.VerifiedFolder;
import pantheon.night.model.ir.IrGraph;

/**
 * A decoder-only model from a folder on this machine as OpenVINO's tools write it, run in this process. Decoding is greedy.
 *
 * <p>Conversations may be used by several threads, each by one. They are closed before the engine is.
 */
public final class OpenVinoEngine implements Engine {
    /** Where every model of this engine runs: in this process. */
    public static final String ORIGIN = "process:openvino";

    private final EngineModel model;
    private final MemoryNeed memory;
    private final Spelling spelling;
    private final Runner runner;
    private final DecodeLoop loop;

    private OpenVinoEngine(
            EngineModel model, MemoryNeed memory, Spelling spelling, Runner runner, OpenVinoOptions options) {
        this.model = model;
        this.memory = memory;
        this.spelling = spelling;
        this.runner = runner;
        loop = new DecodeLoop(model.name(), runner, memory.keptBytes(), new SystemClock(), options.decoding());
    }

    /**
     * Loads a model folder: checks it against its manifest, compiles its graph, then runs one token.
     *
     * @throws pantheon.night.NightException with exit code 69 where the folder, the libraries, the device or the precision
     *     cannot be used
     */
    public static OpenVinoEngine load(Path folder, OpenVinoOptions options) {
        var verified = VerifiedFolder.of(folder);
        var claimed = ModelFolder.of(folder);
        if (!Files.exists(folder.resolve(IrGraph.GRAPH))) {
            throw ModelFolder.unusable(
                    "model folder %s has no %s, which engine openvino runs".formatted(folder, IrGraph.GRAPH),
                    "Set the model's engine to onnx, or its path to a folder of OpenVINO's.");
        }
        var files = claimed.withGraph(IrGraph.GRAPH)
                .withContext(claimed.contextInForce(verified.manifest().name(), options.contextTokens()));
        verified.requireListed(files.graph());
        verified.requireListed(files.folder().resolve(IrGraph.WEIGHTS));
        verified.requireListed(files.tokenizer());
        var graph = graph(files);
        var tokenizer = Tokenizer.load(files.tokenizer(), options.format().stops(), files.vocabulary());
        try {
            return loaded(verified, files, graph, tokenizer, options);
        } catch (RuntimeException e) {
            tokenizer.close();
            throw e;
        }
    }

    private static IrGraph graph(ModelFolder files) {
        try {
            var graph = IrGraph.of(files.graph());
            if (graph.isDecoder()) {
                return graph;
            }
            throw ModelFolder.unusable(
                    files.graph() + " is no decoder that keeps its keys and values",
                    "Export the model again, with optimum-cli export openvino --task text-generation-with-past.");
        } catch (IOException e) {
            throw ModelFolder.unusable("%s cannot be read: %s".formatted(files.graph(), IoReason.of(e, files.graph())));
        }
    }

    private static OpenVinoEngine loaded(
            VerifiedFolder verified, ModelFolder files, IrGraph graph, Tokenizer tokenizer, OpenVinoOptions options) {
        var network = Network.load(files, graph, options);
        var runner = runner(network, files, options);
        try {
            requireFit(files, tokenizer, runner);
            verified.requireUnchanged();
            Leftovers.giveBack(files.folder().resolve(IrGraph.WEIGHTS));
            var ends = new TreeSet<>(files.endTokens());
            ends.addAll(tokenizer.stops());
            return new OpenVinoEngine(
                    model(verified, files, tokenizer, facts(network, runner, options), runner.sequences()),
                    MemoryNeed.ofOpenVino(
                            graph.computedBytes(options.precision().isSingle()),
                            runner.tokenBytes(),
                            files.contextTokens()),
                    new Spelling(tokenizer, KeptOrder.set(ends)),
                    runner,
                    options);
        } catch (RuntimeException e) {
            runner.close();
            throw e;
        }
    }

    private static Runner runner(Network network, ModelFolder files, OpenVinoOptions options) {
        try {
            if (network.isPaged()) {
                return new PagedRunner(network, options.sequences(), files.contextTokens());
            }
            LoggerFactory.getLogger(OpenVinoEngine.class)
                    .warn("{} runs one conversation at a time: its attention cannot be paged", files.graph());
            return new OneRowRunner(network);
        } catch (RuntimeException e) {
            network.close();
            throw e;
        }
    }

    /** Checks that tokenizer and graph are of one model, and that it computes. */
    private static void requireFit(ModelFolder files, Tokenizer tokenizer, Runner runner) {
        try (var sequence = runner.open()) {
            var logits = runner.run(List.of(new Share(sequence, new int[] {tokenizer.turnEnd()}, 1)))[0];
            files.requireFit(tokenizer, logits.length);
            for (float logit : logits) {
                if (!Float.isFinite(logit)) {
                    throw ModelFolder.unusable(files.graph() + " gives out logits that are no finite numbers");
                }
            }
        } catch (OpenVinoFailed e) {
            throw ModelFolder.unusable("%s cannot be run: %s".formatted(files.graph(), e.getMessage()));
        }
    }

    private static EngineModel model(
            VerifiedFolder verified, ModelFolder files, Tokenizer tokenizer, Map<String, String> facts, int sequences) {
        return new EngineModel(
                verified.manifest().name(),
                verified.manifest().digest(),
                files.contextTokens(),
                tokenizer.controlTexts(),
                ORIGIN,
                sequences,
                facts);
    }

    /** What decides how the model answers, beside its files. */
    private static Map<String, String> facts(Network network, Runner runner, OpenVinoOptions options) {
        var facts = new TreeMap<>(options.precision().facts());
        facts.put("openvino", network.version());
        facts.put("device", options.device());
        facts.put("decoding", options.decoding().key());
        facts.put("attention", network.isPaged() ? "paged" : "alone");
        if (runner instanceof PagedRunner paged && runner.sequences() > 1) {
            facts.put("rows", paged.isEqualBesideOthers() ? "equal" : "differ");
        }
        return facts;
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
     * @param more how many tokens it goes on with, one by one
     */
    public Scored scored(String text, int more) {
        return Scored.of(runner, spelling.encode(text), more);
    }

    Runner runner() {
        return runner;
    }

    @Override
    public void close() {
        loop.close();
        spelling.close();
    }
}
