package pantheon.night.engine.onnx;

import ai.onnxruntime.OrtException;
import java.util.Arrays;
import java.util.stream.IntStream;

/** What a graph can do that nothing in its inputs and outputs says, found out by trying. */
final class GraphTrial {
    /** How far logits may be apart, of the greatest, for two ways of the same computation. */
    private static final float TOLERANCE = 0.02f;

    private final Decoder decoder;

    GraphTrial(Decoder decoder) {
        this.decoder = decoder;
    }

    /** What becomes of rows that are run beside one another. */
    enum Rows {
        /** Each is, bit for bit, what it is alone. */
        EQUAL,
        /** Each is what it is alone but for the last bits. */
        DIFFER,
        /** They cannot be. */
        ALONE
    }

    /** Whether the graph takes one buffer as past and as present: the logits must be those of separate buffers. */
    boolean appendsInPlace() {
        var kv = decoder.names().kv();
        try (var apart = new KvPair(kv, decoder.tensors());
                var block = new KvRows(kv, decoder.tensors(), 1, 1)) {
            var shared = block.open();
            run(new int[] {0, 1}, apart);
            run(new int[] {0, 1}, shared);
            return difference(run(new int[] {2}, apart), run(new int[] {2}, shared)) <= TOLERANCE;
        } catch (OrtException e) {
            return false;
        }
    }

    /** Whether a token can be run. */
    boolean isSound(boolean inPlace) {
        var kv = decoder.names().kv();
        try (var block = new KvRows(kv, decoder.tensors(), 1, 1);
                var sequence = inPlace ? block.open() : new KvPair(kv, decoder.tensors())) {
            return Float.isFinite(run(new int[] {0}, sequence)[0]);
        } catch (OrtException e) {
            return false;
        }
    }

    /** How some rows of different lengths come out beside one another, of a graph that appends in place. */
    Rows rows(int count) {
        if (count == 1) {
            return Rows.ALONE;
        }
        try (var block = new KvRows(decoder.names().kv(), decoder.tensors(), count, count + 1)) {
            var rows = IntStream.range(0, count).mapToObj(i -> block.open()).toList();
            var alone = new float[count][];
            for (int i = 0; i < count; i++) {
                run(IntStream.rangeClosed(0, i).toArray(), rows.get(i));
                alone[i] = run(new int[] {i}, rows.get(i));
                rows.get(i).truncate(i + 1);
            }
            var together = new float[count][decoder.names().vocabulary()];
            var all = IntStream.range(0, count).toArray();
            var span = block.open(rows);
            try (var binding = span.binding()) {
                decoder.tryOut(new Feed(all, span.befores(), all), binding, together);
            }
            return compared(alone, together);
        } catch (OrtException e) {
            return Rows.ALONE;
        }
    }

    private static Rows compared(float[][] alone, float[][] together) {
        if (Arrays.deepEquals(alone, together)) {
            return Rows.EQUAL;
        }
        boolean alike =
                IntStream.range(0, alone.length).allMatch(row -> difference(alone[row], together[row]) <= TOLERANCE);
        return alike ? Rows.DIFFER : Rows.ALONE;
    }

    /** Runs a token or more; the logits behind the last. */
    float[] run(int[] ids, KvSequence sequence) throws OrtException {
        var logits = new float[1][decoder.names().vocabulary()];
        try (var binding = sequence.open(ids.length)) {
            decoder.tryOut(Feed.of(ids, sequence.tokens(), 1), binding, logits);
        }
        sequence.appended(ids.length);
        return logits[0];
    }

    /** How far logits are apart at most, of the greatest expected. */
    private static float difference(float[] expected, float[] actual) {
        float greatest = Float.MIN_NORMAL;
        float apart = 0;
        for (int i = 0; i < expected.length; i++) {
            greatest = Math.max(greatest, Math.abs(expected[i]));
            apart = Math.max(apart, Math.abs(expected[i] - actual[i]));
        }
        return apart / greatest;
    }
}
