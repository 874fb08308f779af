package pantheon.night.grammar;

import java.util.Arrays;
import pantheon.night.grammar.token.TokenSet;

/** What lies between quotes, from one place on: the tokens that stay inside, and the ways out. */
final class Inside {
    private final TokenSet tokens;
    private int[] exits = new int[8];
    private int[] lengths = new int[8];
    private int count;

    /** @param tokens those that stay inside; they may still come */
    Inside(TokenSet tokens) {
        this.tokens = tokens;
    }

    /** Adds a node behind a closing quote, and the number of characters before it. */
    void add(int exit, int length) {
        if (count == exits.length) {
            exits = Arrays.copyOf(exits, 2 * count);
            lengths = Arrays.copyOf(lengths, 2 * count);
        }
        exits[count] = exit;
        lengths[count++] = length;
    }

    TokenSet tokens() {
        return tokens;
    }

    /** The number of ways out. */
    int exits() {
        return count;
    }

    /** The node behind a closing quote. */
    int exit(int index) {
        return exits[index];
    }

    /** The characters before a closing quote. */
    int length(int index) {
        return lengths[index];
    }
}
