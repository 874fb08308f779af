package pantheon.night.engine.onnx;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import pantheon.night.model.ModelFolder;
import pantheon.night.model.NativeLibrary;

/**
 * A decoder's graph with KV cache: some more tokens in, the logits of the last one out.
 *
 * <p>Safe for use by several threads, each with a KV cache of its own.
 */
final class Decoder implements AutoCloseable {
    /** Bounds the logits of one prefill chunk to 16 MiB in fp32. */
    private static final int CHUNK_LOGITS = 1 << 22;

    private static final int MOST_CHUNK_TOKENS = 512;
    private static final int LEAST_CHUNK_TOKENS = 16;
    /** How far logits may be apart, of the greatest, for two ways of the same computation. */
    private static final float TOLERANCE = 0.02f;

    private final OrtSession session;
    private final ModelFolder folder;
    private final GraphNames names;
    private final NativeTensors tensors = new NativeTensors();
    private final Queue<RunBuffers> idle = new ConcurrentLinkedQueue<>();
    private final int chunkTokens;
    private final boolean inPlace;

    private Decoder(OrtSession session, ModelFolder folder) throws OrtException {
        this.session = session;
        this.folder = folder;
        names = GraphNames.of(folder, session.getInputInfo(), session.getOutputInfo());
        chunkTokens = Math.clamp(CHUNK_LOGITS / names.vocabulary(), LEAST_CHUNK_TOKENS, MOST_CHUNK_TOKENS);
        inPlace = appendsInPlace();
    }

    /** @param threads the threads of one operation, 1 or more */
    static Decoder load(ModelFolder folder, int threads) {
        try (var options = new OrtSession.SessionOptions()) {
            configure(options, threads);
            return open(
                    OrtEnvironment.getEnvironment().createSession(folder.graph().toString(), options), folder);
        } catch (OrtException e) {
            throw ModelFolder.unusable("%s cannot be loaded: %s".formatted(folder.graph(), e.getMessage()));
        } catch (LinkageError e) {
            throw NativeLibrary.uninstalled("ONNX Runtime", e);
        }
    }

    private static void configure(OrtSession.SessionOptions options, int threads) throws OrtException {
        options.setIntraOpNumThreads(threads);
        options.setInterOpNumThreads(1);
        options.addConfigEntry("session.intra_op.allow_spinning", "0");
        // Every step has shapes of its own, so plans for them would pile up and never be used again.
        options.setMemoryPatternOptimization(false);
        options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR);
    }

    /** A decoder over a session, which is closed where the graph is no decoder. */
    private static Decoder open(OrtSession session, ModelFolder folder) throws OrtException {
        try {
            return new Decoder(session, folder);
        } catch (RuntimeException | OrtException e) {
            session.close();
            throw e;
        }
    }

    /**
     * Whether the graph takes one buffer as past and as present. Nothing in a graph's inputs and outputs says so, so it
     * is tried: the logits must be those of separate buffers.
     */
    private boolean appendsInPlace() {
        try (var apart = new KvCache(names.kv(), tensors, false);
                var shared = new KvCache(names.kv(), tensors, true);
                var quiet = new OrtSession.RunOptions()) {
            quiet.setLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL);
            run(new int[] {0, 1}, apart, quiet);
            run(new int[] {0, 1}, shared, quiet);
            return areAlike(run(new int[] {2}, apart, quiet), run(new int[] {2}, shared, quiet));
        } catch (OrtException e) {
            return false;
        }
    }

    private static boolean areAlike(float[] expected, float[] actual) {
        float greatest = 0;
        float apart = 0;
        for (int i = 0; i < expected.length; i++) {
            greatest = Math.max(greatest, Math.abs(expected[i]));
            apart = Math.max(apart, Math.abs(expected[i] - actual[i]));
        }
        return apart <= TOLERANCE * greatest;
    }

    GraphNames names() {
        return names;
    }

    /** The most tokens that one run takes. */
    int chunkTokens() {
        return chunkTokens;
    }

    boolean isInPlace() {
        return inPlace;
    }

    /** How many tensors are open, which is none between runs. */
    int openTensors() {
        return tensors.open();
    }

    KvCache newCache() {
        return new KvCache(names.kv(), tensors, inPlace);
    }

    /**
     * Runs the graph.
     *
     * @param ids one token or more, at most {@link #chunkTokens()}
     * @param cache the KV of the tokens before; that of these tokens is appended
     * @return the logits of the last token, as wide as the vocabulary
     */
    float[] run(int[] ids, KvCache cache) {
        try (var options = new OrtSession.RunOptions()) {
            return run(ids, cache, options);
        } catch (OrtException e) {
            throw ModelFolder.unusable("%s cannot be run: %s".formatted(folder.graph(), e.getMessage()));
        }
    }

    private float[] run(int[] ids, KvCache cache, OrtSession.RunOptions options) throws OrtException {
        var waiting = idle.poll();
        var buffers = waiting == null ? newBuffers() : waiting;
        try {
            return run(ids, cache, buffers, options);
        } finally {
            idle.add(buffers);
        }
    }

    private RunBuffers newBuffers() {
        long rows = keepsLogits() ? 1 : chunkTokens;
        return new RunBuffers(
                chunkTokens,
                Math.max(folder.contextTokens(), chunkTokens),
                rows * names.vocabulary() * names.logits().size);
    }

    private boolean keepsLogits() {
        return names.integers().containsKey(GraphNames.LOGITS_KEPT);
    }

    private float[] run(int[] ids, KvCache cache, RunBuffers buffers, OrtSession.RunOptions options)
            throws OrtException {
        var binding = cache.open(ids.length);
        var own = new HashMap<String, OnnxTensor>();
        try {
            openIntegers(ids, cache.tokens(), buffers, own);
            var feed = new HashMap<>(binding.pasts());
            feed.putAll(own);
            int rows = keepsLogits() ? 1 : ids.length;
            var logits = tensors.view(buffers.logits(), names.logits(), 1, rows, names.vocabulary());
            own.put(GraphNames.LOGITS, logits);
            var given = new HashMap<String, OnnxValue>(binding.presents());
            given.put(GraphNames.LOGITS, logits);
            session.run(feed, Set.of(), given, options).close();
            cache.appended(ids.length);
            return buffers.row(names.logits(), rows - 1, names.vocabulary());
        } finally {
            own.values().forEach(tensors::close);
            cache.close(binding);
        }
    }

    private void openIntegers(int[] ids, int before, RunBuffers buffers, Map<String, OnnxTensor> opened)
            throws OrtException {
        for (var input : names.integers().entrySet()) {
            opened.put(input.getKey(), integers(input.getKey(), input.getValue(), ids, before, buffers));
        }
    }

    private OnnxTensor integers(String name, OnnxJavaType type, int[] ids, int before, RunBuffers buffers)
            throws OrtException {
        int count = ids.length;
        return switch (name) {
            case GraphNames.IDS -> tensors.view(buffers.ids(type, count, i -> ids[i]), type, 1, count);
            case GraphNames.MASK -> tensors.view(buffers.mask(type, before + count), type, 1, before + count);
            case GraphNames.POSITIONS -> tensors.view(buffers.positions(type, count, i -> before + i), type, 1, count);
            case GraphNames.LOGITS_KEPT -> tensors.view(buffers.kept(type), type);
            default -> throw new IllegalStateException("no values for input " + name);
        };
    }

    @Override
    public void close() {
        for (RunBuffers buffers; (buffers = idle.poll()) != null; ) {
            buffers.close();
        }
        try {
            session.close();
        } catch (OrtException e) {
            throw new IllegalStateException("the session cannot be closed", e);
        }
    }
}
