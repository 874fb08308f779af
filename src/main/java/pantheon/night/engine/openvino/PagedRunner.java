package pantheon.night.engine.openvino;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import pantheon.night.engine.decode.Runner;
import pantheon.night.engine.decode.Sequence;
import pantheon.night.engine.decode.Share;
import pantheon.night.engine.openvino.library.InferRequest;
import pantheon.night.engine.openvino.library.OpenVinoFailed;
import pantheon.night.model.MemoryNeed;

/**
 * A graph with paged attention as a runner: the tokens of all sequences of a run lie one behind the other, whatever each
 * has, and no row is filled up.
 */
final class PagedRunner implements Runner {
    /** Bounds the logits of one run to 16 MiB, for the graph gives out those of all tokens. */
    private static final int CHUNK_LOGITS = 1 << 22;

    private static final int MOST_CHUNK_TOKENS = 512;
    private static final int LEAST_CHUNK_TOKENS = 16;

    private final Network network;
    private final int sequences;
    private final KvBlocks pool;
    private final Logits logits;
    private RunWidth filled;
    private InferRequest request;

    /**
     * Opens a compiled graph.
     *
     * @param network closed with this
     * @param sequences how many may be open at once
     * @param contextTokens the most tokens of one
     */
    PagedRunner(Network network, int sequences, int contextTokens) {
        this.network = network;
        this.sequences = sequences;
        request = network.compiled().request();
        logits = Logits.of(request);
        var inputs = CacheInput.of(request, network.graph().attentions());
        int blocks = Math.ceilDiv(contextTokens, inputs.getFirst().tokens());
        // One more of each sequence, for a copy of the block that it goes on in, and some for what runs are filled up
        // with.
        pool = new KvBlocks(
                request, inputs, (blocks + 1) * sequences + blocks * MemoryNeed.KEPT_CONTEXTS + RunWidth.MOST_FILL);
        filled = RunWidth.ANY;
        if (sequences > 1) {
            filled = RunWidth.of(this, contextTokens);
        }
    }

    @Override
    public int sequences() {
        return sequences;
    }

    @Override
    public int chunkTokens() {
        return Math.clamp(CHUNK_LOGITS / logits.vocabulary(), LEAST_CHUNK_TOKENS, MOST_CHUNK_TOKENS);
    }

    @Override
    public boolean isRewoundForNothing() {
        return true;
    }

    @Override
    public long tokenBytes() {
        return pool.blockBytes() / pool.blockTokens();
    }

    KvBlocks pool() {
        return pool;
    }

    @Override
    public Sequence open() {
        return new BlockSequence(pool);
    }

    /** Whether sequences come out beside others as they do alone. */
    boolean isEqualBesideOthers() {
        return filled.isEqual();
    }

    @Override
    public float[][] run(List<Share> shares) {
        var filling = new ArrayList<Sequence>();
        try {
            return runAsTheyAre(filled.filled(this, shares, filling));
        } finally {
            filling.forEach(Sequence::close);
        }
    }

    private float[][] runAsTheyAre(List<Share> shares) {
        shares.forEach(share -> sequence(share).reserve(share.tokens().length));
        try (var inputs = new Integers(request)) {
            set(inputs, shares);
            request.infer();
        }
        shares.forEach(share -> sequence(share).appended(share.tokens().length));
        return logits.read(request, wanted(shares));
    }

    private static BlockSequence sequence(Share share) {
        return (BlockSequence) share.sequence();
    }

    private static void set(Integers inputs, List<Share> shares) {
        var befores =
                shares.stream().mapToInt(share -> share.sequence().tokens()).toArray();
        var ids = shares.stream()
                .flatMapToInt(share -> Arrays.stream(share.tokens()))
                .toArray();
        var positions = shares.stream().flatMapToInt(PagedRunner::positions).toArray();
        var blocks = shares.stream()
                .flatMapToInt(share -> Arrays.stream(sequence(share).blocks()))
                .toArray();
        inputs.longs("input_ids", ids, ids.length);
        inputs.longs("position_ids", positions, positions.length);
        inputs.ints("past_lens", befores, befores.length);
        begins(
                inputs,
                "subsequence_begins",
                shares.stream().map(share -> share.tokens().length).toList());
        begins(
                inputs,
                "block_indices_begins",
                shares.stream().map(share -> sequence(share).blocks().length).toList());
        inputs.ints("block_indices", blocks, blocks.length);
        inputs.ints("max_context_len", new int[] {most(shares)});
    }

    private static IntStream positions(Share share) {
        int before = share.sequence().tokens();
        return IntStream.range(before, before + share.tokens().length);
    }

    private static int most(List<Share> shares) {
        return shares.stream()
                .mapToInt(share -> share.sequence().tokens() + share.tokens().length)
                .max()
                .orElseThrow();
    }

    /** Where the parts of some lengths begin, and where the last one ends. */
    private static void begins(Integers inputs, String name, List<Integer> lengths) {
        var begins = new int[lengths.size() + 1];
        for (int i = 0; i < lengths.size(); i++) {
            begins[i + 1] = begins[i] + lengths.get(i);
        }
        inputs.ints(name, begins, begins.length);
    }

    /** The rows of the logits that are wanted. */
    private static int[] wanted(List<Share> shares) {
        var rows = new ArrayList<Integer>();
        int end = 0;
        for (var share : shares) {
            end += share.tokens().length;
            IntStream.range(end - share.wanted(), end).forEach(rows::add);
        }
        return rows.stream().mapToInt(row -> row).toArray();
    }

    @Override
    public boolean isSound() {
        try (var sequence = open()) {
            return Float.isFinite(run(List.of(new Share(sequence, new int[] {0}, 1)))[0][0]);
        } catch (OpenVinoFailed e) {
            return false;
        }
    }

    @Override
    public void rebuild() {
        var broken = request;
        request = network.compiled().request();
        pool.serve(request);
        broken.close();
    }

    @Override
    public void close() {
        request.close();
        pool.close();
        network.close();
    }
}
