package pantheon.night.simulation;

import java.util.List;
import java.util.Random;

/** Chance that a seed decides: the same seed gives the same draws. */
final class Chance {
    private final Random random;

    Chance(long seed) {
        random = new Random(seed);
        random.nextLong(); // the first draws of seeds in a row are alike
    }

    /** A chance of its own that hangs on this one's seed and no later draw. */
    Chance fork() {
        return new Chance(random.nextLong());
    }

    /** From 0 to below the bound. */
    int below(int bound) {
        return random.nextInt(bound);
    }

    boolean oneIn(int times) {
        return below(times) == 0;
    }

    /** From 1 to 2^bits, each power of two as likely as the others. */
    int scaled(int bits) {
        return 1 + below(1 << below(bits + 1));
    }

    <T> T of(List<T> list) {
        return list.get(below(list.size()));
    }
}
