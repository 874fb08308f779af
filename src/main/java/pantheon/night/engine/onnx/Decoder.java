package pantheon.night.engine.onnx;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.HashMap;
import java.util.Set;
import java.util.function.IntUnaryOperator;
import java.util.stream.LongStream;
import pantheon.night.NightException;
import pantheon.night.model.ModelFolder;
import pantheon.night.model.NativeLibrary;

/** A decoder's graph with KV cache: some more tokens in, logits out. Used by one thread at a time. */
final class Decoder implements AutoCloseable {
    private final ModelFolder folder;
    private final int threads;
    private final GraphNames names;
    private final NativeTensors tensors = new NativeTensors();
    private final RunBuffers buffers = new RunBuffers();
    private OrtSession session;

    private Decoder(OrtSession session, ModelFolder folder, int threads) throws OrtException {
        this.session = session;
        this.folder = folder;
        this.threads = threads;
        names = GraphNames.of(folder, session.getInputInfo(), session.getOutputInfo());
    }

    /** @param threads the threads of one operation, 1 or more */
    static Decoder load(ModelFolder folder, int threads) {
        try {
            return open(session(folder, threads), folder, threads);
        } catch (OrtException e) {
            throw unloadable(folder, e);
        } catch (LinkageError e) {
            throw NativeLibrary.uninstalled("ONNX Runtime", e);
        }
    }

    private static OrtSession session(ModelFolder folder, int threads) throws OrtException {
        try (var options = new OrtSession.SessionOptions()) {
            configure(options, threads);
            return OrtEnvironment.getEnvironment().createSession(folder.graph().toString(), options);
        }
    }

    private static NightException unloadable(ModelFolder folder, OrtException failure) {
        return ModelFolder.unusable("%s cannot be loaded: %s".formatted(folder.graph(), failure.getMessage()));
    }

    /** Loads the graph once more, in the place of a session that fails. */
    void reload() {
        try {
            session.close();
            session = session(folder, threads);
        } catch (OrtException e) {
            throw unloadable(folder, e);
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
    private static Decoder open(OrtSession session, ModelFolder folder, int threads) throws OrtException {
        try {
            return new Decoder(session, folder, threads);
        } catch (RuntimeException | OrtException e) {
            session.close();
            throw e;
        }
    }

    GraphNames names() {
        return names;
    }

    NativeTensors tensors() {
        return tensors;
    }

    /**
     * Runs the graph.
     *
     * @param binding the keys and values of the tokens before, and where those of these tokens go
     * @param logits takes what is wanted, each as wide as the vocabulary
     */
    void run(Feed feed, KvBinding binding, float[][] logits) throws OrtException {
        try (var options = new OrtSession.RunOptions()) {
            run(feed, binding, logits, options);
        }
    }

    /** The same, with what the runtime logs of it left out. */
    void tryOut(Feed feed, KvBinding binding, float[][] logits) throws OrtException {
        try (var quiet = new OrtSession.RunOptions()) {
            quiet.setLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL);
            run(feed, binding, logits, quiet);
        }
    }

    private void run(Feed feed, KvBinding binding, float[][] logits, OrtSession.RunOptions options)
            throws OrtException {
        var own = new HashMap<String, OnnxTensor>();
        try {
            for (var input : names.integers().entrySet()) {
                own.put(input.getKey(), integers(input.getKey(), input.getValue(), feed));
            }
            var inputs = new HashMap<>(binding.pasts());
            inputs.putAll(own);
            var memory =
                    buffers.memory(GraphNames.LOGITS, (long) rows(feed) * names.vocabulary() * names.logits().size);
            var out = logits(feed, memory);
            own.put(GraphNames.LOGITS, out);
            var given = new HashMap<String, OnnxValue>(binding.presents());
            given.put(GraphNames.LOGITS, out);
            session.run(inputs, Set.of(), given, options).close();
            read(feed, memory, logits);
        } finally {
            own.values().forEach(tensors::close);
        }
    }

    private OnnxTensor integers(String name, OnnxJavaType type, Feed feed) throws OrtException {
        int rows = feed.rows();
        int count = feed.count();
        int most = feed.most();
        var before = feed.befores();
        return switch (name) {
            case GraphNames.IDS -> tensor(name, type, i -> feed.ids()[i], rows, count);
            case GraphNames.MASK -> tensor(name, type, i -> i % most < before[i / most] + count ? 1 : 0, rows, most);
            case GraphNames.POSITIONS -> tensor(name, type, i -> before[i / count] + i % count, rows, count);
            case GraphNames.LOGITS_KEPT -> tensor(name, type, i -> feed.kept());
            case GraphNames.LAST -> tensor(name, type, i -> before[i] + count - 1, rows);
            case GraphNames.MOST -> tensor(name, type, i -> most);
            case GraphNames.ROWS -> tensor(name, type, i -> feed.wanted()[i], feed.wanted().length);
            default -> throw new IllegalStateException("no values for input " + name);
        };
    }

    private OnnxTensor tensor(String name, OnnxJavaType type, IntUnaryOperator values, long... shape)
            throws OrtException {
        int count = Math.toIntExact(LongStream.of(shape).reduce(1, (a, b) -> a * b));
        return tensors.view(buffers.integers(name, type, count, values), type, shape);
    }

    /** How many logits of each row the graph gives out. */
    private int depth(Feed feed) {
        return names.integers().containsKey(GraphNames.LOGITS_KEPT) ? feed.kept() : feed.count();
    }

    private int rows(Feed feed) {
        return names.picksRows() ? feed.wanted().length : feed.rows() * depth(feed);
    }

    private OnnxTensor logits(Feed feed, MemorySegment memory) throws OrtException {
        return names.picksRows()
                ? tensors.view(memory, names.logits(), feed.wanted().length, names.vocabulary())
                : tensors.view(memory, names.logits(), feed.rows(), depth(feed), names.vocabulary());
    }

    private void read(Feed feed, MemorySegment memory, float[][] logits) {
        int depth = depth(feed);
        for (int i = 0; i < feed.wanted().length; i++) {
            int place = feed.wanted()[i];
            int row = place / feed.count() * depth + place % feed.count() - (feed.count() - depth);
            read(memory, names.picksRows() ? i : row, logits[i]);
        }
    }

    private void read(MemorySegment memory, int row, float[] values) {
        long from = (long) row * values.length;
        if (names.logits() == OnnxJavaType.FLOAT) {
            MemorySegment.copy(memory, ValueLayout.JAVA_FLOAT, from * Float.BYTES, values, 0, values.length);
            return;
        }
        for (int i = 0; i < values.length; i++) {
            values[i] = Float.float16ToFloat(memory.getAtIndex(ValueLayout.JAVA_SHORT, from + i));
        }
    }

    /** What is said of a graph that fails. */
    NightException unusable(OrtException failure) {
        return ModelFolder.unusable("%s cannot be run: %s".formatted(folder.graph(), failure.getMessage()));
    }

    @Override
    public void close() {
        buffers.close();
        try {
            session.close();
        } catch (OrtException e) {
            throw new IllegalStateException("the session cannot be closed", e);
        }
    }
}
