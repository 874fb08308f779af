package pantheon.night.engine.openvino;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import pantheon.night.engine.decode.Share;

/**
 * How a runtime's results hang on how many tokens a run has. It multiplies one row, or a few, in another way than many, so
 * that a sequence would come out otherwise alone than beside others. From some number on they are the same bit for bit.
 *
 * @param least how many tokens a run has to have, 1 where it makes no difference
 * @param isEqual whether a row of a run of so many is what it is beside any others
 */
record RunWidth(int least, boolean isEqual) {
    /** Of a runner of one sequence, which is never beside another. */
    static final RunWidth ANY = new RunWidth(1, false);

    /** To fill up a run with more than this would cost more than it is worth. */
    private static final int MOST_FILL = 8;

    private static final int[] TRIED = {1, 2, 3, 4, 5, 6, 7, 8, 16, 33, 64};

    /** Finds out from how many tokens on a sequence's logits stay as they are. */
    static RunWidth of(PagedRunner runner) {
        var results = new float[TRIED.length][];
        try (var sequence = runner.open()) {
            runner.run(List.of(new Share(sequence, new int[] {1, 2, 3}, 1)));
            for (int i = 0; i < TRIED.length; i++) {
                results[i] = beside(runner, new Share(sequence, new int[] {4}, 1), TRIED[i] - 1);
                sequence.truncate(3);
            }
        }
        int least = TRIED.length - 1;
        while (least > 0 && Arrays.equals(results[least - 1], results[TRIED.length - 1])) {
            least--;
        }
        return TRIED[least] <= MOST_FILL ? new RunWidth(TRIED[least], true) : ANY;
    }

    private static float[] beside(PagedRunner runner, Share share, int others) {
        if (others == 0) {
            return runner.run(List.of(share))[0].clone();
        }
        try (var other = runner.open()) {
            var filling = new Share(other, IntStream.rangeClosed(1, others).toArray(), 1);
            return runner.run(List.of(share, filling))[0].clone();
        }
    }
}
