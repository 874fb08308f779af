package pantheon.night.document.fence;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;

/**
 * A linear model that says how likely a piece of code is of each language: multinomial logistic regression over
 * {@link CodeFeatures}, learnt by stochastic gradient descent. What is learnt from the same samples in the same order is
 * the same, bit for bit. Immutable.
 */
public final class LanguageModel {
    /** How often the samples are gone through. */
    private static final int PASSES = 10;
    /** The step of the first pass where weights are there already, and where there are none. */
    private static final float STEP = 2;

    private static final float FIRST_STEP = 4;
    private static final float SLOWER = 0.3f;
    private static final float BIAS = 0.1f;
    /** A smaller error moves nothing. */
    private static final float LEAST_ERROR = 2e-3f;
    /** The exponent that takes back how much too sure the model is, as measured on fences that people labelled later. */
    private static final double CALM = 0.9;
    /** How much more often fences without a language hold commands than labelled ones do, as a logarithm. */
    private static final float MORE_SHELL = 1;

    private final List<String> languages;
    /** By bucket, then by language; the last bucket is the bias. */
    private final float[] weights;

    private LanguageModel(List<String> languages, float[] weights) {
        this.languages = List.copyOf(languages);
        this.weights = weights;
    }

    /** A piece of code of which the language is known. */
    public record Sample(String language, String code) {}

    /** A model that knows nothing. */
    public static LanguageModel blank() {
        return new LanguageModel(List.of(), new float[0]);
    }

    /** The model that ships: languages that documentation is full of. */
    public static LanguageModel shipped() {
        try (var in = new DataInputStream(
                Objects.requireNonNull(LanguageModel.class.getResourceAsStream("/fence/languages.bin")))) {
            return read(in);
        } catch (IOException e) {
            throw new IllegalStateException("the languages of fences cannot be read", e);
        }
    }

    private static LanguageModel read(DataInputStream in) throws IOException {
        var languages = new ArrayList<String>();
        for (int left = in.readInt(); left > 0; left--) {
            languages.add(in.readUTF());
        }
        float unit = in.readFloat();
        var weights = new float[(CodeFeatures.BUCKETS + 1) * languages.size()];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = in.readByte() * unit;
        }
        return new LanguageModel(languages, weights);
    }

    /** Writes the model, each weight as one of 255 multiples of a unit. */
    public void write(OutputStream stream) throws IOException {
        var out = new DataOutputStream(stream);
        out.writeInt(languages.size());
        for (var language : languages) {
            out.writeUTF(language);
        }
        float most = 0;
        for (var weight : weights) {
            most = Math.max(most, Math.abs(weight));
        }
        float unit = most / 127;
        out.writeFloat(unit);
        for (var weight : weights) {
            out.writeByte(Math.round(weight / unit));
        }
        out.flush();
    }

    /** The model with the samples learnt over what it knew; their languages may be new to it. */
    public LanguageModel learnt(List<Sample> samples) {
        if (samples.isEmpty()) {
            return this;
        }
        var known = new LinkedHashSet<>(languages);
        samples.forEach(sample -> known.add(sample.language()));
        var all = List.copyOf(known);
        var learning = new Learning(all, widened(all.size()));
        var drawn = new ArrayList<>(samples.stream().map(learning::prepared).toList());
        var random = new Random(7);
        for (int pass = 0; pass < PASSES; pass++) {
            Collections.shuffle(drawn, random);
            float step = (languages.isEmpty() ? FIRST_STEP : STEP) / (1 + pass * SLOWER);
            drawn.forEach(sample -> learning.learn(sample, step));
        }
        return new LanguageModel(all, learning.weights);
    }

    private float[] widened(int width) {
        var wide = new float[(CodeFeatures.BUCKETS + 1) * width];
        for (int bucket = 0; bucket <= CodeFeatures.BUCKETS && !languages.isEmpty(); bucket++) {
            System.arraycopy(weights, bucket * languages.size(), wide, bucket * width, languages.size());
        }
        return wide;
    }

    List<String> languages() {
        return languages;
    }

    /** How likely a piece of code without a language is of each one that the model knows; together 1. */
    public Map<String, Double> likely(String code) {
        var all = new Learning(languages, weights).unlabelled(CodeFeatures.of(code));
        var likely = new LinkedHashMap<String, Double>();
        for (int i = 0; i < all.length; i++) {
            likely.put(languages.get(i), (double) all[i]);
        }
        return likely;
    }

    /** A sample as it is learnt. */
    private record Prepared(int language, CodeFeatures features) {}

    /** Weights while they change. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Learning(List<String> languages, float[] weights) {
        Prepared prepared(Sample sample) {
            return new Prepared(languages.indexOf(sample.language()), CodeFeatures.of(sample.code()));
        }

        void learn(Prepared sample, float step) {
            var errors = normalised(sums(sample.features()), 1);
            errors[sample.language()] -= 1;
            var wrong = new int[errors.length];
            int count = 0;
            for (int i = 0; i < errors.length; i++) {
                if (Math.abs(errors[i]) > LEAST_ERROR) {
                    wrong[count++] = i;
                }
            }
            var features = sample.features();
            for (int k = 0; k < features.places().length; k++) {
                move(features.places()[k], features.values()[k] * step, errors, wrong, count);
            }
            move(CodeFeatures.BUCKETS, BIAS * step, errors, wrong, count);
        }

        private void move(int bucket, float by, float[] errors, int[] wrong, int count) {
            for (int i = 0; i < count; i++) {
                weights[bucket * errors.length + wrong[i]] -= by * errors[wrong[i]];
            }
        }

        /** The probabilities of the languages for a fence that nobody labelled. */
        float[] unlabelled(CodeFeatures features) {
            var sums = sums(features);
            int shell = languages.indexOf(LanguageWords.SHELL);
            if (shell >= 0) {
                sums[shell] += MORE_SHELL;
            }
            return normalised(sums, CALM);
        }

        private float[] sums(CodeFeatures features) {
            int width = languages.size();
            var sums = new float[width];
            System.arraycopy(weights, CodeFeatures.BUCKETS * width, sums, 0, width);
            for (int k = 0; k < features.places().length; k++) {
                int at = features.places()[k] * width;
                for (int i = 0; i < width; i++) {
                    sums[i] += weights[at + i] * features.values()[k];
                }
            }
            return sums;
        }

        /** @param calm 1 for what the weights say; less for less sure */
        private static float[] normalised(float[] sums, double calm) {
            float most = Float.NEGATIVE_INFINITY;
            for (var sum : sums) {
                most = Math.max(most, sum);
            }
            double all = 0;
            for (int i = 0; i < sums.length; i++) {
                sums[i] = (float) StrictMath.exp((sums[i] - most) * calm);
                all += sums[i];
            }
            for (int i = 0; i < sums.length; i++) {
                sums[i] /= (float) all;
            }
            return sums;
        }
    }
}
