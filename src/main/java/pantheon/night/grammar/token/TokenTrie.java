package pantheon.night.grammar.token;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

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
    /** Tokens of so many characters or more count alike. */
    private static final int LONG = Byte.MAX_VALUE;

    private final long[] nodes;
    private final int[] rootChild = new int[256];
    private final byte[][] tokens;
    /** Of tokens with the same bytes, each one's next, or -1. */
    private final int[] twins;

    private final int longest;
    private final TokenSlices slices;
    /** For each node, what the tokens below it and its own are made of, and the length of the longest. */
    private final int[] groups;

    private final byte[] characters;

    /**
     * Builds the tree.
     *
     * @param tokens id → bytes, none for an id that stands for nothing; a control token's begin with {@link #CONTROL}
     */
    public TokenTrie(byte[][] tokens) {
        this.tokens = tokens;
        var sorted = sorted(tokens);
        slices = new TokenSlices(tokens);
        longest = sorted.stream().mapToInt(id -> tokens[id].length).max().orElse(0);
        var builder = new Builder(tokens, longest);
        sorted.forEach(builder::add);
        nodes = builder.nodes();
        twins = builder.twins;
        groups = new int[nodes.length];
        characters = new byte[nodes.length];
        for (int node = nodes.length - 1; node >= ROOT; node--) {
            sumUp(node);
        }
        Arrays.fill(rootChild, -1);
        for (int child = firstChild(ROOT); child < end(ROOT); child = end(child)) {
            rootChild[label(child)] = child;
        }
    }

    private void sumUp(int node) {
        int token = token(node);
        int made = token < 0 ? 0 : slices.groups(token);
        int most = token < 0 ? 0 : Math.min(slices.characters(token), LONG);
        for (int child = firstChild(node); child < end(node); child = end(child)) {
            made |= groups[child];
            most = Math.max(most, characters[child]);
        }
        groups[node] = made;
        characters[node] = (byte) most;
    }

    /** The ids that stand for something, by their bytes. */
    private static List<Integer> sorted(byte[][] tokens) {
        return IntStream.range(0, tokens.length)
                .filter(id -> tokens[id].length > 0)
                .boxed()
                .sorted((a, b) -> Arrays.compareUnsigned(tokens[a], tokens[b]))
                .toList();
    }

    /** The nodes, as tokens come one after the other by their bytes. */
    private static final class Builder {
        private static final byte[] NOTHING = {};

        private final byte[][] tokens;
        private final int[] twins;
        private long[] nodes = new long[1 << 16];
        private int size = 1;
        /** The nodes from the root to the token before, by depth. */
        private final int[] path;

        private byte[] before = NOTHING;
        private int beforeId = -1;

        Builder(byte[][] tokens, int longest) {
            this.tokens = tokens;
            twins = new int[tokens.length];
            Arrays.fill(twins, -1);
            path = new int[longest + 1];
            nodes[ROOT] = node(0, NO_TOKEN);
        }

        void add(int id) {
            byte[] bytes = tokens[id];
            int shared = Arrays.mismatch(before, bytes);
            if (shared < 0) {
                twins[id] = twins[beforeId];
                twins[beforeId] = id;
            } else {
                branchOff(id, bytes, shared);
            }
        }

        private void branchOff(int id, byte[] bytes, int shared) {
            end(shared + 1);
            for (int depth = shared; depth < bytes.length; depth++) {
                path[depth + 1] = size;
                append(node(bytes[depth] & 0xFF, depth + 1 == bytes.length ? id : NO_TOKEN));
            }
            before = bytes;
            beforeId = id;
        }

        private void append(long node) {
            if (size == nodes.length) {
                nodes = Arrays.copyOf(nodes, size * 2);
            }
            nodes[size++] = node;
        }

        /** Ends the parts on the path from a depth on. */
        private void end(int from) {
            for (int depth = from; depth <= before.length; depth++) {
                nodes[path[depth]] |= (long) size << 32;
            }
        }

        long[] nodes() {
            end(ROOT);
            return Arrays.copyOf(nodes, size);
        }
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

    /** Adds all tokens from a node on. */
    public void addAll(int node, TokenSet set) {
        int end = end(node);
        for (int below = node; below < end; below++) {
            int token = token(below);
            if (token >= 0) {
                add(token, set);
            }
        }
    }

    /** Removes all tokens from a node on. */
    public void removeAll(int node, TokenSet set) {
        int end = end(node);
        for (int below = node; below < end; below++) {
            int token = token(below);
            if (token >= 0) {
                remove(token, set);
            }
        }
    }

    /** Removes a token, and the others with the same bytes. */
    public void remove(int token, TokenSet set) {
        set.remove(token);
        for (int other = twins[token]; other >= 0; other = twins[other]) {
            set.remove(other);
        }
    }

    /** A token's bytes, not to be changed; none for an id that stands for nothing. */
    public byte[] bytes(int token) {
        return tokens[token];
    }

    public TokenSlices slices() {
        return slices;
    }

    /**
     * Whether all tokens from a node on are in a slice.
     *
     * @param length the most characters of the slice's tokens, the greatest number for any
     */
    public boolean isWithin(int node, int ofGroups, int length) {
        return (groups[node] & ~ofGroups) == 0
                && (characters[node] < LONG ? characters[node] <= length : length == Integer.MAX_VALUE);
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
        return (8L + Integer.BYTES + Byte.BYTES) * nodes.length;
    }
}
