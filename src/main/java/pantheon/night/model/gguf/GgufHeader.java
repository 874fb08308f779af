package pantheon.night.model.gguf;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import pantheon.night.VisibleText;

/**
 * Reads a file from its first byte to where its tensors begin, as ggml's {@code docs/gguf.md} describes versions 2
 * and 3.
 */
final class GgufHeader {
    private static final int MAGIC = 0x46554747; // "GGUF"
    private static final int MOST_KEYS = 1 << 16;
    private static final int MOST_TENSORS = 1 << 16;
    private static final int MOST_KEY_BYTES = 1 << 16;
    private static final int MOST_NAME_BYTES = 256;
    private static final int MOST_TEXT_BYTES = 1 << 24;
    /** The elements of all lists of a file together; the largest vocabulary has 800,000 tokens and merges. */
    private static final int MOST_ELEMENTS = 1 << 22;

    private static final int MOST_SIDES = 4;
    private static final int LEAST_TENSOR_BYTES = 8 + 4 + 8 + 4 + 8;

    private static final int LEAST_ENTRY_BYTES = 8 + 4 + 1;
    private static final int FLOAT32 = 6;
    private static final int FLAG = 7;
    private static final int TEXT = 8;
    private static final int ARRAY = 9;
    private static final int FLOAT64 = 12;
    /** The bytes of a value of each type, of a text those of its length. */
    private static final int[] BYTES = {1, 1, 2, 2, 4, 4, 4, 1, 8, 12, 8, 8, 8};

    private static final long MOST_NUMBERS = 1L << 48;
    private static final String ALIGNMENT = "general.alignment";
    private static final long DEFAULT_ALIGNMENT = 32;
    private static final long MOST_ALIGNMENT = 1 << 20;

    private final GgufBytes in;
    private int version;
    private final Map<String, GgufValue> values = new LinkedHashMap<>();
    private final Map<String, GgufTensor> tensors = new LinkedHashMap<>();
    private int elements;

    GgufHeader(GgufBytes in) {
        this.in = in;
    }

    int version() {
        return version;
    }

    Map<String, GgufValue> values() {
        return values;
    }

    Map<String, GgufTensor> tensors() {
        return tensors;
    }

    void read() throws IOException {
        requireKnown();
        int count = in.count("the number of tensors", LEAST_TENSOR_BYTES, MOST_TENSORS);
        int keys = in.count("the number of metadata entries", LEAST_ENTRY_BYTES, MOST_KEYS);
        for (int i = 0; i < keys; i++) {
            readEntry();
        }
        var entries = new ArrayList<Entry>();
        for (int i = 0; i < count; i++) {
            entries.add(entry());
        }
        place(entries, in.position());
    }

    private void requireKnown() throws IOException {
        if (in.fileBytes() < 4 || in.int32("its mark") != MAGIC) {
            throw in.broken("it does not begin with GGUF");
        }
        version = in.int32("its version");
        if (version == 1) {
            throw in.unknown("it is in version 1 of GGUF", "Convert it again with a llama.cpp of today.");
        }
        if ((version & 0xffff) == 0 && version != 0) {
            throw in.unknown("it is big-endian", "Get the little-endian file of the same model.");
        }
        if (version != 2 && version != 3) {
            throw in.unknown(
                    "it is in version %s of GGUF".formatted(Integer.toUnsignedString(version)),
                    "Convert it to version 3.");
        }
    }

    private void readEntry() throws IOException {
        var key = in.text("a metadata key", MOST_KEY_BYTES);
        int type = in.int32("the type of " + shown(key));
        var value = type == ARRAY ? list(key) : single(key, type);
        if (values.put(key, value) != null) {
            throw in.broken("metadata key %s is there twice".formatted(shown(key)));
        }
    }

    private GgufValue single(String key, int type) throws IOException {
        var what = shown(key);
        return switch (type) {
            case TEXT -> new GgufValue.Text(text(what));
            case FLAG -> new GgufValue.Flag(in.int8(what) != 0);
            case FLOAT32, FLOAT64 -> new GgufValue.Decimal(decimal(type, what));
            default -> new GgufValue.Whole(whole(type, what));
        };
    }

    private GgufValue list(String key) throws IOException {
        var what = shown(key);
        int type = in.int32("the type of the elements of " + what);
        if (type == ARRAY) {
            throw in.broken("%s is a list of lists; expected a list of numbers, texts or flags".formatted(what));
        }
        requireType(type, what);
        int count = in.count("the length of " + what, BYTES[type], MOST_ELEMENTS - elements);
        elements += count;
        return switch (type) {
            case TEXT -> new GgufValue.Texts(list(count, () -> text(what)));
            case FLAG -> new GgufValue.Flags(list(count, () -> in.int8(what) != 0));
            case FLOAT32, FLOAT64 -> new GgufValue.Decimals(list(count, () -> decimal(type, what)));
            default -> new GgufValue.Wholes(list(count, () -> whole(type, what)));
        };
    }

