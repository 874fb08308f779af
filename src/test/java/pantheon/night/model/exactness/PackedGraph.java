package pantheon.night.model.exactness;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxTensorLike;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import pantheon.night.NightException;
import pantheon.night.model.ModelFolder;
import pantheon.night.model.NativeLibrary;

/**
 * A graph that {@link pantheon.night.model.decoder.DecoderGraph} made, run on one sequence, with the logits behind every
 * token. Used by one thread.
 */
public final class PackedGraph implements AutoCloseable {
    private static final String LOGITS = "logits";
    private static final String ROWS = "logit_rows";

    private final Path graph;
    private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
    private final OrtSession session;

    private PackedGraph(Path graph, int threads) throws OrtException {
        this.graph = graph;
        try (var options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(threads);
            options.setInterOpNumThreads(1);
            options.addConfigEntry("session.intra_op.allow_spinning", "0");
            options.setMemoryPatternOptimization(false);
            options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR);
            session = environment.createSession(graph.toString(), options);
        }
    }

    /**
     * Loads a graph.
     *
     * @throws NightException with exit code 69 where it cannot be loaded, or is another one than that
     */
    public static PackedGraph load(Path graph, int threads) {
        try {
            var loaded = new PackedGraph(graph, threads);
            if (!loaded.session.getInputNames().containsAll(List.of(ROWS, "seqlens_k"))) {
                loaded.close();
                throw ModelFolder.unusable(
                        graph + " has no input " + ROWS, "Make it with pantheon-night model import.");
            }
            return loaded;
        } catch (OrtException e) {
            throw failed(graph, "loaded", e);
        } catch (LinkageError e) {
            throw NativeLibrary.uninstalled("ONNX Runtime", e);
        }
    }

    /** The logits behind each token of a sequence, {@code [token][vocabulary]}. */
    public float[][] logits(int[] tokens) {
        try (var state = new Sequence()) {
            return state.logits(tokens, IntStream.range(0, tokens.length).toArray());
        } catch (OrtException e) {
            throw failed(graph, "run", e);
        }
    }

    /** Some tokens with as many more behind them, each the likeliest. */
    public int[] continued(int[] tokens, int more) {
        var all = new ArrayList<>(IntStream.of(tokens).boxed().toList());
        try (var state = new Sequence()) {
            var next = tokens;
            for (int i = 0; i < more; i++) {
                int likeliest = likeliest(state.logits(next, new int[] {next.length - 1})[0]);
                all.add(likeliest);
                next = new int[] {likeliest};
            }
        } catch (OrtException e) {
            throw failed(graph, "run", e);
        }
        return all.stream().mapToInt(token -> token).toArray();
    }

    /** The first of the greatest. */
    static int likeliest(float[] logits) {
        int best = 0;
        for (int token = 1; token < logits.length; token++) {
            best = logits[token] > logits[best] ? token : best;
        }
        return best;
    }

    /** Tokens one behind the other, and the keys and values of those that were run. */
    private final class Sequence implements AutoCloseable {
        private final Map<String, OnnxTensorLike> past = new HashMap<>();
        private OrtSession.@Nullable Result last;
        private int before;

        Sequence() throws OrtException {
            for (var input : session.getInputInfo().entrySet()) {
                if (input.getKey().startsWith("past_key_values.")
                        && input.getValue().getInfo() instanceof TensorInfo info) {
                    var shape = info.getShape();
                    long[] empty = {1, shape[1], 0, shape[3]};
                    past.put(input.getKey(), OnnxTensor.createTensor(environment, FloatBuffer.allocate(0), empty));
                }
            }
        }

        float[][] logits(int[] tokens, int[] rows) throws OrtException {
            var feed = new HashMap<>(past);
            var own = integers(tokens, rows);
            feed.putAll(own);
            var result = session.run(feed);
            own.values().forEach(OnnxTensorLike::close);
            close();
            last = result;
            before += tokens.length;
            for (var output : result) {
                if (output.getKey().startsWith("present.") && output.getValue() instanceof OnnxTensor tensor) {
                    past.put("past_key_values" + output.getKey().substring("present".length()), tensor);
                }
            }
            return (float[][]) result.get(LOGITS).orElseThrow().getValue();
        }

        private Map<String, OnnxTensorLike> integers(int[] tokens, int[] rows) throws OrtException {
            int after = before + tokens.length;
            var ids = LongBuffer.wrap(IntStream.of(tokens).asLongStream().toArray());
            var wanted = LongBuffer.wrap(IntStream.of(rows).asLongStream().toArray());
            return Map.of(
                    "input_ids",
                    OnnxTensor.createTensor(environment, ids, new long[] {1, tokens.length}),
                    "seqlens_k",
                    OnnxTensor.createTensor(environment, IntBuffer.wrap(new int[] {after - 1}), new long[] {1}),
                    "total_sequence_length",
                    OnnxTensor.createTensor(environment, IntBuffer.wrap(new int[] {after}), new long[0]),
                    ROWS,
                    OnnxTensor.createTensor(environment, wanted, new long[] {rows.length}));
        }

        @Override
        public void close() {
            if (last != null) {
                last.close();
            } else {
                past.values().forEach(OnnxTensorLike::close);
            }
        }
    }

    private static NightException failed(Path graph, String what, OrtException e) {
        return ModelFolder.unusable("%s cannot be %s: %s".formatted(graph, what, e.getMessage()));
    }

    @Override
    public void close() {
        try {
            session.close();
        } catch (OrtException e) {
            throw new IllegalStateException("the session cannot be closed", e);
        }
    }
}
