package pantheon.night.cli.models;

import pantheon.night.engine.decode.Scored;
import pantheon.night.model.decoder.Arithmetic;

/**
 * How far what a graph computes is what its weights say.
 *
 * @param tokens behind how many logits were compared
 * @param sameTop behind how many of them the likeliest token is the same, or as likely but for the last bits
 * @param greedy how many tokens the model went on with
 * @param sameGreedy how many of the first of them the weights would have gone on with
 * @param perplexity of the text, by the graph
 * @param plainPerplexity of the text, by the weights
 * @param greatestDifference of two logits
 */
record LogitAgreement(
        int tokens,
        int sameTop,
        int greedy,
        int sameGreedy,
        double perplexity,
        double plainPerplexity,
        double greatestDifference) {
    /** Two logits that are no further apart may change places in single precision. */
    private static final float LAST_BITS = 1e-3f;

    private static final double EXACT = 1e-4;
    private static final double FAST = 0.05;

    static LogitAgreement of(Scored scored, float[][] plain) {
        var tokens = scored.tokens();
        int sameTop = 0;
        double difference = 0;
        for (int i = 0; i < tokens.length; i++) {
            sameTop += isLikeliest(Scored.likeliest(scored.logits()[i]), plain[i]) ? 1 : 0;
            difference = Math.max(difference, difference(scored.logits()[i], plain[i]));
        }
        int same = scored.given();
        while (same < tokens.length && isLikeliest(tokens[same], plain[same - 1])) {
            same++;
        }
        return new LogitAgreement(
                tokens.length,
                sameTop,
                tokens.length - scored.given(),
                same - scored.given(),
                perplexity(scored, scored.logits()),
                perplexity(scored, plain),
                difference);
    }

    private static boolean isLikeliest(int token, float[] logits) {
        return logits[token] >= logits[Scored.likeliest(logits)] - LAST_BITS;
    }

    private static double difference(float[] some, float[] others) {
        double greatest = 0;
        for (int token = 0; token < some.length; token++) {
            greatest = Math.max(greatest, Math.abs(some[token] - others[token]));
        }
        return greatest;
    }

    /** e to the mean of what the text's tokens were a surprise by. */
    private static double perplexity(Scored scored, float[][] logits) {
        double surprise = 0;
        for (int i = 1; i < scored.given(); i++) {
            surprise += surprise(logits[i - 1], scored.tokens()[i]);
        }
        return Math.exp(surprise / Math.max(1, scored.given() - 1));
    }

    private static double surprise(float[] logits, int token) {
        double greatest = logits[Scored.likeliest(logits)];
        double sum = 0;
        for (float logit : logits) {
            sum += Math.exp(logit - greatest);
        }
        return greatest + Math.log(sum) - logits[token];
    }

    /** By how much the graph's perplexity is off, of that of the weights. */
    double perplexityOff() {
        return perplexity / plainPerplexity - 1;
    }

    /**
     * Whether that is as near as an arithmetic has to be: the same likeliest tokens and a perplexity within 0.01 % in
     * single precision, a perplexity within 5 % where activations are rounded.
     */
    boolean holds(Arithmetic arithmetic) {
        return switch (arithmetic) {
            case EXACT -> sameTop == tokens && Math.abs(perplexityOff()) <= EXACT;
            case FAST -> Math.abs(perplexityOff()) <= FAST;
        };
    }
}
