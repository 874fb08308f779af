package pantheon.night.model.gguf;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Writes GGUF files, whole ones and broken ones. What it writes it is told number by number, by the format's text. */
public final class GgufWriter {
    private static final int ALIGNMENT = 32;

    private final List<byte[]> entries = new ArrayList<>();
    private final List<byte[]> table = new ArrayList<>();
    private final ByteArrayOutputStream data = new ByteArrayOutputStream();
    private int version = 3;

    public GgufWriter version(int number) {
        version = number;
        return this;
    }

    /** A value of any type, its bytes as they are. */
    public GgufWriter raw(String key, int type, Consumer<Bytes> value) {
        var bytes = new Bytes().text(key).int32(type);
        value.accept(bytes);
        entries.add(bytes.all());
        return this;
    }

    public GgufWriter text(String key, String value) {
        return raw(key, 8, bytes -> bytes.text(value));
    }

    public GgufWriter uint32(String key, int value) {
        return raw(key, 4, bytes -> bytes.int32(value));
    }

    public GgufWriter float32(String key, float value) {
        return raw(key, 6, bytes -> bytes.int32(Float.floatToRawIntBits(value)));
    }

    public GgufWriter flag(String key, boolean value) {
        return raw(key, 7, bytes -> bytes.int8(value ? 1 : 0));
    }

    public GgufWriter texts(String key, List<String> values) {
        return raw(key, 9, bytes -> {
            bytes.int32(8).int64(values.size());
            values.forEach(bytes::text);
        });
    }

    public GgufWriter int32s(String key, List<Integer> values) {
        return raw(key, 9, bytes -> {
            bytes.int32(5).int64(values.size());
            values.forEach(bytes::int32);
        });
    }

    /** Adds a tensor behind the last; its shape has the fastest side first. */
    public GgufWriter tensor(String name, TensorType type, List<Long> shape, byte[] content) {
        return tensor(name, id(type), shape, data.size(), content);
    }

    /** A line of the table that may say anything. */
    public GgufWriter tensor(String name, int type, List<Long> shape, long offset, byte[] content) {
        var bytes = new Bytes().text(name).int32(shape.size());
        shape.forEach(bytes::int64);
        table.add(bytes.int32(type).int64(offset).all());
        data.writeBytes(content);
        data.writeBytes(new byte[Math.floorMod(-data.size(), ALIGNMENT)]);
        return this;
    }

    public byte[] bytes() {
        return bytes(table.size(), entries.size());
    }

    /** The same with other counts than there are. */
    public byte[] bytes(long tensors, long keys) {
        var all = new Bytes()
                .raw("GGUF".getBytes(StandardCharsets.US_ASCII))
                .int32(version)
                .int64(tensors)
                .int64(keys);
        entries.forEach(all::raw);
        table.forEach(all::raw);
        all.raw(new byte[Math.floorMod(-all.all().length, ALIGNMENT)]);
        return all.raw(data.toByteArray()).all();
    }

    public Path write(Path file) throws IOException {
        return Files.write(file, bytes());
    }

    private static int id(TensorType type) {
        for (int id = 0; id < 64; id++) {
            if (TensorType.of(id).filter(type::equals).isPresent()) {
                return id;
            }
        }
        throw new IllegalArgumentException("no number stands for " + type);
    }

    /** Little-endian numbers one after the other. */
    public static final class Bytes {
        private final ByteArrayOutputStream out = new ByteArrayOutputStream();

        public Bytes int8(int value) {
            out.write(value);
            return this;
        }

        public Bytes int16(int value) {
            return raw(little(2).putShort((short) value).array());
        }

        public Bytes int32(int value) {
            return raw(little(4).putInt(value).array());
        }

        public Bytes int64(long value) {
            return raw(little(8).putLong(value).array());
        }

        public Bytes text(String value) {
            var bytes = value.getBytes(StandardCharsets.UTF_8);
            return int64(bytes.length).raw(bytes);
        }

        public Bytes raw(byte[] bytes) {
            out.writeBytes(bytes);
            return this;
        }

        public byte[] all() {
            return out.toByteArray();
        }

        private static ByteBuffer little(int bytes) {
            return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
        }
    }
}
