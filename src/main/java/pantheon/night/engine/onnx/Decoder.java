package pantheon.night.engine.onnx;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxTensorLike;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A decoder's graph with KV cache: some more tokens in, the logits of the last one out.
 *
 * <p>Inputs and outputs are bound by their names ({@code past_key_values.N.key}, {@code present.N.key} and what
 * exporters write instead), with the types and shapes that the graph itself states. Keys and values go from one run to
 * the next as native tensors and never cross into the Java heap.
 */
final class Decoder implements AutoCloseable {
    private static final Pattern PAST = Pattern.compile("past(?:_key_values)?[._](\\d+)[._](?:decoder\\.)?(key|value)");
    private static final Pattern PRESENT =
            Pattern.compile("present(?:_key_values)?[._](\\d+)[._](?:decoder\\.)?(key|value)");
    private static final Set<String> KNOWN = Set.of("input_ids", "attention_mask", "position_ids");
    /** Bounds the logits of one prefill chunk to 16 MiB in fp32. */
    private static final int CHUNK_LOGITS = 1 << 22;

    private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
    private final OrtSession session;
    private final ModelFolder folder;
    private final Map<String, String> presentByPast = new TreeMap<>();
    private final Map<String, TensorInfo> inputs = new HashMap<>();
    private final Set<String> requested = new HashSet<>();
    private final OnnxJavaType logitsType;
    private final int vocabulary;
    private final int chunkTokens;
    private final AtomicInteger openCaches = new AtomicInteger();

    private Decoder(OrtSession session, ModelFolder folder) throws OrtException {
        this.session = session;
        this.folder = folder;
        for (var input : session.getInputInfo().values()) {
            inputs.put(input.getName(), info(input));
        }
        bind(session.getOutputInfo());
        var logits = session.getOutputInfo().get("logits");
        if (logits == null) {
            throw ModelFolder.unavailable(
                    folder.graph() + " has no output logits; expected a decoder with a language model's head");
        }
        logitsType = info(logits).type;
        vocabulary = (int) info(logits).getShape()[2];
        if (vocabulary < 1 || (logitsType != OnnxJavaType.FLOAT && logitsType != OnnxJavaType.FLOAT16)) {
            throw ModelFolder.unavailable(
                    "%s gives out logits of type %s and width %d; expected float or float16 of a fixed width"
                            .formatted(folder.graph(), logitsType, vocabulary));
        }
        chunkTokens = Math.max(16, Math.min(512, CHUNK_LOGITS / vocabulary));
    }

    /** @param threads the threads of one operation, 1 or more */
    static Decoder load(ModelFolder folder, int threads) {
        try (var options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(threads);
            options.setInterOpNumThreads(1);
            options.addConfigEntry("session.intra_op.allow_spinning", "0");
            var session =
                    OrtEnvironment.getEnvironment().createSession(folder.graph().toString(), options);
            return new Decoder(session, folder);
        } catch (OrtException e) {
            throw ModelFolder.unavailable("%s cannot be loaded: %s".formatted(folder.graph(), e.getMessage()));
        }
    }

    private static TensorInfo info(NodeInfo node) {
        return (TensorInfo) node.getInfo();
    }

    private void bind(Map<String, NodeInfo> outputs) {
        var presents = new HashMap<String, String>();
        for (var name : outputs.keySet()) {
            var match = PRESENT.matcher(name);
            if (match.matches()) {
                presents.put(match.group(1) + match.group(2), name);
                requested.add(name);
            }
        }
        for (var name : inputs.keySet()) {
            var match = PAST.matcher(name);
            if (match.matches()) {
                var present = presents.get(match.group(1) + match.group(2));
                if (present == null) {
                    throw ModelFolder.unavailable(
                            "%s takes %s and gives out no matching present".formatted(folder.graph(), name));
                }
                presentByPast.put(name, present);
            } else if (!KNOWN.contains(name)) {
                throw ModelFolder.unavailable("%s asks for an input %s that is not known; expected %s and a KV cache"
                        .formatted(folder.graph(), name, KNOWN));
            }
        }
        if (presentByPast.isEmpty()) {
            throw ModelFolder.unavailable(
                    folder.graph() + " has no KV cache; export it with one (text-generation-with-past)");
        }
    }

