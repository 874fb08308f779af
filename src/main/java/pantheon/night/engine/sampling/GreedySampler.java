package pantheon.night.engine.sampling;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import pantheon.night.model.Tokenizer;

/** Takes whatever the model finds likeliest. */
public final class GreedySampler implements Sampler {
    private final Tokenizer tokenizer;
    private final Set<Integer> endTokens;
    private final List<Integer> tokens = new ArrayList<>();

    public GreedySampler(Tokenizer tokenizer, Set<Integer> endTokens) {
        this.tokenizer = tokenizer;
        this.endTokens = endTokens;
    }

    @Override
    public Step next(float[] logits) {
        int token = tokenizer.likeliest(logits);
        if (endTokens.contains(token)) {
            return Step.ENDED;
        }
        tokens.add(token);
        return Step.WENT_ON;
    }

    @Override
    public List<Integer> tokens() {
        return tokens;
    }

    @Override
    public int forcedTokens() {
        return 0;
    }
}
