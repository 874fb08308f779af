package pantheon.night.grammar.token;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** The tokens of a vocabulary by the most characters they can have, escapes counted twice or more. */
public final class TokenLengths {
    private final int[] falling;
    /** For each number of characters, how many tokens have more. */
    private final int[] longer;

    /** @param ids those that stand for something */
    TokenLengths(byte[][] tokens, List<Integer> ids) {
        var characters =
                Arrays.stream(tokens).mapToInt(TokenLengths::characters).toArray();
        falling = ids.stream()
                .sorted(Comparator.comparingInt((Integer id) -> -characters[id]))
                .mapToInt(id -> id)
                .toArray();
        longer = new int[Arrays.stream(characters).max().orElse(0) + 1];
        for (int length = 0; length < longer.length; length++) {
            int bound = length;
            longer[length] =
                    (int) ids.stream().filter(id -> characters[id] > bound).count();
        }
    }

    /** The most characters that bytes can begin. */
    private static int characters(byte[] bytes) {
        int count = 0;
        for (byte b : bytes) {
            count += (b & 0xC0) == 0x80 ? 0 : 1;
        }
        return count;
    }

    /** How many of {@link #token} may have more characters than a number. */
    public int longerThan(int characters) {
        return characters < 0 ? falling.length : characters < longer.length ? longer[characters] : 0;
    }

    /** A token by its index, those with the most characters first. */
    public int token(int index) {
        return falling[index];
    }
}