    /** An element of a list as it is read. */
    @FunctionalInterface
    private interface Element<T> {
        T read() throws IOException;
    }

    private static <T> List<T> list(int count, Element<T> element) throws IOException {
        var list = new ArrayList<T>(count);
        for (int i = 0; i < count; i++) {
            list.add(element.read());
        }
        return list;
    }

    private String text(String what) throws IOException {
        return in.text(what, MOST_TEXT_BYTES);
    }

    private double decimal(int type, String what) throws IOException {
        return type == FLOAT32 ? Float.intBitsToFloat(in.int32(what)) : Double.longBitsToDouble(in.int64(what));
    }

    private long whole(int type, String what) throws IOException {
        requireType(type, what);
        return switch (type) {
            case 0 -> Byte.toUnsignedLong(in.int8(what));
            case 1 -> in.int8(what);
            case 2 -> Short.toUnsignedLong(in.int16(what));
            case 3 -> in.int16(what);
            case 4 -> Integer.toUnsignedLong(in.int32(what));
            case 5 -> in.int32(what);
            default -> in.int64(what);
        };
    }

    private void requireType(int type, String what) {
        if (type < 0 || type >= BYTES.length) {
            throw in.broken(
                    "%s is of type %s, which GGUF does not have".formatted(what, Integer.toUnsignedString(type)));
        }
    }

    /** A line of the table, whose offset counts from where the tensors begin. */
    private record Entry(String name, List<Long> shape, TensorType type, long offset) {}

    private Entry entry() throws IOException {
        var name = in.text("a tensor's name", MOST_NAME_BYTES);
        var what = "tensor " + shown(name);
        long sides = Integer.toUnsignedLong(in.int32(what));
        if (sides < 1 || sides > MOST_SIDES) {
            throw in.broken("%s has %d sides; expected 1 to %d".formatted(what, sides, MOST_SIDES));
        }
        var shape = list((int) sides, () -> in.int64(what));
        requireCountable(what, shape);
        long type = Integer.toUnsignedLong(in.int32(what));
        return new Entry(
                name,
                shape,
                TensorType.of(type)
                        .orElseThrow(() -> in.unknown(
                                "%s is of type %d, which is not known here".formatted(what, type),
                                "Get the file in " + TensorType.readable() + ".")),
                in.int64(what));
    }

    private void requireCountable(String what, List<Long> shape) {
        long size = 1;
        for (long side : shape) {
            if (side < 1 || side > MOST_NUMBERS / size) {
                throw in.broken("%s has the shape %s; expected sides of 1 or more, and %d numbers at most"
                        .formatted(
                                what, shape.stream().map(Long::toUnsignedString).toList(), MOST_NUMBERS));
            }
            size *= side;
        }
    }

    /** Where the tensors lie, which begin at the next multiple of the alignment. */
    private void place(List<Entry> entries, long end) {
        long alignment = alignment();
        long start = Math.ceilDiv(end, alignment) * alignment;
        for (var entry : entries) {
            if (tensors.put(entry.name(), placed(entry, start, alignment)) != null) {
                throw in.broken("tensor %s is there twice".formatted(shown(entry.name())));
            }
        }
    }

    private GgufTensor placed(Entry entry, long start, long alignment) {
        var what = "tensor " + shown(entry.name());
        long columns = entry.shape().getFirst();
        boolean readable = entry.type().isReadable();
        if (readable && columns % entry.type().block() != 0) {
            throw in.broken("%s has rows of %d numbers, which are no whole blocks of %s"
                    .formatted(what, columns, entry.type()));
        }
        var tensor = new GgufTensor(entry.name(), entry.shape(), entry.type(), start + entry.offset(), 0);
        long bytes = readable ? Math.multiplyExact(entry.type().rowBytes(columns), tensor.rows()) : 0;
        long room = in.fileBytes() - start;
        if (entry.offset() < 0 || entry.offset() % alignment != 0 || entry.offset() > room - bytes) {
            throw in.broken("%s is said to be %d bytes at byte %s, a multiple of %d, behind byte %d; the file has %d"
                    .formatted(what, bytes, Long.toUnsignedString(entry.offset()), alignment, start, in.fileBytes()));
        }
        return new GgufTensor(entry.name(), entry.shape(), entry.type(), start + entry.offset(), bytes);
    }

    private long alignment() {
        var value = values.get(ALIGNMENT);
        if (value == null) {
            return DEFAULT_ALIGNMENT;
        }
        long alignment = value instanceof GgufValue.Whole whole ? whole.value() : 0;
        if (alignment < 1 || alignment > MOST_ALIGNMENT || Long.bitCount(alignment) != 1) {
            throw in.broken("%s is %s; expected a power of two, %d at most"
                    .formatted(ALIGNMENT, value instanceof GgufValue.Whole ? alignment : value.kind(), MOST_ALIGNMENT));
        }
        return alignment;
    }

    /** A foreign name in a message. */
    private static String shown(String name) {
        return VisibleText.line(name);
    }
}
