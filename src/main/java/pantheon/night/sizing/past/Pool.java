package pantheon.night.sizing.past;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/** What a replication draws an agent's tasks from: a sample of its records' times, those of like length together. */
public final class Pool {
    private final double[][] millis;
    private final double[] mean;
    private final double[] variance;

    /**
     * @param sample times in milliseconds, one or more
     * @param lengths the class of each one's length, or {@link LengthClasses#ANY}, which is like every class
     * @param classes how many classes there are
     */
    public Pool(double[] sample, int[] lengths, int classes) {
        millis = new double[classes + 1][];
        mean = new double[classes + 1];
        variance = new double[classes + 1];
        for (int length = 0; length < classes; length++) {
            millis[length] = classes == 1 ? sample : of(length, sample, lengths);
        }
        millis[classes] = sample;
        for (int place = 0; place <= classes; place++) {
            millis[place] = millis[nearest(place)];
            mean[place] = mean(millis[place]);
            variance[place] = variance(millis[place], mean[place]);
        }
    }

    private static double[] of(int length, double[] sample, int[] lengths) {
        var some = new double[sample.length];
        int count = 0;
        for (int i = 0; i < sample.length; i++) {
            if (lengths[i] == length || lengths[i] == LengthClasses.ANY) {
                some[count++] = sample[i];
            }
        }
        return Arrays.copyOf(some, count);
    }

    /** The class that stands for one of which nothing was drawn. */
    private int nearest(int place) {
        for (int away = 0; away < millis.length; away++) {
            for (int other : new int[] {place - away, place + away}) {
                if (0 <= other && other < millis.length && millis[other].length > 0) {
                    return other;
                }
            }
        }
        throw new IllegalArgumentException("nothing to draw from");
    }

    private int place(int length) {
        return length == LengthClasses.ANY ? millis.length - 1 : length;
    }

    private static double mean(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return sum / values.length;
    }

    private static double variance(double[] values, double mean) {
        double sum = 0;
        for (double value : values) {
            sum += (value - mean) * (value - mean);
        }
        return sum / values.length;
    }

    /** A task of a class of length, or of any. */
    public double draw(int length, RandomGenerator random) {
        var from = millis[place(length)];
        return from[random.nextInt(from.length)];
    }

    /** The sum of many draws, normal by the central limit theorem. */
    public double sum(int length, int count, RandomGenerator random) {
        int place = place(length);
        return Math.max(0, count * mean[place] + Math.sqrt(count * variance[place]) * random.nextGaussian());
    }
}
