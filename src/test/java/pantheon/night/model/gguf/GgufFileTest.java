package pantheon.night.model.gguf;

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
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import pantheon.night.ExitCode;
import pantheon.night.NightException;

final class GgufFileTest {
    @TempDir
    private Path folder;

    private static GgufWriter small() {
        return new GgufWriter()
                .text("general.architecture", "llama")
                .uint32("llama.block_count", 2)
                .tensor("a", TensorType.F32, List.of(2L, 3L), content(24))
                .tensor("b", TensorType.Q8_0, List.of(32L), content(34));
    }

    private static byte[] content(int bytes) {
        var content = new byte[bytes];
        for (int i = 0; i < bytes; i++) {
            content[i] = (byte) (i + 1);
        }
        return content;
    }

    private GgufFile open(byte[] bytes) throws IOException {
        return GgufFile.open(Files.write(folder.resolve("m.gguf"), bytes));
    }

    @Test
    void a_file_written_by_hand_byte_by_byte_is_read() throws IOException {
        var hex = "47475546 03000000 0100000000000000 0100000000000000"
                + "0100000000000000 6b 04000000 07000000" // k = 7
                + "0100000000000000 74 01000000 0200000000000000 00000000 0000000000000000" // t: F32 [2]
                + "00000000000000000000000000000000000000000000" // up to byte 96
                + "0000803f 00000040";
        var bytes = HexFormat.of().parseHex(hex.replace(" ", ""));
        assertEquals(104, bytes.length);
        try (var file = open(bytes)) {
            assertEquals(OptionalLong.of(7), file.metadata().whole("k"));
            var tensor = file.tensor("t");
            assertEquals(new GgufTensor("t", List.of(2L), TensorType.F32, 96, 8), tensor);
            var numbers = ByteBuffer.allocate(8);
            file.read(tensor, 0, numbers);
            assertArrayEquals(Arrays.copyOfRange(bytes, 96, 104), numbers.array());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3})
    void both_versions_and_every_kind_of_value_are_read(int version) throws IOException {
        var written = small().version(version)
                .raw("u8", 0, value -> value.int8(255))
                .raw("i8", 1, value -> value.int8(-1))
                .raw("u16", 2, value -> value.int16(65_535))
                .raw("i16", 3, value -> value.int16(-1))
                .raw("u32", 4, value -> value.int32(-1))
                .raw("i32", 5, value -> value.int32(-1))
                .float32("f32", 0.5f)
                .flag("flag", true)
                .text("text", "é")
                .texts("texts", List.of("x", ""))
                .int32s("int32s", List.of(-1, 2))
                .raw("u64", 10, value -> value.int64(1L << 40))
                .raw("i64", 11, value -> value.int64(-2))
                .raw("f64", 12, value -> value.int64(Double.doubleToLongBits(1e300)))
                .raw("flags", 9, value -> value.int32(7).int64(2).int8(1).int8(0))
                .raw("f32s", 9, value -> value.int32(6).int64(1).int32(Float.floatToIntBits(2f)));
        try (var file = open(written.bytes())) {
            var metadata = file.metadata();
            assertEquals(version, file.version());
            assertEquals(
                    List.of("general.architecture", "llama.block_count"),
                    metadata.keys().stream().limit(2).toList());
            assertEquals(255, metadata.whole("u8").orElseThrow());
            assertEquals(-1, metadata.whole("i8").orElseThrow());
            assertEquals(65_535, metadata.whole("u16").orElseThrow());
            assertEquals(-1, metadata.whole("i16").orElseThrow());
            assertEquals(4_294_967_295L, metadata.whole("u32").orElseThrow());
            assertEquals(-1, metadata.whole("i32").orElseThrow());
            assertEquals(1L << 40, metadata.whole("u64").orElseThrow());
            assertEquals(-2, metadata.whole("i64").orElseThrow());
            assertEquals(OptionalDouble.of(0.5), metadata.decimal("f32"));
            assertEquals(OptionalDouble.of(1e300), metadata.decimal("f64"));
            assertEquals(OptionalDouble.of(255), metadata.decimal("u8"), "an integer is a number too");
            assertTrue(metadata.flag("flag").orElseThrow());
            assertEquals("é", metadata.text("text").orElseThrow());
            assertEquals(List.of("x", ""), metadata.texts("texts"));
            assertEquals(List.of(-1L, 2L), metadata.wholes("int32s"));
            assertEquals(List.of(2.0), metadata.decimals("f32s"));
            assertEquals(new GgufValue.Flags(List.of(true, false)), metadata.value("flags"));
            assertEquals(OptionalLong.empty(), metadata.whole("missing"));
            assertEquals(List.of(), metadata.texts("missing"));
        }
    }

