package pantheon.night.engine.sampling;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Takes tokens that are given, and tells how likely the model found them, one behind the other, among all tokens. */
public final class GivenTokens implements Sampler {
    private final int[] given;
    private final List<Integer> taken = new ArrayList<>();
    private double logLikelihood;

    /** @param given 1 token or more */
    public GivenTokens(int[] given) {
        this.given = given.clone();
    }

    @Override
    public int[] draft(int[] all) {
        return Arrays.copyOfRange(given, taken.size(), given.length);
    }

    @Override
    public Step next(float[] logits) {
        int token = given[taken.size()];
        logLikelihood += logits[token] - logOfSum(logits);
        taken.add(token);
        return taken.size() == given.length ? Step.ENDED : Step.WENT_ON;
    }

    private static double logOfSum(float[] logits) {
        float greatest = Float.NEGATIVE_INFINITY;
        for (float logit : logits) {
            greatest = Math.max(greatest, logit);
        }
        double sum = 0;
        for (float logit : logits) {
            sum += Math.exp(logit - greatest);
        }
        return greatest + Math.log(sum);
    }

    @Override
    public List<Integer> tokens() {
        return taken;
    }

    @Override
    public int forcedTokens() {
        return taken.size();
    }

    /** The natural logarithm of the likelihood of all that were taken. */
    public double logLikelihood() {
        return logLikelihood;
    }
}
