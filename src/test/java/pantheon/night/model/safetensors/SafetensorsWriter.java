package pantheon.night.model.safetensors;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import pantheon.night.contract.Json;
import tools.jackson.databind.node.ObjectNode;

/** Writes safetensors files by the format's text: the length of the header, the header, the tensors' bytes. */
public final class SafetensorsWriter {
    private final ObjectNode header = Json.object();
    private final ByteArrayOutputStream data = new ByteArrayOutputStream();

    public SafetensorsWriter() {
        header.putObject("__metadata__").put("format", "pt");
    }

    /** Adds a tensor behind those before. */
    public SafetensorsWriter tensor(String name, String type, List<Long> shape, byte[] content) {
        entry(name, type, shape, data.size(), data.size() + content.length);
        data.writeBytes(content);
        return this;
    }

    /** Adds what the header says of a tensor, and no bytes. */
    public SafetensorsWriter entry(String name, String type, List<Long> shape, long from, long to) {
        var entry = header.putObject(name).put("dtype", type);
        shape.forEach(entry.putArray("shape")::add);
        entry.putArray("data_offsets").add(from).add(to);
        return this;
    }

    public ObjectNode header() {
        return header;
    }

    /** The file's bytes. */
    public byte[] bytes() {
        return bytes(header.toString());
    }

    /** The same with another text as the header. */
    public byte[] bytes(String text) {
        var utf8 = text.getBytes(StandardCharsets.UTF_8);
        var length =
                ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN).putLong(utf8.length);
        var all = Arrays.copyOf(length.array(), Long.BYTES + utf8.length + data.size());
        System.arraycopy(utf8, 0, all, Long.BYTES, utf8.length);
        System.arraycopy(data.toByteArray(), 0, all, Long.BYTES + utf8.length, data.size());
        return all;
    }

    public Path write(Path file) throws IOException {
        return Files.write(file, bytes());
    }
}
