package pantheon.night.grammar.token;

import pantheon.night.LastUsed;
import pantheon.night.language.free.CharacterGroups;

/**
 * The tokens by what they are made of: those of whole characters of some groups, up to some length, are a slice, whose
 * set is made once. Safe for use by several threads.
 */
public final class TokenSlices {
    private static final int MOST_KEPT = 96;
    /** Lengths that have sets of their own; others are cut down to one of these. */
    private static final int[] LENGTHS = {1, 2, 3, 4, 5, 6, 8, 10, 12, 16, 20, 24, 32, 48, 64, 96};

    private final int[] groups;
    private final int[] characters;
    private final int longest;
    private final LastUsed<Long, TokenSet> kept = new LastUsed<>(MOST_KEPT);

    /** @param tokens id → bytes, none for an id that stands for nothing */
    TokenSlices(byte[][] tokens) {
        groups = new int[tokens.length];
        characters = new int[tokens.length];
        int most = 0;
        for (int id = 0; id < tokens.length; id++) {
            groups[id] = tokens[id].length == 0 ? CharacterGroups.NONE : CharacterGroups.of(tokens[id]);
            characters[id] = characters(tokens[id]);
            most = Math.max(most, characters[id]);
        }
        longest = most;
    }

    private static int characters(byte[] bytes) {
        int count = 0;
        for (byte b : bytes) {
            count += (b & 0xC0) == 0x80 ? 0 : 1;
        }
        return count;
    }

    /** The groups of a token's characters, by their bits. */
    int groups(int token) {
        return groups[token];
    }

    /** The characters of a token, a begun one counted. */
    int characters(int token) {
        return characters[token];
    }

    /** The greatest length with a set of its own that is not beyond another. */
    public int cut(int length) {
        if (length >= longest) {
            return longest;
        }
        int cut = 0;
        for (int own : LENGTHS) {
            cut = own <= length ? own : cut;
        }
        return cut;
    }

    /**
     * The tokens of whole characters of some groups; not to be changed.
     *
     * @param length the most characters, one of those that {@link #cut} gives
     */
    public synchronized TokenSet slice(int ofGroups, int length) {
        return kept.get((long) length << Integer.SIZE | ofGroups, () -> find(ofGroups, length));
    }

    private TokenSet find(int ofGroups, int length) {
        var found = new TokenSet(groups.length);
        for (int id = 0; id < groups.length; id++) {
            if ((groups[id] & ~ofGroups) == 0 && characters[id] <= length) {
                found.add(id);
            }
        }
        return found;
    }
}