    /** The logits' width, which may be more than there are tokens. */
    int vocabulary() {
        return vocabulary;
    }

    /** The most tokens that one run takes. */
    int chunkTokens() {
        return chunkTokens;
    }

    /** How many caches are held by anybody. */
    int openCaches() {
        return openCaches.get();
    }

    /**
     * What one run gives.
     *
     * @param logits of the last token, as wide as the vocabulary; good until the next run
     */
    @SuppressWarnings("ArrayRecordComponent") // read once, right after the run
    record Step(KvCache cache, float[] logits) {}

    /**
     * Runs the graph.
     *
     * @param ids one token or more, at most {@link #chunkTokens()}
     * @param past the cache of the tokens before, null where there are none; it stays the caller's
     * @param pastTokens how many those are
     */
    Step run(int[] ids, @Nullable KvCache past, int pastTokens) {
        var feed = new HashMap<String, OnnxTensorLike>();
        var own = new HashMap<String, OnnxTensor>();
        int total = pastTokens + ids.length;
        try {
            own.put("input_ids", integers("input_ids", ids.length, i -> ids[i]));
            if (inputs.containsKey("attention_mask")) {
                own.put("attention_mask", integers("attention_mask", total, i -> 1));
            }
            if (inputs.containsKey("position_ids")) {
                own.put("position_ids", integers("position_ids", ids.length, i -> pastTokens + i));
            }
            if (past == null) {
                for (var name : presentByPast.keySet()) {
                    own.put(name, emptyPast(name));
                }
            } else {
                feed.putAll(past.tensors());
            }
            feed.putAll(own);
            var buffer = ByteBuffer.allocateDirect(ids.length * vocabulary * logitsType.size)
                    .order(ByteOrder.nativeOrder());
            try (var logits =
                    OnnxTensor.createTensor(environment, buffer, new long[] {1, ids.length, vocabulary}, logitsType)) {
                var result = session.run(feed, requested, Map.of("logits", logits));
                return new Step(cache(result), lastRow(buffer, ids.length - 1));
            }
        } catch (OrtException e) {
            throw ModelFolder.unavailable("%s cannot be run: %s".formatted(folder.graph(), e.getMessage()));
        } finally {
            own.values().forEach(OnnxTensor::close);
        }
    }

    private KvCache cache(OrtSession.Result result) {
        var tensors = new HashMap<String, OnnxTensorLike>();
        presentByPast.forEach((past, present) ->
                tensors.put(past, (OnnxTensorLike) result.get(present).orElseThrow()));
        return new KvCache(result, tensors, openCaches);
    }

    private interface IntToInt {
        int at(int index);
    }

    private OnnxTensor integers(String name, int count, IntToInt values) throws OrtException {
        var info = inputs.get(name);
        boolean wide = info == null || info.type == OnnxJavaType.INT64;
        var buffer = ByteBuffer.allocateDirect(count * (wide ? 8 : 4)).order(ByteOrder.nativeOrder());
        for (int i = 0; i < count; i++) {
            if (wide) {
                buffer.putLong(values.at(i));
            } else {
                buffer.putInt(values.at(i));
            }
        }
        var type = wide ? OnnxJavaType.INT64 : OnnxJavaType.INT32;
        return OnnxTensor.createTensor(environment, buffer.flip(), new long[] {1, count}, type);
    }

    private OnnxTensor emptyPast(String name) throws OrtException {
        var info = java.util.Objects.requireNonNull(inputs.get(name));
        var shape = info.getShape();
        long heads = shape[1] > 0 ? shape[1] : folder.kvHeads();
        long width = shape[3] > 0 ? shape[3] : folder.headWidth();
        return OnnxTensor.createTensor(
                environment,
                ByteBuffer.allocateDirect(0).order(ByteOrder.nativeOrder()),
                new long[] {1, heads, 0, width},
                info.type);
    }

    private float[] lastRow(ByteBuffer buffer, int row) {
        var logits = new float[vocabulary];
        if (logitsType == OnnxJavaType.FLOAT) {
            buffer.asFloatBuffer().get(row * vocabulary, logits);
        } else {
            var halves = buffer.asShortBuffer();
            for (int i = 0; i < vocabulary; i++) {
                logits[i] = Float.float16ToFloat(halves.get(row * vocabulary + i));
            }
        }
        return logits;
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
