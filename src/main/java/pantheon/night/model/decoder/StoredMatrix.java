package pantheon.night.model.decoder;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import pantheon.night.model.graph.Constant;
import pantheon.night.model.graph.ConstantOutput;
import pantheon.night.model.graph.ElementType;
import pantheon.night.model.graph.OnnxGraph;
import pantheon.night.model.weight.Row;
import pantheon.night.model.weight.RowForm;
import pantheon.night.model.weight.WeightRows;

/**
 * A matrix as a graph's constants have it.
 *
 * <p>{@code MatMulNBits} multiplies by {@code scale × (code − half)}, the half of 16 or 256. What a block of the file has
 * beside that, its minimum for one, is a third constant, the offsets: they are multiplied by the sums of the blocks of what
 * comes in, and added. Nothing is rounded.
 *
 * @param codes one a number, or the numbers themselves where they are plain
 * @param scales one a block
 * @param lowCodes where eight bits are kept as two times four: those of the lower four, with scales of their own
 * @param offsets one a block, where the form has any
 */
record StoredMatrix(
        String name,
        Packing packing,
        RowForm form,
        long rows,
        int columns,
        Constant codes,
        @Nullable Constant scales,
        @Nullable Constant lowCodes,
        @Nullable Constant lowScales,
        @Nullable Constant offsets) {
    /** How codes are packed. */
    enum Packing {
        /** No codes: the numbers, in single precision. */
        NUMBERS,
        /** Two of four bits a byte. */
        NIBBLES,
        /** One a byte. */
        BYTES,
        /**
         * Twice two of four bits a byte: {@code 16 × scale × (upper − 8) + scale × (lower − 8) + 8 × scale}. In single
         * precision that is computed as fast as four bits are; eight bits are not.
         */
        TWO_NIBBLES
    }

    /** Adds the rows of some matrices of one form and width, one below the other. */
    static StoredMatrix add(OnnxGraph graph, String name, List<WeightRows> parts, Packing packing) {
        var form = parts.getFirst().form();
        int columns = parts.getFirst().columns();
        long rows = parts.stream().mapToLong(WeightRows::rows).sum();
        long blocks = form.isPlain() ? 0 : columns / form.block();
        boolean two = packing == Packing.TWO_NIBBLES;
        boolean corrected = form.minimum() || two;
        var stored = new StoredMatrix(
                name,
                packing,
                form,
                rows,
                columns,
                form.isPlain()
                        ? Constant.of(name, ElementType.FLOAT, rows, columns)
                        : Constant.of(name, ElementType.UINT8, rows, blocks, codeBytes(packing, form)),
                form.isPlain() ? null : Constant.of(name + ".scales", ElementType.FLOAT, rows, blocks),
                two ? Constant.of(name + ".low", ElementType.UINT8, rows, blocks, codeBytes(packing, form)) : null,
                two ? Constant.of(name + ".low.scales", ElementType.FLOAT, rows, blocks) : null,
                corrected ? Constant.of(name + ".offsets", ElementType.FLOAT, rows, blocks) : null);
        graph.constants(stored.constants(), outputs -> stored.fill(parts, outputs));
        return stored;
    }

    /** How rows of a form are packed for an arithmetic. */
    static Packing packing(RowForm form, Arithmetic arithmetic) {
        if (form.isPlain()) {
            return Packing.NUMBERS;
        }
        if (form.bits() == 4) {
            return Packing.NIBBLES;
        }
        return arithmetic == Arithmetic.FAST ? Packing.BYTES : Packing.TWO_NIBBLES;
    }

    private static long codeBytes(Packing packing, RowForm form) {
        return packing == Packing.BYTES ? form.block() : form.block() / 2;
    }

    private List<Constant> constants() {
        var all = new ArrayList<>(List.of(codes));
        Optional.ofNullable(scales).ifPresent(all::add);
        Optional.ofNullable(lowCodes).ifPresent(all::add);
        Optional.ofNullable(lowScales).ifPresent(all::add);
        Optional.ofNullable(offsets).ifPresent(all::add);
        return List.copyOf(all);
    }

    private void fill(List<WeightRows> parts, List<ConstantOutput> outputs) {
        var row = new Row(form, columns);
        for (var part : parts) {
            var reader = part.reader();
            for (long i = 0; i < part.rows(); i++) {
                reader.read(i, row);
                put(row, outputs);
            }
        }
    }

    private void put(Row row, List<ConstantOutput> outputs) {
        switch (packing) {
            case NUMBERS -> {
                for (float number : row.numbers()) {
                    outputs.getFirst().put(number);
                }
            }
            case NIBBLES -> {
                putPairs(row, 8, 0, outputs.getFirst());
                putBlocks(row, outputs.subList(1, outputs.size()), false);
            }
            case BYTES -> {
                for (int i = 0; i < columns; i++) {
                    outputs.getFirst().put((byte) (row.signed(i) + 128));
                }
                putBlocks(row, outputs.subList(1, outputs.size()), false);
            }
            case TWO_NIBBLES -> {
                putPairs(row, 128, 4, outputs.getFirst());
                putPairs(row, 128, 0, outputs.get(2));
                putBlocks(row, List.of(outputs.get(1), outputs.get(3), outputs.get(4)), true);
            }
        }
    }

    /** Four bits of each code, made unsigned; the first of a pair is the lower half of a byte. */
    private static void putPairs(Row row, int half, int shift, ConstantOutput output) {
        for (int i = 0; i < row.columns(); i += 2) {
            int first = ((row.signed(i) + half) >> shift) & 15;
            int second = ((row.signed(i + 1) + half) >> shift) & 15;
            output.put((byte) (first | (second << 4)));
        }
    }

    private static void putBlocks(Row row, List<ConstantOutput> outputs, boolean two) {
        for (int block = 0; block < row.blocks(); block++) {
            float scale = row.scales()[block];
            outputs.get(0).put(two ? 16 * scale : scale);
            if (two) {
                outputs.get(1).put(scale);
                outputs.get(2).put(row.offset(block) + 8 * scale);
            } else if (outputs.size() > 1) {
                outputs.get(1).put(row.offset(block));
            }
        }
    }
}
