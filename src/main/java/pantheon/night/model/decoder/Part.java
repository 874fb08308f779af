package pantheon.night.model.decoder;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** What the weights of a decoder are for, and what the two kinds of files call them; {@code %d} is the layer. */
public enum Part {
    EMBEDDING("token_embd.weight", "model.embed_tokens.weight"),
    OUTPUT("output.weight", "lm_head.weight"),
    OUTPUT_NORM("output_norm.weight", "model.norm.weight"),
    ATTENTION_NORM("blk.%d.attn_norm.weight", "model.layers.%d.input_layernorm.weight"),
    QUERY("blk.%d.attn_q.weight", "model.layers.%d.self_attn.q_proj.weight"),
    KEY("blk.%d.attn_k.weight", "model.layers.%d.self_attn.k_proj.weight"),
    VALUE("blk.%d.attn_v.weight", "model.layers.%d.self_attn.v_proj.weight"),
    QUERY_BIAS("blk.%d.attn_q.bias", "model.layers.%d.self_attn.q_proj.bias"),
    KEY_BIAS("blk.%d.attn_k.bias", "model.layers.%d.self_attn.k_proj.bias"),
    VALUE_BIAS("blk.%d.attn_v.bias", "model.layers.%d.self_attn.v_proj.bias"),
    QUERY_NORM("blk.%d.attn_q_norm.weight", "model.layers.%d.self_attn.q_norm.weight"),
    KEY_NORM("blk.%d.attn_k_norm.weight", "model.layers.%d.self_attn.k_norm.weight"),
    ATTENTION_OUTPUT("blk.%d.attn_output.weight", "model.layers.%d.self_attn.o_proj.weight"),
    FEED_NORM("blk.%d.ffn_norm.weight", "model.layers.%d.post_attention_layernorm.weight"),
    GATE("blk.%d.ffn_gate.weight", "model.layers.%d.mlp.gate_proj.weight"),
    UP("blk.%d.ffn_up.weight", "model.layers.%d.mlp.up_proj.weight"),
    DOWN("blk.%d.ffn_down.weight", "model.layers.%d.mlp.down_proj.weight");

    private final String gguf;
    private final String huggingFace;

    Part(String gguf, String huggingFace) {
        this.gguf = gguf;
        this.huggingFace = huggingFace;
    }

    public String gguf(int layer) {
        return gguf.formatted(layer);
    }

    public String huggingFace(int layer) {
        return huggingFace.formatted(layer);
    }

    /** Whether each layer has one. */
    public boolean isOfLayer() {
        return gguf.contains("%d");
    }

    /** Whether rows are multiplied by it; norms and biases are lists of numbers. */
    public boolean isMatrix() {
        return switch (this) {
            case OUTPUT_NORM, ATTENTION_NORM, FEED_NORM, QUERY_NORM, KEY_NORM, QUERY_BIAS, KEY_BIAS, VALUE_BIAS ->
                false;
            default -> true;
        };
    }

    /** Whether a decoder of the family cannot do without. */
    public boolean isNeededBy(Family family) {
        return switch (this) {
            case OUTPUT -> false; // the embedding serves
            case QUERY_BIAS, KEY_BIAS, VALUE_BIAS -> family == Family.QWEN2;
            case QUERY_NORM, KEY_NORM -> family == Family.QWEN3;
            default -> true;
        };
    }

    /** Whether a decoder of the family may have it. */
    public boolean isKnownIn(Family family) {
        return this == OUTPUT || isNeededBy(family);
    }

    /** How many rows and columns it has in a decoder; of what is no matrix one row. */
    public Size size(DecoderShape shape) {
        return switch (this) {
            case EMBEDDING, OUTPUT -> new Size(shape.vocabulary(), shape.width());
            case OUTPUT_NORM, ATTENTION_NORM, FEED_NORM -> new Size(1, shape.width());
            case QUERY -> new Size(shape.queryWidth(), shape.width());
            case KEY, VALUE -> new Size(shape.kvWidth(), shape.width());
            case QUERY_BIAS -> new Size(1, shape.queryWidth());
            case KEY_BIAS, VALUE_BIAS -> new Size(1, shape.kvWidth());
            case QUERY_NORM, KEY_NORM -> new Size(1, shape.headWidth());
            case ATTENTION_OUTPUT -> new Size(shape.width(), shape.queryWidth());
            case GATE, UP -> new Size(shape.feedForward(), shape.width());
            case DOWN -> new Size(shape.width(), shape.feedForward());
        };
    }

    /** A part of one decoder. */
    public record Placed(Part part, int layer) {}

    /** All that a decoder needs or may have, layer by layer. */
    public static List<Placed> of(DecoderShape shape) {
        return Arrays.stream(values())
                .filter(part -> part.isKnownIn(shape.family()))
                .flatMap(part -> IntStream.range(0, part.isOfLayer() ? shape.layers() : 1)
                        .mapToObj(layer -> new Placed(part, layer)))
                .toList();
    }

    /** The sides of a matrix. */
    public record Size(long rows, int columns) {}
}
