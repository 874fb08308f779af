package pantheon.night.model.weight;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import pantheon.night.ExitCode;
import pantheon.night.NightException;
import pantheon.night.model.gguf.GgufFile;
import pantheon.night.model.gguf.GgufWriter;
import pantheon.night.model.gguf.TensorType;

final class GgufRowsTest {
    private static final int COLUMNS = 512;
    private static final int ROWS = 3;

    @TempDir
    private Path folder;

    private GgufFile file(TensorType type, byte[] content, int rows) throws IOException {
        return GgufFile.open(new GgufWriter()
                .tensor("w", type, List.of((long) COLUMNS, (long) rows), content)
                .write(folder.resolve("w.gguf")));
    }

    @ParameterizedTest
    @EnumSource(names = {"F32", "F16", "BF16", "Q4_0", "Q4_1", "Q5_0", "Q5_1", "Q8_0", "Q4_K", "Q5_K", "Q6_K"})
    void the_numbers_are_those_of_the_formats_text(TensorType type) throws IOException {
        int blocks = COLUMNS / type.block();
        var content = Blocks.random(type, blocks * ROWS, type.blockBytes());
        try (var file = file(type, content, ROWS)) {
            var rows = GgufRows.of(file, file.tensor("w"));
            assertEquals(ROWS, rows.rows());
            var reader = rows.reader();
            var row = new Row(rows.form(), rows.columns());
            for (int r : new int[] {2, 0, 1}) {
                reader.read(r, row);
                int rowBytes = blocks * type.blockBytes();
                var raw = Arrays.copyOfRange(content, r * rowBytes, (r + 1) * rowBytes);
                var expected = new float[COLUMNS];
                for (int i = 0; i < COLUMNS; i++) {
                    expected[i] = Blocks.number(type, raw, i);
                }
                assertArrayEquals(expected, dequantised(row), 0, type + " row " + r);
                assertArrayEquals(expected, recentred(row), 3e-6f, type + " row " + r);
            }
        }
    }

    private static float[] dequantised(Row row) {
        var numbers = new float[row.columns()];
        row.dequantise(numbers);
        return numbers;
    }

    /** As a graph has them: signed codes, and a correction of each block. */
    private static float[] recentred(Row row) {
        var numbers = dequantised(row);
        for (int i = 0; i < row.columns() && !row.form().isPlain(); i++) {
            int block = i / row.form().block();
            int half = 1 << (row.form().bits() - 1);
            assertTrue(row.signed(i) >= -half && row.signed(i) < half, "a code has its bits");
            numbers[i] = row.scales()[block] * row.signed(i) + row.offset(block);
        }
        return numbers;
    }

    @ParameterizedTest
    @EnumSource(
            mode = Mode.EXCLUDE,
            names = {"F32", "F16", "BF16", "Q4_0", "Q4_1", "Q5_0", "Q5_1", "Q8_0", "Q4_K", "Q5_K", "Q6_K"})
    void any_other_type_is_refused_by_name(TensorType type) throws IOException {
        try (var file = file(type, new byte[64], 1)) {
            var tensor = file.tensor("w");
            var refused = assertThrows(NightException.class, () -> GgufRows.of(file, tensor));
            assertEquals(ExitCode.DATA, refused.exitCode());
            assertTrue(
                    refused.getMessage()
                            .contains("tensor w is in %s. Get the model in one of F32, F16,".formatted(type)),
                    refused.getMessage());
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"F32", "F16", "Q4_1", "Q8_0", "Q4_K"})
    void a_scale_that_is_no_finite_number_is_told(TensorType type) throws IOException {
        var content = Blocks.random(type, COLUMNS / type.block() * ROWS, 1);
        int second = COLUMNS / type.block() * type.blockBytes();
        Arrays.fill(content, second, second + 4, (byte) 0xff); // not a number in any of them
        try (var file = file(type, content, ROWS)) {
            var rows = GgufRows.of(file, file.tensor("w"));
            var reader = rows.reader();
            var row = new Row(rows.form(), COLUMNS);
            reader.read(0, row);
            var refused = assertThrows(NightException.class, () -> reader.read(1, row));
            assertEquals(ExitCode.DATA, refused.exitCode());
            assertTrue(
                    refused.getMessage().contains("row 1 of tensor w holds what is no finite number"),
                    refused.getMessage());
        }
    }

    @Test
    void a_window_smaller_than_the_tensor_gives_the_same_rows_in_any_order() {
        var asked = new ArrayList<Long>();
        var window = new RowWindow(4, 10, 12, (at, into) -> {
            asked.add(at);
            while (into.hasRemaining()) {
                into.put((byte) (at + into.position()));
            }
        });
        for (int row : new int[] {0, 1, 2, 9, 4, 3, 5, 0}) {
            assertEquals(row * 4, window.at(row).get());
        }
        assertEquals(List.of(0L, 36L, 12L, 0L), asked);
        assertThrows(IndexOutOfBoundsException.class, () -> window.at(10));
    }
}
