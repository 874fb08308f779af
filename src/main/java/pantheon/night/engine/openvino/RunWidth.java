package pantheon.night.engine.openvino;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import pantheon.night.engine.decode.Sequence;
import pantheon.night.engine.decode.Share;

/**
 * How a runtime's results hang on how many tokens a run has. It multiplies one row, or a few, in another way than many, and
 * lets its threads divide the attention of few sequences in another way than that of many; so a sequence would come out
 * otherwise alone than beside others. From some number on they are the same bit for bit.
 *
 * @param least how many tokens a run has to have, 1 where it makes no difference; sequences of one token each fill it up
 * @param isEqual whether a row of a run of so many is what it is beside any others
 */
record RunWidth(int least, boolean isEqual) {
    /** Of a runner of one sequence, which is never beside another. */
    static final RunWidth ANY = new RunWidth(1, false);

    /** To fill up a run with more than this would cost more than it is worth. */
    static final int MOST_FILL = 8;

    private static final int[] TRIED = {1, 2, 3, 4, 5, 6, 7, MOST_FILL, 16, 33, 64};

    /** Keys and values of several blocks, which threads divide; those of one they do not. */
    private static final int BEFORE = 100;

    /**
     * Finds out from how many tokens on a sequence's logits stay as they are.
     *
     * @param contextTokens the most tokens of a sequence
     */
    static RunWidth of(PagedRunner runner, int contextTokens) {
        int before = Math.min(BEFORE, contextTokens - 1);
        var results = new float[TRIED.length][];
        try (var sequence = runner.open()) {
            runner.run(
                    List.of(new Share(sequence, IntStream.rangeClosed(1, before).toArray(), 1)));
            for (int i = 0; i < TRIED.length; i++) {
                results[i] = beside(runner, new Share(sequence, new int[] {4}, 1), TRIED[i] - 1);
                sequence.truncate(before);
            }
        }
        int least = TRIED.length - 1;
        while (least > 0 && Arrays.equals(results[least - 1], results[TRIED.length - 1])) {
            least--;
        }
        return TRIED[least] <= MOST_FILL ? new RunWidth(TRIED[least], true) : ANY;
    }

    /** A few others have a sequence each, more are of one sequence. */
    private static float[] beside(PagedRunner runner, Share share, int others) {
        var open = new ArrayList<Sequence>();
        try {
            return runner.run(beside(runner, share, others, open))[0].clone();
        } finally {
            open.forEach(Sequence::close);
        }
    }

    private static List<Share> beside(PagedRunner runner, Share share, int others, List<Sequence> open) {
        int each = others < MOST_FILL ? 1 : others;
        var shares = new ArrayList<>(List.of(share));
        for (int left = others; left > 0; left -= each) {
            open.add(runner.open());
            shares.add(new Share(open.getLast(), IntStream.rangeClosed(1, each).toArray(), 1));
        }
        return shares;
    }

    /** A run with sequences of one token that fill it up, which are added to those that are open. */
    List<Share> filled(PagedRunner runner, List<Share> shares, List<Sequence> open) {
        int tokens = shares.stream().mapToInt(share -> share.tokens().length).sum();
        var more = new ArrayList<>(shares);
        for (; tokens < least; tokens++) {
            open.add(runner.open());
            more.add(new Share(open.getLast(), new int[1], 1));
        }
        return more;
    }
}
