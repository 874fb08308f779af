package pantheon.night.model.importing;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.zip.CRC32;
import pantheon.night.contract.Json;
import pantheon.night.model.SmallTokenizer;
import pantheon.night.model.decoder.Part;
import pantheon.night.model.safetensors.SafetensorsFolder;
import pantheon.night.model.safetensors.SafetensorsWriter;
import tools.jackson.databind.node.ObjectNode;

/**
 * Makes Hugging Face folders of tiny decoders. The numbers of their weights follow from names and places, as
 * {@code src/bench/transformers_logits.py} computes them too.
 */
public final class TinyFolder {
    static final String END = "<|end|>";

    private final String type;
    private final ObjectNode config;
    private final Map<String, List<Long>> shapes = new LinkedHashMap<>();
    private SmallTokenizer tokenizer = new SmallTokenizer().add(END, true);

    /** A decoder of a configuration, all of its numbers in one type. */
    TinyFolder(ObjectNode config, String type) {
        this.config = config;
        this.type = type;
        var shape = FolderShape.of(new FolderConfig(Path.of("config.json"), config), 0);
        boolean tied = config.path("tie_word_embeddings").asBoolean(false);
        for (var placed : Part.of(shape)) {
            if (placed.part() != Part.OUTPUT || !tied) {
                var size = placed.part().size(shape);
                shapes.put(
                        placed.part().huggingFace(placed.layer()),
                        placed.part().isMatrix()
                                ? List.of(size.rows(), (long) size.columns())
                                : List.of((long) size.columns()));
            }
        }
    }

    public static TinyFolder of(String family) {
        var config = Json.object()
                .put("model_type", family)
                .put("hidden_size", 64)
                .put("intermediate_size", 96)
                .put("num_hidden_layers", 2)
                .put("num_attention_heads", 4)
                .put("num_key_value_heads", 2)
                .put("vocab_size", 320)
                .put("max_position_embeddings", 128)
                .put("rms_norm_eps", 1e-5)
                .put("eos_token_id", SmallTokenizer.ADDED);
        return new TinyFolder(config, "F32");
    }

    public TinyFolder with(Consumer<ObjectNode> change) {
        change.accept(config);
        return this;
    }

    /** Another tensor, or one in the place of what is there. */
    TinyFolder tensor(String name, List<Long> shape) {
        shapes.put(name, shape);
        return this;
    }

    TinyFolder without(String name) {
        shapes.remove(name);
        return this;
    }

    TinyFolder tokenizer(SmallTokenizer other) {
        tokenizer = other;
        return this;
    }

    /** Writes it with all weights in one file. */
    public Path write(Path folder) throws IOException {
        writeBeside(folder);
        var writer = new SafetensorsWriter();
        shapes.forEach((name, shape) -> writer.tensor(name, type, shape, content(name, shape)));
        writer.write(folder.resolve(SafetensorsFolder.SINGLE));
        return folder;
    }

    /** Writes it with the weights in two files, and their index. */
    Path writeSharded(Path folder) throws IOException {
        writeBeside(folder);
        var writers = List.of(new SafetensorsWriter(), new SafetensorsWriter());
        var map = Json.object();
        shapes.forEach((name, shape) -> {
            int file = map.size() % 2;
            writers.get(file).tensor(name, type, shape, content(name, shape));
            map.put(name, shard(file));
        });
        for (int file = 0; file < 2; file++) {
            writers.get(file).write(folder.resolve(shard(file)));
        }
        Files.writeString(
                folder.resolve(SafetensorsFolder.INDEX),
                Json.object().set("weight_map", map).toString());
        return folder;
    }

    private static String shard(int file) {
        return "model-%05d-of-00002.safetensors".formatted(file + 1);
    }

    private void writeBeside(Path folder) throws IOException {
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("config.json"), config.toString());
        tokenizer.write(folder);
    }

    private byte[] content(String name, List<Long> shape) {
        int count = Math.toIntExact(shape.stream().reduce(1L, Math::multiplyExact));
        int bytes = type.equals("F32") ? Float.BYTES : Short.BYTES;
        var buffer = ByteBuffer.allocate(count * bytes).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < count; i++) {
            float number = number(name, i);
            switch (type) {
                case "F32" -> buffer.putFloat(number);
                case "F16" -> buffer.putShort(Float.floatToFloat16(number));
                default -> buffer.putShort((short) (Float.floatToRawIntBits(number) >>> 16));
            }
        }
        return buffer.array();
    }

    static float number(String name, int place) {
        var crc = new CRC32();
        crc.update(name.getBytes(StandardCharsets.UTF_8));
        long x = (place * 2_654_435_761L + crc.getValue()) & 0xFFFF_FFFFL;
        x ^= x >> 16;
        x = (x * 0x45D9_F3BL) & 0xFFFF_FFFFL;
        x ^= x >> 16;
        double value = x % 2001 - 1000;
        if (name.endsWith("norm.weight")) {
            return (float) (1 + value / 4000);
        }
        return (float) (value / (name.endsWith("bias") ? 5000 : 10_000));
    }
}
