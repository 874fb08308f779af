package pantheon.night.engine.sampling;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import pantheon.night.engine.Likelihood;
import pantheon.night.grammar.token.TokenSet;
import pantheon.night.model.Tokenizer;

/**
 * What the tokens weighed that a turn could go on with, at each place at which the grammar left a choice.
 *
 * <p>The likelihood of a value is the product, over those places, of its token's weight in that of all tokens that were
 * allowed. Another token that brings the value to its end counts for it too; one that brings only some of its characters
 * leaves open what follows, and counts against it. So the likelihoods of all values that could have stood there come to
 * one where each is cut into tokens in one way, and to less where the model was of two minds over that.
 */
final class Weights implements Likelihood {
    /** With more tokens than this to choose from a place is one of free text, and no choice. */
    private static final int MOST_TOKENS = 1 << 14;

    private final Tokenizer tokenizer;
    private final List<Integer> tokens;
    private final List<Place> places = new ArrayList<>();

    /**
     * A place at which the model chose.
     *
     * @param index of the token that it chose
     * @param at the byte of the turn that it stands before
     * @param free the byte from which more than one could come; what stands before is cut in one way or another
     * @param tokens those that were allowed; none where they were too many
     * @param weights theirs, not normalised
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Place(int index, int at, int free, int[] tokens, double[] weights) {}

    /** @param tokens of the turn; as many as there are when it is asked */
    Weights(Tokenizer tokenizer, List<Integer> tokens) {
        this.tokenizer = tokenizer;
        this.tokens = tokens;
    }

    /**
     * Notes a place behind the tokens so far.
     *
     * @param must how many bytes must come next, whatever tokens bring them
     */
    void note(TokenSet allowed, int must, float[] logits) {
        int count = allowed.size();
        if (count > 1) {
            var ids = count > MOST_TOKENS ? new int[0] : allowed.ids();
            int at = bytes();
            places.add(new Place(tokens.size(), at, at + must, ids, weights(ids, logits)));
        }
    }

    private int bytes() {
        return tokens.stream().mapToInt(this::length).sum();
    }

    private int length(int token) {
        return tokenizer.vocabulary().bytes(token).length;
    }

    private static double[] weights(int[] ids, float[] logits) {
        double greatest = Double.NEGATIVE_INFINITY;
        for (int id : ids) {
            greatest = Math.max(greatest, logits[id]);
        }
        var weights = new double[ids.length];
        for (int i = 0; i < ids.length; i++) {
            weights[i] = Math.exp(logits[ids[i]] - greatest);
        }
        return weights;
    }

    @Override
    public OptionalDouble of(String argument, int from, int to) {
        var text = tokenizer.decode(tokens).getBytes(StandardCharsets.UTF_8);
        double likelihood = 1;
        for (var place : places) {
            if (place.at < to && place.tokens.length == 0 && place.at >= from) {
                return OptionalDouble.empty();
            }
            likelihood *= place.at < to ? share(place, text, from, to) : 1;
        }
        return OptionalDouble.of(likelihood);
    }

    /** The part that goes to the value, of the weight of all tokens that begin one in its place. */
    private double share(Place place, byte[] text, int from, int to) {
        int chosen = tokens.get(place.index);
        int free = Math.max(from, place.free);
        boolean isBefore = place.at + length(chosen) <= free;
        double begun = 0;
        double same = 0;
        for (int i = 0; i < place.tokens.length; i++) {
            var bytes = tokenizer.vocabulary().bytes(place.tokens[i]);
            int alike = alike(bytes, text, place.at);
            if (alike >= Math.min(bytes.length, from - place.at)) {
                boolean isOpen = isBefore && place.at + bytes.length <= free;
                begun += place.weights[i];
                same += place.tokens[i] == chosen || isOpen || alike >= to - place.at ? place.weights[i] : 0;
            }
        }
        return same / begun;
    }

    /** How many bytes of a token are those of the turn from a byte on. */
    private static int alike(byte[] token, byte[] text, int at) {
        int alike = 0;
        while (alike < token.length && at + alike < text.length && token[alike] == text[at + alike]) {
            alike++;
        }
        return alike;
    }
}
