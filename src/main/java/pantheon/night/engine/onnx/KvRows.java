package pantheon.night.engine.onnx;

import ai.onnxruntime.OrtException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Sequences of a graph that appends where the past is ({@code GroupQueryAttention} with a shared buffer), each a row of
 * one block, so that a run can take one of them or several beside one another.
 */
final class KvRows implements AutoCloseable {
    private static final int LEAST_TOKENS = 64;
    /** After so many runs without a row that lies between those of a run, it changes places with one of them. */
    private static final int PATIENCE = 3;

    private final List<KvTensor> layout;
    private final NativeTensors tensors;
    private final KvBlock block;
    private final List<@Nullable Row> rows = new ArrayList<>();
    private final int[] left;
    private final int mostTokens;

    /** @param mostTokens of a row */
    KvRows(List<KvTensor> layout, NativeTensors tensors, int rows, int mostTokens) {
        this.layout = layout;
        this.mostTokens = mostTokens;
        this.tensors = tensors;
        block = new KvBlock(layout, rows, LEAST_TOKENS);
        IntStream.range(0, rows).forEach(row -> this.rows.add(null));
        left = new int[rows];
    }

    /** Opens a sequence in the first row that is free. */
    Row open() {
        int free = rows.indexOf(null);
        if (free < 0) {
            throw new IllegalStateException("all of %d rows are in use".formatted(rows.size()));
        }
        var row = new Row(free);
        rows.set(free, row);
        return row;
    }

    /** The tokens that a row has, 0 for one that is free. */
    private int tokens(int row) {
        var sequence = rows.get(row);
        return sequence == null ? 0 : sequence.tokens;
    }

    /** Makes room in each row: twice as much as before where there is too little, so that growing costs little. */
    private void reserve(int wanted) {
        if (wanted > block.capacity()) {
            block.widen(Math.max(wanted, Math.min(mostTokens, 2 * block.capacity())), this::tokens);
        }
    }

    private KvBinding open(int first, int end, int most) throws OrtException {
        reserve(most);
        var binding = new KvBinding(tensors);
        try {
            for (int i = 0; i < layout.size(); i++) {
                binding.shared(layout.get(i), block.memory(i, first), end - first, block.capacity());
            }
            return binding;
        } catch (OrtException e) {
            binding.close();
            throw e;
        }
    }

    /** Neighbouring rows, in the order of a run of one token each; null for one that the run computes for nothing. */
    record Span(List<@Nullable Row> rows, KvBinding binding) {
        /** How many tokens each has. */
        int[] befores() {
            return rows.stream().mapToInt(row -> row == null ? 0 : row.tokens).toArray();
        }
    }

    /** Opens the rows of some sequences, and those between, for a run that appends a token to each. */
    Span open(List<Row> together) throws OrtException {
        closeUp(together);
        int first = together.stream().mapToInt(row -> row.index).min().orElseThrow();
        int end = together.stream().mapToInt(row -> row.index).max().orElseThrow() + 1;
        int most = IntStream.range(first, end).map(this::tokens).max().orElseThrow() + 1;
        return new Span(rows.subList(first, end), open(first, end, most));
    }

    /** Puts rows beside one another that are far apart for good. */
    private void closeUp(List<Row> together) {
        together.forEach(row -> left[row.index] = 0);
        while (true) {
            int first = together.stream().mapToInt(row -> row.index).min().orElseThrow();
            var last = together.stream()
                    .reduce((a, b) -> a.index > b.index ? a : b)
                    .orElseThrow();
            int hole = IntStream.range(first, last.index)
                    .filter(row -> left[row] >= PATIENCE)
                    .findFirst()
                    .orElse(-1);
            if (hole < 0) {
                IntStream.range(first, last.index)
                        .filter(row -> !together.contains(rows.get(row)))
                        .forEach(row -> left[row]++);
                return;
            }
            exchange(hole, last.index);
        }
    }

    private void exchange(int one, int other) {
        try (var aside = KvCopy.of(layout, strip(one), Math.max(1, tokens(one)))) {
            strip(one).copy(strip(other), tokens(other));
            strip(other).copy(aside.strip(), tokens(one));
        }
        var moved = rows.get(one);
        place(rows.get(other), one);
        place(moved, other);
        left[one] = 0;
        left[other] = 0;
    }

    private void place(@Nullable Row row, int index) {
        rows.set(index, row);
        if (row != null) {
            row.index = index;
        }
    }

    private KvBlock.Strip strip(int row) {
        return new KvBlock.Strip(block, row, block.capacity());
    }

    /** A sequence in a row. */
    final class Row implements KvSequence {
        private int index;
        private int tokens;

        private Row(int index) {
            this.index = index;
        }

        @Override
        public int tokens() {
            return tokens;
        }

        @Override
        public void truncate(int length) {
            if (length > tokens) {
                throw new IllegalStateException("a sequence of %d tokens has no first %d".formatted(tokens, length));
            }
            tokens = length;
        }

        @Override
        public KvCopy keep(int length) {
            return KvCopy.of(layout, strip(index), length);
        }

        @Override
        public void restore(Kept kept, int length) {
            tokens = 0;
            reserve(length);
            strip(index).copy(((KvCopy) kept).strip(), length);
            tokens = length;
        }

        @Override
        public KvBinding open(int more) throws OrtException {
            return KvRows.this.open(index, index + 1, tokens + more);
        }

        @Override
        public void appended(int more) {
            tokens += more;
        }

        @Override
        public void close() {
            rows.set(index, null);
        }
    }

    @Override
    public void close() {
        block.close();
    }
}
