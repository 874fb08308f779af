package pantheon.night.model.safetensors;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import pantheon.night.ExitCode;
import pantheon.night.NightException;

final class SafetensorsFileTest {
    @TempDir
    private Path folder;

    private static SafetensorsWriter small() {
        return new SafetensorsWriter()
                .tensor("a", "F32", List.of(2L, 3L), new byte[24])
                .tensor("b", "BF16", List.of(4L), new byte[8]);
    }

    private String refusal(byte[] bytes) throws IOException {
        var file = Files.write(folder.resolve("m.safetensors"), bytes);
        var refused = assertThrows(NightException.class, () -> SafetensorsFile.open(file));
        assertEquals(ExitCode.DATA, refused.exitCode());
        return String.valueOf(refused.getMessage());
    }

    @Test
    void a_file_written_by_hand_byte_by_byte_is_read() throws IOException {
        var header = "{\"t\":{\"dtype\":\"F32\",\"shape\":[1,2],\"data_offsets\":[0,8]}}";
        var hex = "%02x00000000000000".formatted(header.length())
                + HexFormat.of().formatHex(header.getBytes(StandardCharsets.UTF_8)) + "0000803f00000040";
        var path = Files.write(folder.resolve("m.safetensors"), HexFormat.of().parseHex(hex));
        try (var file = SafetensorsFile.open(path)) {
            var tensor = new Safetensor("t", NumberType.F32, List.of(1L, 2L), 8 + header.length(), 8);
            assertEquals(Set.of(tensor), Set.copyOf(file.tensors().values()));
            assertEquals(2, tensor.columns());
            assertEquals(1, tensor.rows());
            var numbers = ByteBuffer.allocate(4);
            file.read(tensor, 4, numbers);
            assertArrayEquals(HexFormat.of().parseHex("00000040"), numbers.array());
        }
    }

    @Test
    void tensors_may_stand_in_the_header_in_any_order_and_metadata_are_none() throws IOException {
        var writer = new SafetensorsWriter().entry("second", "F16", List.of(2L), 4, 8);
        writer.tensor("first", "F32", List.of(), new byte[4]);
        var bytes = Arrays.copyOf(writer.bytes(), writer.bytes().length + 4);
        try (var file = SafetensorsFile.open(Files.write(folder.resolve("m.safetensors"), bytes))) {
            assertEquals(Set.of("first", "second"), file.tensors().keySet());
        }
    }

    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Broken(String why, byte[] bytes, String message) {
        @Override
        public String toString() {
            return why;
        }
    }

    private static Broken header(String why, String text, String message) {
        return new Broken(why, small().bytes(text), message);
    }

    private static Broken header(String why, SafetensorsWriter writer, String message) {
        return new Broken(why, writer.bytes(), message);
    }

    static Stream<Broken> broken() {
        var whole = small().bytes();
        var text = small().header().toString();
        return Stream.of(
                new Broken("short", new byte[7], "it has 7 bytes"),
                new Broken(
                        "longer header than file",
                        new byte[] {9, 0, 0, 0, 0, 0, 0, 0, '{', '}'},
                        "a header of 9 bytes"),
                new Broken(
                        "negative header",
                        HexFormat.of().parseHex("ffffffffffffffff7b7d"),
                        "18446744073709551615 bytes"),
                new Broken("cut", Arrays.copyOf(whole, whole.length - 1), "lies at [24, 32] of 31 bytes"),
                new Broken("more", Arrays.copyOf(whole, whole.length + 1), "end at byte"),
                header("no JSON", "[" + " ".repeat(text.length() - 2) + "[", "its header is no JSON"),
                header("a list", "[]", "its header is no JSON object"),
                header("twice", text.replace("\"b\"", "\"a\""), "names that are there once"),
                new Broken("no UTF-8", new byte[] {3, 0, 0, 0, 0, 0, 0, 0, '{', -1, '}'}, "cannot be read"),
                header("a number", "{\"a\":1}", "tensor a is in "),
                header(
                        "another type",
                        text.replace("BF16", "F8_E4M3"),
                        "tensor b is in F8_E4M3. Get the model in one of F32"),
                header("no type", text.replace("dtype", "kind"), "is in "),
                header("other sides", text.replace("[4]", "[5]"), "its shape [5] needs 10"),
                header("fraction", text.replace("[4]", "[4.5]"), "tensor b has no shape"),
                header("negative", text.replace("[24,32]", "[-8,0]"), "tensor b has no shape"),
                header("backwards", text.replace("[24,32]", "[32,24]"), "tensor b lies at [32, 24]"),
                header("one offset", text.replace("[24,32]", "[24]"), "tensor b lies at [24]"),
                header("huge", text.replace("[4]", "[4294967296,4294967296]"), "more than any file"),
                header("beyond", text.replace("[24,32]", "[32,40]"), "tensor b lies at [32, 40]"),
                header("overlap", small().entry("c", "BF16", List.of(4L), 20, 28), "expected"),
                header(
                        "the same bytes",
                        small().entry("c", "BF16", List.of(4L), 24, 32),
                        "right behind the one before"),
                header("a gap", new SafetensorsWriter().entry("c", "BF16", List.of(1L), 2, 4), "lies at [2, 4]"));
    }

