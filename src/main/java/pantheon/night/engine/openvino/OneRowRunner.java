package pantheon.night.engine.openvino;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import pantheon.night.engine.decode.Runner;
import pantheon.night.engine.decode.Sequence;
import pantheon.night.engine.decode.Share;
import pantheon.night.engine.openvino.library.InferRequest;
import pantheon.night.engine.openvino.library.OpenVinoFailed;
import pantheon.night.model.ir.IrGraph;

/**
 * A graph that keeps keys and values itself as a runner of one sequence. They can be neither read nor cut: a new request is
 * the only way to begin anew.
 */
final class OneRowRunner implements Runner {
    private static final int CHUNK_TOKENS = 64;

    private final Network network;
    private final Logits logits;
    private InferRequest request;

    /**
     * Opens a compiled graph.
     *
     * @param network closed with this
     */
    OneRowRunner(Network network) {
        this.network = network;
        request = network.compiled().request();
        logits = Logits.of(request);
    }

    /** The one sequence that there is. */
    private final class Row implements Sequence {
        private int tokens;

        @Override
        public int tokens() {
            return tokens;
        }

        /** Forgets all where it has more. */
        @Override
        public void truncate(int length) {
            if (length < tokens) {
                forget();
            }
        }

        private void forget() {
            rebuild();
            tokens = 0;
        }

        @Override
        public Kept keep(int length) {
            return NOTHING;
        }

        @Override
        public void restore(Kept kept, int length) {
            throw new IllegalStateException("nothing is ever kept of it");
        }

        @Override
        public void close() {
            truncate(0);
        }
    }

    /** More than anybody has room for. */
    private static final Sequence.Kept NOTHING = new Sequence.Kept() {
        @Override
        public long bytes() {
            return Long.MAX_VALUE;
        }

        @Override
        public void close() {
            // there is nothing
        }
    };

    @Override
    public int sequences() {
        return 1;
    }

    @Override
    public int chunkTokens() {
        return CHUNK_TOKENS;
    }

    @Override
    public boolean isRewoundForNothing() {
        return false;
    }

    /** As many as they are outside of the library, whatever they are inside. */
    @Override
    public long tokenBytes() {
        return network.graph().tokenNumbers() * Float.BYTES;
    }

    @Override
    public Sequence open() {
        return new Row();
    }

    @Override
    public float[][] run(List<Share> shares) {
        var share = shares.getFirst();
        var row = (Row) share.sequence();
        int count = share.tokens().length;
        try (var inputs = new Integers(request)) {
            set(inputs, network.graph(), share.tokens(), row.tokens);
            request.infer();
        } catch (OpenVinoFailed e) {
            row.forget(); // nobody knows how far it has come
            throw e;
        }
        row.tokens += count;
        return logits.read(
                request, IntStream.range(count - share.wanted(), count).toArray());
    }

    private static void set(Integers inputs, IrGraph graph, int[] ids, int before) {
        var ones = new int[before + ids.length];
        Arrays.fill(ones, 1);
        inputs.longs("input_ids", ids, 1, ids.length);
        if (graph.inputs().contains("attention_mask")) {
            inputs.longs("attention_mask", ones, 1, ones.length);
        }
        if (graph.inputs().contains("position_ids")) {
            var positions = IntStream.range(before, before + ids.length).toArray();
            inputs.longs("position_ids", positions, 1, positions.length);
        }
        if (graph.inputs().contains("beam_idx")) {
            inputs.ints("beam_idx", new int[1], 1);
        }
    }

    @Override
    public boolean isSound() {
        try (var trial = network.compiled().request();
                var inputs = new Integers(trial)) {
            set(inputs, network.graph(), new int[1], 0);
            trial.infer();
            return Float.isFinite(logits.read(trial, new int[1])[0][0]);
        } catch (OpenVinoFailed e) {
            return false;
        }
    }

    @Override
    public void rebuild() {
        request.close();
        request = network.compiled().request();
    }

    @Override
    public void close() {
        request.close();
        network.close();
    }
}
