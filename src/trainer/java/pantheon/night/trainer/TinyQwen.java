package pantheon.night.trainer;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValueUtils;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.training.GradientCollector;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * The decoder on PyTorch: loss, gradient and logits of a batch for parameters that live in a Java array. The parameters
 * are copied in at each call (4 MB), so nothing outlives it on the native side: no gradient to zero, nothing to leak.
 */
final class TinyQwen implements AutoCloseable {

    /** What a forward pass gives: the mean loss, and how often the likeliest token was the wanted one. */
    record Outcome(float loss, Score score) {}

    private final ModelShape shape;
    private final NDManager manager;
    private final PtSymbolBlock script;
    private final int parameters;
    private final float[] cos;
    private final float[] sin;

    /**
     * @param threads threads of one operation; 0 leaves PyTorch's choice
     */
    TinyQwen(ModelShape shape, Device device, int threads) {
        this.shape = shape;
        manager = Engine.getEngine("PyTorch").newBaseManager(device);
        if (threads > 0) {
            JniUtils.setNumThreads(threads);
        }
        // Optimising for the shapes seen would compile anew for each length of a batch.
        JniUtils.setGraphExecutorOptimize(false);
        byte[] archive = TorchScriptArchive.of(TinyQwenScript.of(shape));
        try {
            script = JniUtils.loadModule((PtNDManager) manager, new ByteArrayInputStream(archive), false, false);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        parameters = new ParameterLayout(shape).size();
        int width = shape.headWidth();
        double[] frequencies = shape.rotaryFrequencies();
        cos = new float[ModelShape.MAX_POSITIONS * width];
        sin = new float[ModelShape.MAX_POSITIONS * width];
        for (int i = 0; i < cos.length; i++) {
            int at = i / width;
            double angle = at * frequencies[i % (width / 2)];
            cos[i] = (float) Math.cos(angle);
            sin[i] = (float) Math.sin(angle);
        }
    }

    /** The outcome of a batch, and its gradient written into {@code gradient}. */
    Outcome train(float[] weights, Prefix prefix, Batch batch, float[] gradient) {
        try (NDManager step = manager.newSubManager();
                GradientCollector collector = manager.getEngine().newGradientCollector()) {
            NDArray flat = step.create(weights, new Shape(parameters));
            flat.setRequiresGradient(true);
            NDList outputs = forward(step, flat, prefix, batch);
            collector.backward(outputs.get(0));
            NDArray computed = flat.getGradient();
            computed.attach(step);
            System.arraycopy(computed.toFloatArray(), 0, gradient, 0, parameters);
            return outcome(outputs, batch);
        }
    }

    /** The outcome of a batch. */
    Outcome evaluate(float[] weights, Prefix prefix, Batch batch) {
        try (NDManager step = manager.newSubManager()) {
            return outcome(forward(step, step.create(weights, new Shape(parameters)), prefix, batch), batch);
        }
    }

    /** The logits at the batch's kept places, one vocabulary after the other. */
    float[] logits(float[] weights, Prefix prefix, Batch batch) {
        try (NDManager step = manager.newSubManager()) {
            return forward(step, step.create(weights, new Shape(parameters)), prefix, batch)
                    .get(1)
                    .toFloatArray();
        }
    }

    private NDList forward(NDManager step, NDArray flat, Prefix prefix, Batch batch) {
        int span = prefix.length() + batch.length();
        NDList inputs = new NDList(
                flat,
                table(step, cos, prefix.firstPosition(), span),
                table(step, sin, prefix.firstPosition(), span),
                step.create(toLong(prefix.tokens()), new Shape(1, prefix.length())),
                step.create(batch.ids(), new Shape(batch.rows(), batch.length())),
                step.create(batch.mask(prefix.length()), new Shape(batch.length(), span)),
                step.create(batch.position()),
                step.create(batch.place()),
                step.create(batch.kept()),
                step.create(batch.targets()));
        NDList outputs = IValueUtils.forward(script, inputs, true);
        outputs.attach(step);
        return outputs;
    }

    private NDArray table(NDManager step, float[] table, int from, int count) {
        int width = shape.headWidth();
        float[] part = new float[count * width];
        System.arraycopy(table, from * width, part, 0, part.length);
        return step.create(part, new Shape(count, width));
    }

    private static Outcome outcome(NDList outputs, Batch batch) {
        long[] predictions = outputs.get(1).argMax(-1).toLongArray();
        return new Outcome(outputs.get(0).getFloat(), batch.score(predictions));
    }

    private static long[] toLong(int[] values) {
        long[] result = new long[values.length];
        for (int i = 0; i < values.length; i++) {
            result[i] = values[i];
        }
        return result;
    }

    @Override
    public void close() {
        script.close();
        manager.close();
    }
}
