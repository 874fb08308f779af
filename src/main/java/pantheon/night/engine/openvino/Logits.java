package pantheon.night.engine.openvino;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import pantheon.night.engine.openvino.library.InferRequest;

/** What a run gives out: logits row after row, of which some are copied. They are good until the next run. */
final class Logits {
    static final String NAME = "logits";

    private final int vocabulary;
    private float[][] rows = {};

    private Logits(int vocabulary) {
        this.vocabulary = vocabulary;
    }

    /** Those of a request, as wide as its output. */
    static Logits of(InferRequest request) {
        try (var output = request.get(NAME)) {
            var shape = output.dimensions();
            return new Logits(Math.toIntExact(shape[shape.length - 1]));
        }
    }

    int vocabulary() {
        return vocabulary;
    }

    /** Copies some rows of a request's output. */
    float[][] read(InferRequest request, int[] wanted) {
        if (rows.length < wanted.length) {
            rows = new float[wanted.length][vocabulary];
        }
        try (var output = request.get(NAME)) {
            var memory = output.memory();
            for (int i = 0; i < wanted.length; i++) {
                copy(memory, wanted[i], rows[i]);
            }
        }
        return rows;
    }

    private static void copy(MemorySegment memory, int row, float[] values) {
        long from = (long) row * values.length * Float.BYTES;
        MemorySegment.copy(memory, ValueLayout.JAVA_FLOAT, from, values, 0, values.length);
    }
}
