package pantheon.night.grammar.token;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;

/**
 * The tokens of a vocabulary by their bytes, as a tree in one flat array.
 *
 * <p>Nodes stand in the order of a walk: a node's first child follows it, and its next sibling is where its own part
 * ends. One {@code long} holds a node: byte, token, end of its part.
 */
public final class TokenTrie {
    public static final int ROOT = 0;
    /** The first byte of a control token's text, which no UTF-8 holds, so that no text can be taken for one. */
    public static final int CONTROL = 0xFF;

    private static final int NO_TOKEN = 0xFFFFFF;

    private final long[] nodes;
    private final int[] rootChild = new int[256];
    private final byte[][] tokens;
    /** Of tokens with the same bytes, each one's next, or -1. */
    private final int[] twins;

    private final int longest;
    /** The tokens with a character, those with the most first. */
    private final int[] byLength;
    /** For each number of characters, how many tokens have more. */
    private final int[] longer;

    /**
     * Builds the tree.
     *
     * @param tokens id → bytes, none for an id that stands for nothing; a control token's begin with {@link #CONTROL}
     */
    public TokenTrie(byte[][] tokens) {
        this.tokens = tokens;
        var ids = new ArrayList<Integer>();
        for (int id = 0; id < tokens.length; id++) {
            if (tokens[id].length > 0) {
                ids.add(id);
            }
        }
        ids.sort((a, b) -> {
            int order = Arrays.compareUnsigned(tokens[a], tokens[b]);
            return order != 0 ? order : Integer.compare(a, b);
        });
        twins = new int[tokens.length];
        Arrays.fill(twins, -1);
        var characters = Arrays.stream(tokens).mapToInt(TokenTrie::characters).toArray();
        byLength = ids.stream()
                .sorted(Comparator.comparingInt((Integer id) -> -characters[id]))
                .mapToInt(id -> id)
                .toArray();
        longer = new int[Arrays.stream(characters).max().orElse(0) + 1];
        for (int length = 0; length < longer.length; length++) {
            int bound = length;
            longer[length] =
                    (int) ids.stream().filter(id -> characters[id] > bound).count();
        }
        longest = ids.stream().mapToInt(id -> tokens[id].length).max().orElse(0);
        var building = new long[1 << 16];
        building[0] = node(0, NO_TOKEN);
        int size = 1;
        var path = new int[longest + 1];
        byte[] before = new byte[0];
        int beforeId = -1;
        for (int id : ids) {
            byte[] bytes = tokens[id];
            int shared = Arrays.mismatch(before, bytes);
            if (shared < 0 && beforeId >= 0) {
                twins[id] = twins[beforeId];
                twins[beforeId] = id;
                continue;
            }
            for (int depth = shared + 1; depth <= before.length; depth++) {
                building[path[depth]] |= (long) size << 32;
            }
            for (int depth = shared; depth < bytes.length; depth++) {
                if (size == building.length) {
                    building = Arrays.copyOf(building, size * 2);
                }
                path[depth + 1] = size;
                building[size++] = node(bytes[depth] & 0xFF, depth + 1 == bytes.length ? id : NO_TOKEN);
            }
            before = bytes;
            beforeId = id;
        }
        for (int depth = 1; depth <= before.length; depth++) {
            building[path[depth]] |= (long) size << 32;
        }
        building[0] |= (long) size << 32;
        nodes = Arrays.copyOf(building, size);
        Arrays.fill(rootChild, -1);
        for (int child = firstChild(ROOT); child < end(ROOT); child = end(child)) {
            rootChild[label(child)] = child;
        }
    }

    /** The most characters that bytes can begin: escapes count twice or more. */
    private static int characters(byte[] bytes) {
        int count = 0;
        for (byte b : bytes) {
            count += (b & 0xC0) == 0x80 ? 0 : 1;
        }
        return count;
    }

    private static long node(int label, int token) {
        return (long) label << 24 | token;
    }

    /** The byte that leads to a node. */
    public int label(int node) {
        return (int) (nodes[node] >> 24) & 0xFF;
    }

    /** The token that ends at a node, or -1. */
    public int token(int node) {
        int token = (int) nodes[node] & NO_TOKEN;
        return token == NO_TOKEN ? -1 : token;
    }

    /** Where a node's part ends, which is its next sibling if it has one. */
    public int end(int node) {
        return (int) (nodes[node] >>> 32);
    }

    public int firstChild(int node) {
        return node + 1;
    }

    /** The child by a byte, or -1. */
    public int child(int node, int label) {
        if (node == ROOT) {
            return rootChild[label];
        }
        for (int child = firstChild(node); child < end(node); child = end(child)) {
            if (label(child) >= label) {
                return label(child) == label ? child : -1;
            }
        }
        return -1;
    }

    /** Adds a token, and the others with the same bytes. */
    public void add(int token, TokenSet set) {
        set.add(token);
        for (int other = twins[token]; other >= 0; other = twins[other]) {
            set.add(other);
        }
    }

    /** A token's bytes, not to be changed; none for an id that stands for nothing. */
    public byte[] bytes(int token) {
        return tokens[token];
    }

    /** How many of {@link #byLength} may have more characters than a number. */
    public int longerThan(int characters) {
        return characters < 0 ? byLength.length : characters < longer.length ? longer[characters] : 0;
    }

    /** The tokens by the most characters they can have, falling. */
    public int byLength(int index) {
        return byLength[index];
    }

    /** One more than the greatest id. */
    public int size() {
        return tokens.length;
    }

    /** The bytes of the longest token. */
    public int longest() {
        return longest;
    }

    /** What the tree takes in memory, the tokens' own bytes not counted. */
    public long memoryBytes() {
        return 8L * nodes.length;
    }
}
