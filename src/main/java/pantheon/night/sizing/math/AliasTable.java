package pantheon.night.sizing.math;

import java.util.random.RandomGenerator;

/** Draws places by weight in constant time: Walker's alias method, built as Vose does. */
public final class AliasTable {
    private final double[] own;
    private final int[] alias;

    /** @param weights more than 0 together */
    AliasTable(double[] weights) {
        int count = weights.length;
        own = new double[count];
        alias = new int[count];
        double sum = 0;
        for (double weight : weights) {
            sum += weight;
        }
        var light = new int[count];
        var heavy = new int[count];
        int lights = 0;
        int heavies = 0;
        for (int i = 0; i < count; i++) {
            own[i] = weights[i] * count / sum;
            alias[i] = i;
            if (own[i] < 1) {
                light[lights++] = i;
            } else {
                heavy[heavies++] = i;
            }
        }
        while (lights > 0 && heavies > 0) {
            int small = light[--lights];
            int large = heavy[heavies - 1];
            alias[small] = large;
            own[large] -= 1 - own[small];
            if (own[large] < 1) {
                heavies--;
                light[lights++] = large;
            }
        }
        while (lights > 0) {
            own[light[--lights]] = 1; // what rounding left over
        }
    }

    public int draw(RandomGenerator random) {
        double target = random.nextDouble() * own.length;
        int place = (int) target;
        return target - place < own[place] ? place : alias[place];
    }
}