    @Test
    void tensors_are_read_from_where_they_lie() throws IOException {
        try (var file = open(small().bytes())) {
            assertEquals(List.of("a", "b"), List.copyOf(file.tensors().keySet()));
            var first = file.tensor("a");
            assertEquals(3, first.rows());
            assertEquals(6, first.size());
            var part = ByteBuffer.allocate(4);
            file.read(first, 8, part);
            assertArrayEquals(new byte[] {9, 10, 11, 12}, part.array());
            var second = ByteBuffer.allocate(34);
            file.read(file.tensor("b"), 0, second);
            assertArrayEquals(content(34), second.array());
            assertThrows(IllegalArgumentException.class, () -> file.read(first, 21, ByteBuffer.allocate(4)));
        }
    }

    @Test
    void a_type_that_nobody_reads_is_listed_with_its_name() throws IOException {
        try (var file =
                open(small().tensor("c", 17, List.of(256L), 64, new byte[74]).bytes())) {
            assertEquals(TensorType.IQ2_XS, file.tensor("c").type());
            assertEquals(0, file.tensor("c").bytes());
        }
    }

    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Broken(String name, byte[] bytes, String message) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static List<Broken> broken() {
        var whole = small().bytes();
        var huge = 1L << 60;
        return List.of(
                new Broken("empty", new byte[0], "does not begin with GGUF"),
                new Broken(
                        "other", "PK\3\4 and so on".getBytes(StandardCharsets.ISO_8859_1), "does not begin with GGUF"),
                new Broken("mark alone", Arrays.copyOf(whole, 4), "it ends within its version"),
                new Broken("version 1", small().version(1).bytes(), "version 1 of GGUF. Convert it again"),
                new Broken("version 4", small().version(4).bytes(), "version 4 of GGUF. Convert it to version 3"),
                new Broken(
                        "big-endian", small().version(3 << 24).bytes(), "it is big-endian. Get the little-endian file"),
                new Broken("half a header", Arrays.copyOf(whole, 40), "cut off"),
                new Broken(
                        "without its last bytes",
                        Arrays.copyOf(whole, whole.length - 40),
                        "tensor b is said to be 34 bytes at byte 32"),
                new Broken("2^60 tensors", small().bytes(huge, 2), "the number of tensors is 1152921504606846976"),
                new Broken("-1 tensors", small().bytes(-1, 2), "the number of tensors is 18446744073709551615"),
                new Broken("60,000 tensors", small().bytes(60_000, 2), "more than the"),
                new Broken(
                        "2^60 keys", small().bytes(2, huge), "the number of metadata entries is 1152921504606846976"),
                new Broken(
                        "a list of 2^60",
                        small().raw("list", 9, list -> list.int32(0).int64(huge))
                                .bytes(),
                        "the length of list is 1152921504606846976"),
                new Broken(
                        "a list longer than the file",
                        small().raw("list", 9, list -> list.int32(12).int64(1000))
                                .bytes(),
                        "the length of list is 1000, more than"),
                new Broken(
                        "a list of lists",
                        small().raw("list", 9, list -> list.int32(9).int64(1)).bytes(),
                        "list is a list of lists"),
                new Broken(
                        "a list of type 99",
                        small().raw("list", 9, list -> list.int32(99).int64(1)).bytes(),
                        "list is of type 99"),
                new Broken(
                        "a value of type 13",
                        small().raw("odd", 13, value -> value.int64(1)).bytes(),
                        "odd is of type 13"),
                new Broken(
                        "a text of 2^60 bytes",
                        small().raw("long", 8, value -> value.int64(huge)).bytes(),
                        "the length of long is 1152921504606846976"),
                new Broken(
                        "a text that is no UTF-8",
                        small().raw("bad", 8, value -> value.int64(1).int8(0xff))
                                .bytes(),
                        "bad is no UTF-8"),
                new Broken(
                        "a key twice", small().uint32("k", 1).uint32("k", 1).bytes(), "metadata key k is there twice"),
                new Broken(
                        "a tensor twice",
                        small().tensor("a", TensorType.F32, List.of(1L), content(4))
                                .bytes(),
                        "tensor a is there twice"),
                new Broken(
                        "no sides",
                        small().tensor("c", 0, List.of(), 64, content(4)).bytes(),
                        "tensor c has 0 sides"),
                new Broken(
                        "five sides",
                        small().tensor("c", 0, List.of(1L, 1L, 1L, 1L, 1L), 64, content(4))
                                .bytes(),
                        "tensor c has 5 sides"),
                new Broken(
                        "a side of 0",
                        small().tensor("c", 0, List.of(0L, 4L), 64, content(4)).bytes(),
                        "tensor c has the shape [0, 4]"),
                new Broken(
                        "sides that overflow",
                        small().tensor("c", 0, List.of(1L << 32, 1L << 32), 64, content(4))
                                .bytes(),
                        "tensor c has the shape"),
                new Broken(
                        "a negative side",
                        small().tensor("c", 0, List.of(-4L), 64, content(4)).bytes(),
                        "tensor c has the shape [18446744073709551612]"),
                new Broken(
                        "half a block",
                        small().tensor("c", TensorType.Q4_0, List.of(33L), content(36))
                                .bytes(),
                        "tensor c has rows of 33 numbers"),
                new Broken(
                        "an offset beyond the end",
                        small().tensor("c", 0, List.of(1L), 1 << 20, content(4)).bytes(),
                        "tensor c is said to be 4 bytes at byte 1048576"),
                new Broken(
                        "an offset that overflows",
                        small().tensor("c", 0, List.of(1L), Long.MIN_VALUE, content(4))
                                .bytes(),
                        "tensor c is said"),
                new Broken(
                        "an offset near the greatest",
                        small().tensor("c", 0, List.of(1L), Long.MAX_VALUE - 31, content(4))
                                .bytes(),
                        "tensor c is said"),
                new Broken(
                        "an odd offset",
                        small().tensor("c", 0, List.of(1L), 33, content(4)).bytes(),
                        "a multiple of 32"),
                new Broken(
                        "larger than the file",
                        small().tensor("c", 0, List.of(1L << 40), 64, content(4))
                                .bytes(),
                        "tensor c is said to be 4398046511104 bytes"),
                new Broken(
                        "an unknown type",
                        small().tensor("c", 63, List.of(32L), 64, content(4)).bytes(),
                        "tensor c is of type 63, which is not known here. Get the file in F32,"),
                new Broken(
                        "an alignment of 0",
                        small().uint32("general.alignment", 0).bytes(),
                        "general.alignment is"),
                new Broken(
                        "an alignment of 24",
                        small().uint32("general.alignment", 24).bytes(),
                        "a power of two"),
                new Broken(
                        "a part",
                        small().raw("split.count", 2, value -> value.int16(3)).bytes(),
                        "one of 3 parts of a model. Join them"),
                new Broken(
                        "a name that turns the line",
                        small().tensor("c\n\u001b[2J", 0, List.of(0L), 64, content(4))
                                .bytes(),
                        "tensor c "));
    }

