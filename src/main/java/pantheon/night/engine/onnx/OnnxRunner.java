package pantheon.night.engine.onnx;

import ai.onnxruntime.OrtException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import pantheon.night.engine.decode.Runner;
import pantheon.night.engine.decode.Sequence;
import pantheon.night.engine.decode.Share;

/**
 * A decoder's graph as a runner.
 *
 * <p>Shares of one token go beside one another in one run where the graph takes that; longer ones go one by one, since
 * {@code GroupQueryAttention} appends more than one token to a past at batch 1 alone.
 */
final class OnnxRunner implements Runner {
    /** Bounds the logits of one run to 16 MiB in fp32, where the graph gives out those of all tokens. */
    private static final int CHUNK_LOGITS = 1 << 22;

    private static final int MOST_CHUNK_TOKENS = 512;
    private static final int LEAST_CHUNK_TOKENS = 16;
    /** Where logits are picked, a chunk's size is bounded by what the layers between take. */
    private static final int PICKED_CHUNK_TOKENS = 128;

    private final Decoder decoder;
    private final int sequences;
    private final Runnable check;
    private final GraphTrial.Rows beside;
    private final @Nullable KvRows rows;
    private float[][] logits = {};

    /**
     * Finds out what the graph can do.
     *
     * @param decoder closed with this
     * @param sequences how many may be open at once
     * @param contextTokens the most tokens of one
     * @param check throws where the files that a graph is loaded from are others than at first
     */
    OnnxRunner(Decoder decoder, int sequences, int contextTokens, Runnable check) {
        this.decoder = decoder;
        this.sequences = sequences;
        this.check = check;
        var trial = new GraphTrial(decoder);
        boolean inPlace = trial.appendsInPlace();
        beside = inPlace ? trial.rows(sequences) : GraphTrial.Rows.ALONE;
        rows = inPlace ? new KvRows(decoder.names().kv(), decoder.tensors(), sequences, contextTokens) : null;
    }

    @Override
    public int sequences() {
        return sequences;
    }

    @Override
    public int chunkTokens() {
        return decoder.names().picksRows()
                ? PICKED_CHUNK_TOKENS
                : Math.clamp(CHUNK_LOGITS / decoder.names().vocabulary(), LEAST_CHUNK_TOKENS, MOST_CHUNK_TOKENS);
    }

    @Override
    public boolean isRewoundForNothing() {
        return isInPlace();
    }

    @Override
    public long tokenBytes() {
        return decoder.names().kv().stream()
                .mapToLong(tensor -> tensor.bytes(1))
                .sum();
    }

    boolean isInPlace() {
        return rows != null;
    }

    /** What becomes of sequences that are run beside one another. */
    GraphTrial.Rows beside() {
        return beside;
    }

    @Override
    public Sequence open() {
        return rows == null ? new KvPair(decoder.names().kv(), decoder.tensors()) : rows.open();
    }

    @Override
    public float[][] run(List<Share> shares) {
        int count = shares.stream().mapToInt(Share::wanted).sum();
        if (logits.length < count) {
            logits = new float[count][decoder.names().vocabulary()];
        }
        try {
            int alone = together(shares);
            int place = 0;
            for (var share : shares) {
                if (alone < 2 || share.tokens().length > 1) {
                    run(share, places(place, share.wanted()));
                }
                place += share.wanted();
            }
            return logits;
        } catch (OrtException e) {
            throw decoder.unusable(e);
        }
    }

    @Override
    public boolean isSound() {
        return new GraphTrial(decoder).isSound(isInPlace());
    }

    @Override
    public void rebuild() {
        decoder.reload();
        check.run();
    }

    private float[][] places(int first, int count) {
        return IntStream.range(first, first + count).mapToObj(i -> logits[i]).toArray(float[][]::new);
    }

    private void run(Share share, float[][] into) throws OrtException {
        var sequence = (KvSequence) share.sequence();
        try (var binding = sequence.open(share.tokens().length)) {
            decoder.run(Feed.of(share.tokens(), sequence.tokens(), share.wanted()), binding, into);
        }
        sequence.appended(share.tokens().length);
    }

    /** Runs the shares of one token beside one another; gives back how many they were, 0 where none was run. */
    private int together(List<Share> shares) throws OrtException {
        if (rows == null || beside == GraphTrial.Rows.ALONE) {
            return 0;
        }
        var singles = new ArrayList<KvRows.Row>();
        shares.stream()
                .filter(share -> share.tokens().length == 1)
                .forEach(share -> singles.add((KvRows.Row) share.sequence()));
        if (singles.size() < 2) {
            return 0;
        }
        var span = rows.open(singles);
        try (var binding = span.binding()) {
            runTogether(shares, span, binding);
        }
        singles.forEach(row -> row.appended(1));
        return singles.size();
    }

    /** A row between that has no share runs a token for nothing, which the next of its own is written over. */
    private void runTogether(List<Share> shares, KvRows.Span span, KvBinding binding) throws OrtException {
        var ids = new int[span.rows().size()];
        var wanted = new ArrayList<Integer>();
        var into = new float[ids.length][];
        int place = 0;
        for (var share : shares) {
            if (share.tokens().length == 1) {
                int row = span.rows().indexOf((KvRows.Row) share.sequence());
                ids[row] = share.tokens()[0];
                wanted.add(row);
                into[row] = logits[place];
            }
            place += share.wanted();
        }
        var rising = wanted.stream().mapToInt(row -> row).sorted().toArray();
        var targets = IntStream.of(rising).mapToObj(row -> into[row]).toArray(float[][]::new);
        decoder.run(new Feed(ids, span.befores(), rising), binding, targets);
    }

    @Override
    public void close() {
        if (rows != null) {
            rows.close();
        }
        decoder.close();
    }
}
