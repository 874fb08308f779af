package pantheon.night.engine.sampling;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import pantheon.night.engine.Likelihood;
import pantheon.night.grammar.TokenMatcher;
import pantheon.night.model.Tokenizer;

/**
 * Takes what a grammar allows.
 *
 * <p>The likeliest token is tried by itself first; the mask is made only where it is refused. Bytes that must come are
 * added as tokens without asking the model, as long as they are the tokens that the tokenizer makes of the whole turn:
 * all but the last one, which what follows might have become part of.
 */
public final class ConstrainedSampler implements Sampler {
    private final Tokenizer tokenizer;
    private final TokenMatcher matcher;
    private final Set<Integer> endTokens;
    private final int room;
    private final List<Integer> tokens = new ArrayList<>();
    private final ForcedTokens borders;
    private final @Nullable Weights weights;
    private int forced;

    /** One that does not tell how likely what it chose was. */
    public ConstrainedSampler(Tokenizer tokenizer, TokenMatcher matcher, Set<Integer> endTokens, int room) {
        this(tokenizer, matcher, endTokens, room, false);
    }

    /**
     * @param room the most tokens that the turn can have, its end not counted
     * @param weighs whether it tells how likely what it chose was
     */
    public ConstrainedSampler(
            Tokenizer tokenizer, TokenMatcher matcher, Set<Integer> endTokens, int room, boolean weighs) {
        this.tokenizer = tokenizer;
        this.matcher = matcher;
        this.endTokens = endTokens;
        this.room = room;
        borders = new ForcedTokens(tokenizer);
        this.weights = weighs ? new Weights(tokenizer, tokens) : null;
    }

    @Override
    public void begin() {
        if (matcher.rest() <= room) {
            force();
        }
    }

    @Override
    public int admits(int[] draft) {
        return matcher.allowed(draft);
    }

    @Override
    public Step next(float[] logits) {
        if (matcher.rest() > room - tokens.size()) {
            return Step.NO_ROOM;
        }
        if (matcher.mayEnd() && (matcher.isComplete() || endTokens.contains(tokenizer.likeliest(logits)))) {
            return Step.ENDED;
        }
        weigh(logits);
        take(choose(logits));
        force();
        return matcher.isComplete() ? Step.LAST : Step.WENT_ON;
    }

    private void weigh(float[] logits) {
        if (weights != null) {
            weights.note(matcher.mask(room - tokens.size() - 1), matcher.certain(), logits);
        }
    }

    private int choose(float[] logits) {
        int left = room - tokens.size() - 1;
        int likeliest = tokenizer.likeliest(logits);
        if (matcher.allows(likeliest, left)) {
            return likeliest;
        }
        int allowed = matcher.mask().likeliest(logits);
        if (allowed < 0 || matcher.allows(allowed, left)) {
            return allowed;
        }
        int closing = matcher.mask(left).likeliest(logits);
        return closing < 0 ? allowed : closing;
    }

    private void take(int token) {
        if (token < 0 || !matcher.take(token)) {
            throw new IllegalStateException("the grammar allows no token after " + tokenizer.decode(tokens));
        }
        tokens.add(token);
    }

    /** Adds what must come: all but the last token, which what follows may become part of, or all where nothing does. */
    private void force() {
        var must = matcher.forced();
        if (must.bytes().length == 0 || (must.bytes().length == 1 && !must.isWhole())) {
            return;
        }
        var more = borders.behind(tokens, must.bytes());
        int count = must.isWhole() ? more.length : more.length - 1;
        for (int i = 0; i < count && matcher.allows(more[i], room - tokens.size() - 1); i++) {
            take(more[i]);
            forced++;
        }
    }

    @Override
    public List<Integer> tokens() {
        return tokens;
    }

    @Override
    public int forcedTokens() {
        return forced;
    }

    @Override
    public Likelihood likelihood() {
        return weights == null ? Likelihood.UNTOLD : weights;
    }
}
