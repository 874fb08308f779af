package pantheon.night.trainer;

/**
 * AdamW with a global gradient clip, over the flat parameter array. Plain Java: for a million parameters a step takes a
 * few milliseconds, and no native memory is involved. Weight decay goes to matrices only.
 *
 * <p>Loshchilov and Hutter, "Decoupled weight decay regularization", 2019.
 */
final class AdamW {
    private static final double BETA1 = 0.9;
    private static final double BETA2 = 0.98;
    private static final double EPSILON = 1e-8;
    private static final double CLIP = 1.0;

    private final boolean[] decayed;
    private final float weightDecay;
    private final float[] mean;
    private final float[] square;
    private int step;

    AdamW(ParameterLayout layout, double weightDecay) {
        this(layout, weightDecay, 0, new float[layout.size()], new float[layout.size()]);
    }

    /** Goes on from a saved state. */
    AdamW(ParameterLayout layout, double weightDecay, int step, float[] mean, float[] square) {
        this.weightDecay = (float) weightDecay;
        this.step = step;
        this.mean = mean.clone();
        this.square = square.clone();
        decayed = new boolean[layout.size()];
        for (ParameterLayout.Slice slice : layout.slices()) {
            for (int i = 0; i < slice.size(); i++) {
                decayed[slice.offset() + i] = slice.isMatrix();
            }
        }
    }

    /**
     * Moves the weights one step against the gradient.
     *
     * @return the gradient's norm before clipping
     */
    double update(float[] weights, float[] gradient, double learningRate) {
        step++;
        double norm = norm(gradient);
        if (!Double.isFinite(norm)) {
            throw new IllegalStateException("the gradient's norm is " + norm + " at step " + step);
        }
        float scale = (float) (norm > CLIP ? CLIP / norm : 1);
        float beta1 = (float) BETA1;
        float beta2 = (float) BETA2;
        float meanScale = (float) (learningRate / (1 - Math.pow(BETA1, step)));
        float squareScale = (float) (1 / (1 - Math.pow(BETA2, step)));
        float shrink = (float) (1 - learningRate * weightDecay);
        for (int i = 0; i < weights.length; i++) {
            float g = gradient[i] * scale;
            mean[i] = beta1 * mean[i] + (1 - beta1) * g;
            square[i] = beta2 * square[i] + (1 - beta2) * g * g;
            float kept = decayed[i] ? weights[i] * shrink : weights[i];
            weights[i] = kept - meanScale * mean[i] / ((float) Math.sqrt(square[i] * squareScale) + (float) EPSILON);
        }
        return norm;
    }

    private static double norm(float[] gradient) {
        double sum = 0;
        for (float g : gradient) {
            sum += (double) g * g;
        }
        return Math.sqrt(sum);
    }

    int step() {
        return step;
    }

    float[] mean() {
        return mean.clone();
    }

    float[] square() {
        return square.clone();
    }
}
