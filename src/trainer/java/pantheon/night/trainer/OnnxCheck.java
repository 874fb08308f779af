package pantheon.night.trainer;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Runs an exported graph in ONNX Runtime, to compare it with the model that it was written from. */
final class OnnxCheck implements AutoCloseable {
    /** Largest difference of a logit that the order of additions explains. */
    static final double TOLERANCE = 1e-3;

    private final ModelShape shape;
    private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
    private final OrtSession session;

    OnnxCheck(ModelShape shape, Path file) throws OrtException {
        this.shape = shape;
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(1);
            session = environment.createSession(file.toString(), options);
        }
    }

    /** The logits at every token, where the tokens are given in chunks of these lengths, one after the other. */
    float[] logits(int[] tokens, int... chunks) throws OrtException {
        float[] logits = new float[tokens.length * shape.vocabulary()];
        OrtSession.@Nullable Result past = null;
        int done = 0;
        try {
            for (int chunk : chunks) {
                OrtSession.Result present = step(Arrays.copyOfRange(tokens, done, done + chunk), done, past);
                if (past != null) {
                    past.close();
                }
                past = present;
                FloatBuffer computed = output(present, "logits").getFloatBuffer();
                computed.get(logits, done * shape.vocabulary(), chunk * shape.vocabulary());
                done += chunk;
            }
        } finally {
            if (past != null) {
                past.close();
            }
        }
        return logits;
    }

    private OrtSession.Result step(int[] tokens, int done, OrtSession.@Nullable Result past) throws OrtException {
        long[] ids = new long[tokens.length];
        long[] positions = new long[tokens.length];
        for (int i = 0; i < tokens.length; i++) {
            ids[i] = tokens[i];
            positions[i] = (long) done + i;
        }
        long[] mask = new long[done + tokens.length];
        Arrays.fill(mask, 1);
        try (OnnxTensor idTensor = row(ids);
                OnnxTensor positionTensor = row(positions);
                OnnxTensor maskTensor = row(mask);
                OnnxTensor nothing = empty()) {
            Map<String, OnnxTensor> inputs = new HashMap<>();
            inputs.put("input_ids", idTensor);
            inputs.put("position_ids", positionTensor);
            inputs.put("attention_mask", maskTensor);
            for (int layer = 0; layer < shape.layers(); layer++) {
                for (String part : new String[] {".key", ".value"}) {
                    inputs.put(
                            "past_key_values." + layer + part,
                            past == null ? nothing : output(past, "present." + layer + part));
                }
            }
            return session.run(inputs);
        }
    }

    private static OnnxTensor output(OrtSession.Result result, String name) {
        return (OnnxTensor) result.get(name).orElseThrow();
    }

    private OnnxTensor row(long[] values) throws OrtException {
        LongBuffer buffer = direct(8 * values.length).asLongBuffer();
        buffer.put(0, values);
        return OnnxTensor.createTensor(environment, buffer, new long[] {1, values.length});
    }

    /** A past of no tokens. */
    private OnnxTensor empty() throws OrtException {
        long[] sizes = {1, shape.kvHeads(), 0, shape.headWidth()};
        return OnnxTensor.createTensor(environment, direct(0).asFloatBuffer(), sizes);
    }

    private static ByteBuffer direct(int bytes) {
        return ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder());
    }

    @Override
    public void close() throws OrtException {
        session.close();
    }
}