    @ParameterizedTest
    @MethodSource("broken")
    void a_damaged_file_is_refused_with_what_is_wrong(Broken broken) throws IOException {
        var refusal = refusal(broken.bytes());
        assertTrue(refusal.contains(broken.message()), refusal);
    }

    @Test
    void whatever_is_changed_in_a_file_it_is_read_as_a_whole_or_refused() throws IOException {
        var random = new Random(5);
        var whole = small().bytes();
        int read = 0;
        for (int round = 0; round < 2000; round++) {
            var bytes = whole.clone();
            for (int change = 0; change <= random.nextInt(3); change++) {
                bytes[random.nextInt(bytes.length)] =
                        (byte) (random.nextBoolean() ? random.nextInt() : "09[]{}\",:-".charAt(random.nextInt(10)));
            }
            try (var file = SafetensorsFile.open(Files.write(folder.resolve("m.safetensors"), bytes))) {
                assertEquals(
                        32,
                        file.tensors().values().stream()
                                .mapToLong(Safetensor::bytes)
                                .sum());
                read++;
            } catch (NightException e) {
                assertEquals(ExitCode.DATA, e.exitCode(), e.getMessage());
            }
        }
        assertTrue(read > 200 && read < 1800, "some of both: " + read);
    }

    private Path sharded(String index) throws IOException {
        new SafetensorsWriter().tensor("a", "F32", List.of(1L), new byte[4]).write(folder.resolve("one.safetensors"));
        new SafetensorsWriter().tensor("b", "F32", List.of(1L), new byte[4]).write(folder.resolve("two.safetensors"));
        Files.writeString(
                folder.resolve(SafetensorsFolder.INDEX), "{\"weight_map\": {%s}}".formatted(index.replace('\'', '"')));
        return folder;
    }

    @Test
    void several_files_are_one_as_their_index_says() throws IOException {
        try (var files = SafetensorsFolder.open(sharded("'b': 'two.safetensors', 'a': 'one.safetensors'"))) {
            assertEquals(Set.of("a", "b"), files.tensors().keySet());
            assertEquals(
                    List.of("one.safetensors", "two.safetensors"),
                    files.files().stream()
                            .map(file -> file.getFileName().toString())
                            .toList());
        }
    }

    @Test
    void an_index_that_is_wrong_is_refused() throws IOException {
        var wrong = Stream.of(
                        "'a': 'one.safetensors', 'b': 'one.safetensors'|that tensor b is in one.safetensors, which is not so",
                        "'a': 'one.safetensors', 'c': 'two.safetensors'|that tensor c is in two.safetensors, which is not so",
                        "'a': 'one.safetensors', 'b': 'three.safetensors'|three.safetensors cannot be read",
                        "'a': '../one.safetensors'|expected a file beside it",
                        "'a': {}|expected a file beside it",
                        "|names 0 files")
                .map(each -> each.split("\\|", -1))
                .toList();
        for (var each : wrong) {
            var index = sharded(each[0]);
            var refused = assertThrows(NightException.class, () -> SafetensorsFolder.open(index));
            assertTrue(String.valueOf(refused.getMessage()).contains(each[1]), refused.getMessage());
            assertEquals(ExitCode.DATA, refused.exitCode());
        }
        new SafetensorsWriter()
                .tensor("a", "F32", List.of(1L), new byte[4])
                .tensor("b", "F32", List.of(1L), new byte[4])
                .write(sharded("'a': 'one.safetensors', 'b': 'two.safetensors'").resolve("two.safetensors"));
        var twice = assertThrows(NightException.class, () -> SafetensorsFolder.open(folder));
        assertTrue(
                String.valueOf(twice.getMessage()).contains("tensor a is also in one.safetensors"), twice.getMessage());
    }
}