    @ParameterizedTest
    @MethodSource("broken")
    void what_is_no_whole_file_is_told_in_one_line(Broken broken) {
        var refused =
                assertThrows(NightException.class, () -> open(broken.bytes()).close());
        assertEquals(ExitCode.DATA, refused.exitCode());
        assertTrue(refused.getMessage().contains(broken.message()), refused.getMessage());
        assertTrue(refused.getMessage().contains("m.gguf"), refused.getMessage());
        assertTrue(
                refused.getMessage().lines().count() == 1
                        && refused.getMessage().chars().noneMatch(c -> c == 0x1b),
                refused.getMessage());
    }

    @Test
    void a_header_is_read_up_to_a_number_of_bytes() throws IOException {
        var file = small().texts("tokens", List.of("a".repeat(200))).write(folder.resolve("long.gguf"));
        GgufFile.open(file, 1 << 12).close();
        var refused = assertThrows(NightException.class, () -> GgufFile.open(file, 150));
        assertTrue(refused.getMessage().contains("its header is longer than 150 bytes"), refused.getMessage());
    }

    /** Whatever byte is another one, or wherever the file ends: it is read, or refused in words. */
    @Test
    void no_damage_makes_another_exception() throws IOException {
        var whole = small().texts("tokens", List.of("x", "y")).bytes();
        var seeds = new Random(1);
        for (int i = 0; i < 500; i++) {
            var damaged = Arrays.copyOf(whole, i % 4 == 0 ? seeds.nextInt(whole.length) : whole.length);
            if (damaged.length > 0) {
                damaged[seeds.nextInt(damaged.length)] = (byte) seeds.nextInt();
            }
            try {
                open(damaged).close();
            } catch (NightException refused) {
                assertEquals(ExitCode.DATA, refused.exitCode(), refused.getMessage());
            }
        }
    }

    @Test
    void a_value_of_another_kind_is_told() throws IOException {
        try (var file = open(small().bytes())) {
            var refused =
                    assertThrows(NightException.class, () -> file.metadata().whole("general.architecture"));
            assertTrue(
                    refused.getMessage().contains("general.architecture is a text; expected an integer"),
                    refused.getMessage());
        }
    }

    @Test
    void a_folder_or_a_missing_file_is_told() {
        var isFolder = assertThrows(NightException.class, () -> GgufFile.open(folder));
        assertTrue(isFolder.getMessage().contains("it is a folder"), isFolder.getMessage());
        var missing = assertThrows(NightException.class, () -> GgufFile.open(folder.resolve("none.gguf")));
        assertTrue(missing.getMessage().contains("there is no such file"), missing.getMessage());
        assertEquals(List.of(ExitCode.DATA, ExitCode.DATA), List.of(isFolder.exitCode(), missing.exitCode()));
    }
}
