package pantheon.night.trainer;

import java.util.Random;

/**
 * Random-token examples that show whether a model copies, with no language in them: a passage, and the passage again.
 *
 * @param distractors how many other passages share {@code sharedTokens} tokens with the true one and then go on
 *     differently; 0 for plain repeats
 */
record CopyTask(int vocabulary, int passageTokens, int distractors, int sharedTokens) {

    /** The next example: the repeat's tokens are learned except where nothing before tells them. */
    Example next(Random random) {
        int[] passage = tokens(random, passageTokens);
        int length = passageTokens * (distractors + 2);
        int[] tokens = new int[length];
        boolean[] learned = new boolean[length];
        int place = distractors == 0 ? 0 : random.nextInt(distractors + 1);
        int fork = sharedTokens + 2 + random.nextInt(Math.max(1, passageTokens - sharedTokens - 4));
        for (int i = 0; i <= distractors; i++) {
            int[] span = i == place ? passage : tokens(random, passageTokens);
            if (i != place) {
                System.arraycopy(passage, fork - sharedTokens, span, fork - sharedTokens, sharedTokens);
            }
            System.arraycopy(span, 0, tokens, i * passageTokens, passageTokens);
        }
        int repeat = (distractors + 1) * passageTokens;
        System.arraycopy(passage, 0, tokens, repeat, passageTokens);
        for (int i = repeat + 4; i < length; i++) {
            learned[i] = distractors == 0 || i == repeat + fork;
        }
        return new Example(tokens, learned);
    }

    private int[] tokens(Random random, int count) {
        return random.ints(count, 0, vocabulary).toArray();
    }
}
