package pantheon.night.training.duplicates;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LongTableTest {
    @TempDir
    private Path folder;

    private static long hash(long n) {
        return n * 0x9E3779B97F4A7C15L;
    }

    @Test
    void it_holds_what_was_put_and_nothing_else_however_often_it_grows() throws IOException {
        var control = new HashMap<Long, Long>();
        var random = new Random(5);
        try (var table = new LongTable(folder.resolve("table"))) {
            for (long i = 1; i <= 50_000; i++) {
                long hash = hash(1 + random.nextInt(30_000));
                assertEquals(control.putIfAbsent(hash, i) == null, table.putIfAbsent(hash, i));
                if (random.nextInt(10) == 0) {
                    control.put(hash, -i);
                    table.replace(hash, -i);
                }
            }
            control.forEach((hash, number) -> assertEquals(number, table.get(hash)));
            for (long i = 30_001; i < 31_000; i++) {
                assertFalse(table.contains(hash(i)));
            }
        }
    }

    @Test
    void hashes_that_want_the_same_slot_are_told_apart() throws IOException {
        try (var table = new LongTable(folder.resolve("table"))) {
            var alike = List.of(1L, 1L + (1L << 20), 1L + (1L << 21), 1L + (1L << 22));
            for (long hash : alike) {
                assertTrue(table.putIfAbsent(hash, hash));
            }
            for (long hash : alike) {
                assertEquals(hash, table.get(hash));
            }
            assertFalse(table.contains(1L + (1L << 23)));
        }
    }

    @Test
    void a_hash_of_zero_is_one_as_well() throws IOException {
        try (var table = new LongTable(folder.resolve("table"))) {
            assertFalse(table.contains(0));
            assertTrue(table.add(0));
            assertFalse(table.add(0));
            assertTrue(table.contains(0));
        }
    }

    @Test
    void its_file_is_as_long_as_its_slots_and_goes_in_the_end() throws IOException {
        var file = folder.resolve("table");
        try (var table = new LongTable(file)) {
            for (long i = 1; i <= 10_000; i++) {
                table.add(hash(i));
            }
            assertEquals(32_768 * 16, Files.size(file));
            assertThrows(FileAlreadyExistsException.class, () -> new LongTable(file).close());
        }
        try (var left = Files.list(folder)) {
            assertEquals(List.of(), left.toList());
        }
    }
}
