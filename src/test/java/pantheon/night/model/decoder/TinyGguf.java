package pantheon.night.model.decoder;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import pantheon.night.model.gguf.GgufWriter;
import pantheon.night.model.gguf.TensorType;
import pantheon.night.model.weight.Blocks;

/** Makes GGUF files of tiny decoders with random weights: two layers, and 64 tokens. */
public final class TinyGguf {
    public static final int WIDTH = 256;
    public static final int HEADS = 4;
    public static final int KV_HEADS = 2;
    public static final int FEED = 512;
    public static final int VOCABULARY = 64;
    private static final int LAYERS = 2;

    private final String family;
    private final Map<String, TensorType> types = new HashMap<>();
    private TensorType type = TensorType.F32;
    private int headWidth = WIDTH / HEADS;
    private boolean tied = true;
    private UnaryOperator<GgufWriter> more = writer -> writer;

    public TinyGguf(String family) {
        this.family = family;
    }

    /** The type of all matrices. */
    public TinyGguf type(TensorType all) {
        type = all;
        return this;
    }

    /** Another type for those whose name ends so. */
    public TinyGguf type(String end, TensorType other) {
        types.put(end, other);
        return this;
    }

    public TinyGguf headWidth(int numbers) {
        headWidth = numbers;
        return this;
    }

    public TinyGguf untied() {
        tied = false;
        return this;
    }

    /** Something else that stands in the file. */
    public TinyGguf with(UnaryOperator<GgufWriter> something) {
        var before = more;
        more = writer -> something.apply(before.apply(writer));
        return this;
    }

    @Override
    public String toString() {
        return "%s %s %s%s".formatted(family, type, types, tied ? "" : " untied");
    }

    public Path write(Path file) throws IOException {
        return writer().write(file);
    }

    public GgufWriter writer() {
        var writer = new GgufWriter()
                .text("general.architecture", family)
                .text("general.name", "Tiny " + family)
                .text("general.license", "apache-2.0")
                .uint32(family + ".block_count", LAYERS)
                .uint32(family + ".context_length", 128)
                .uint32(family + ".embedding_length", WIDTH)
                .uint32(family + ".feed_forward_length", FEED)
                .uint32(family + ".attention.head_count", HEADS)
                .uint32(family + ".attention.head_count_kv", KV_HEADS)
                .uint32(family + ".attention.key_length", headWidth)
                .uint32(family + ".attention.value_length", headWidth)
                .float32(family + ".rope.freq_base", 10_000)
                .float32(family + ".attention.layer_norm_rms_epsilon", 1e-5f);
        matrix(writer, "token_embd.weight", VOCABULARY, WIDTH);
        vector(writer, "output_norm.weight", WIDTH);
        if (!tied) {
            matrix(writer, "output.weight", VOCABULARY, WIDTH);
        }
        IntStream.range(0, LAYERS).forEach(layer -> layer(writer, "blk.%d.".formatted(layer)));
        return more.apply(writer);
    }

    private void layer(GgufWriter writer, String layer) {
        vector(writer, layer + "attn_norm.weight", WIDTH);
        vector(writer, layer + "ffn_norm.weight", WIDTH);
        matrix(writer, layer + "attn_q.weight", HEADS * headWidth, WIDTH);
        matrix(writer, layer + "attn_k.weight", KV_HEADS * headWidth, WIDTH);
        matrix(writer, layer + "attn_v.weight", KV_HEADS * headWidth, WIDTH);
        matrix(writer, layer + "attn_output.weight", WIDTH, HEADS * headWidth);
        matrix(writer, layer + "ffn_gate.weight", FEED, WIDTH);
        matrix(writer, layer + "ffn_up.weight", FEED, WIDTH);
        matrix(writer, layer + "ffn_down.weight", WIDTH, FEED);
        if (family.equals("qwen2")) {
            vector(writer, layer + "attn_q.bias", HEADS * headWidth);
            vector(writer, layer + "attn_k.bias", KV_HEADS * headWidth);
            vector(writer, layer + "attn_v.bias", KV_HEADS * headWidth);
        }
        if (family.equals("qwen3")) {
            vector(writer, layer + "attn_q_norm.weight", headWidth);
            vector(writer, layer + "attn_k_norm.weight", headWidth);
        }
    }

    private void matrix(GgufWriter writer, String name, int rows, int columns) {
        var as = types.entrySet().stream()
                .filter(entry -> name.endsWith(entry.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(type);
        var content = Blocks.random(as, rows * columns / as.block(), name.hashCode());
        writer.tensor(name, as, List.of((long) columns, (long) rows), content);
    }

    private static void vector(GgufWriter writer, String name, int numbers) {
        writer.tensor(
                name,
                TensorType.F32,
                List.of((long) numbers),
                Blocks.near(name.endsWith("bias") ? 0 : 1, numbers, name.hashCode()));
    }
}
