package pantheon.night.sizing.math;

import java.util.random.RandomGenerator;

/** Draws places by weight in constant time: Walker's alias method, built as Vose does. */
public final class AliasTable {
    private final double[] own;
    private final int[] alias;

    /** Places, of which the last one is taken first. */
    private static final class Stack {
        private final int[] places;
        private int count;

        private Stack(int most) {
            places = new int[most];
        }

        private boolean isEmpty() {
            return count == 0;
        }

        private void push(int place) {
            places[count++] = place;
        }

        private int pop() {
            return places[--count];
        }
    }

    /** @param weights more than 0 together */
    AliasTable(double[] weights) {
        int count = weights.length;
        own = new double[count];
        alias = new int[count];
        double sum = 0;
        for (double weight : weights) {
            sum += weight;
        }
        var light = new Stack(count);
        var heavy = new Stack(count);
        for (int i = 0; i < count; i++) {
            own[i] = weights[i] * count / sum;
            alias[i] = i;
            (own[i] < 1 ? light : heavy).push(i);
        }
        fill(light, heavy);
    }

    /** What a light place leaves free goes to a heavy one, which may be light then. */
    private void fill(Stack light, Stack heavy) {
        while (!light.isEmpty() && !heavy.isEmpty()) {
            int small = light.pop();
            int large = heavy.pop();
            alias[small] = large;
            own[large] -= 1 - own[small];
            (own[large] < 1 ? light : heavy).push(large);
        }
        while (!light.isEmpty()) {
            own[light.pop()] = 1; // what rounding left over
        }
    }

    public int draw(RandomGenerator random) {
        double target = random.nextDouble() * own.length;
        int place = (int) target;
        return target - place < own[place] ? place : alias[place];
    }
}
