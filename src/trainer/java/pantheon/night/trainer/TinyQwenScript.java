package pantheon.night.trainer;

import java.util.List;
import java.util.stream.Collectors;

/**
 * The decoder's forward pass as TorchScript source. Its arguments, in order:
 *
 * <ol>
 *   <li>{@code flat}: all parameters, laid out by {@link ParameterLayout};
 *   <li>{@code cos}, {@code sin}: [prefix + rows' length, head width], the rotary tables;
 *   <li>{@code prefix}: [1, P], the tokens that all rows share;
 *   <li>{@code ids}: [B, T], the rows, padded on the right;
 *   <li>{@code mask}: [T, P + T], zero where a row's token may look, minus infinity where not;
 *   <li>{@code position}: [B * M], positions within a row whose next token is asked for;
 *   <li>{@code place}: [B * M], the same counted over all rows of {@code ids};
 *   <li>{@code kept}: [N], those of the B * M that are not padding;
 *   <li>{@code targets}: [N], the tokens wanted there.
 * </ol>
 *
 * It returns the mean cross entropy and the logits [N, vocabulary]. The prefix is computed once and shared by all rows.
 * In the last layer the prefix and the rows give only keys and values; queries, feed-forward and logits exist at the
 * asked positions alone, which saves a fifth of the time.
 */
final class TinyQwenScript {
    private final ModelShape shape;
    private final StringBuilder source = new StringBuilder();

    private TinyQwenScript(ModelShape shape) {
        this.shape = shape;
    }

    static String of(ModelShape shape) {
        TinyQwenScript script = new TinyQwenScript(shape);
        script.head();
        for (int layer = 0; layer < shape.layers() - 1; layer++) {
            script.layer(layer);
        }
        script.lastLayer(shape.layers() - 1);
        return script.source.toString();
    }

    private void head() {
        List<ParameterLayout.Slice> slices = new ParameterLayout(shape).slices();
        String sizes = slices.stream().map(slice -> "" + slice.size()).collect(Collectors.joining(", "));
        source.append("""
                class M(Module):
                  __parameters__ = []
                  __buffers__ = []
                  training : bool
                  def forward(self: __torch__.M,
                    flat: Tensor,
                    cos: Tensor,
                    sin: Tensor,
                    prefix: Tensor,
                    ids: Tensor,
                    mask: Tensor,
                    position: Tensor,
                    place: Tensor,
                    kept: Tensor,
                    targets: Tensor) -> Tuple[Tensor, Tensor]:
                """);
        line("parts = torch.split_with_sizes(flat, [%s], 0)".formatted(sizes));
        for (int i = 0; i < slices.size(); i++) {
            ParameterLayout.Slice slice = slices.get(i);
            line(
                    slice.isMatrix()
                            ? "%s = torch.view(parts[%d], [%d, %d])"
                                    .formatted(slice.name(), i, slice.rows(), slice.columns())
                            : "%s = parts[%d]".formatted(slice.name(), i));
        }
        line("B = torch.size(ids, 0)");
        line("T = torch.size(ids, 1)");
        line("P = torch.size(prefix, 1)");
        line("S = torch.size(cos, 0)");
        line("M = torch.floordiv(torch.size(position, 0), B)");
        line("xp = torch.embedding(embed, prefix)");
        line("xr = torch.embedding(embed, ids)");
        for (String table : List.of("cos", "sin")) {
            line("%s_p = torch.unsqueeze(torch.slice(%s, 0, 0, P), 1)".formatted(table, table));
            line("%s_r = torch.unsqueeze(torch.slice(%s, 0, P, S), 1)".formatted(table, table));
            line("%s_m = torch.view(torch.index_select(%s_r, 0, position), [B, M, 1, %d])"
                    .formatted(table, table, shape.headWidth()));
        }
        line("mask_r = torch.view(torch.repeat(mask, [%d, 1]), [1, 1, -1, S])".formatted(shape.group()));
        line("mask_m = torch.repeat(torch.view(torch.index_select(mask, 0, position), [B, 1, M, S]), [1, 1, %d, 1])"
                .formatted(shape.group()));
    }

    private void layer(int layer) {
        keysAndValues(layer, "p", "1, P");
        keysAndValues(layer, "r", "B, T");
        String group = "[1, %d, %d, P, %d]".formatted(shape.kvHeads(), shape.group(), shape.headWidth());
        for (String cache : List.of("k", "v")) {
            line("%s_all = torch.reshape(torch.expand(torch.unsqueeze(%s_p, 2), %s), [1, %d, P, %d])"
                    .formatted(cache, cache, group, shape.heads(), shape.headWidth()));
        }
        queries(layer, "p", "1, P");
        line("y_p = torch.scaled_dot_product_attention(torch.transpose(q_p, 1, 2), k_all, v_all, None, 0., True)");
        line("y_p = torch.reshape(torch.transpose(y_p, 1, 2), [1, P, %d])".formatted(shape.queryWidth()));
        rest(layer, "p");
        concatenate();
        queries(layer, "r", "B, T");
        attend("r", "T");
        rest(layer, "r");
    }

    private void lastLayer(int layer) {
        keysAndValues(layer, "p", "1, P");
        keysAndValues(layer, "r", "B, T");
        concatenate();
        line("xm = torch.view(torch.index_select(torch.view(xr, [-1, %1$d]), 0, place), [B, M, %1$d])"
                .formatted(shape.hidden()));
        line("n_m = torch.view(torch.index_select(torch.view(n_r, [-1, %1$d]), 0, place), [B, M, %1$d])"
                .formatted(shape.hidden()));
        queries(layer, "m", "B, M");
        attend("m", "M");
        rest(layer, "m");
        line("h = torch.index_select(torch.view(xm, [-1, %d]), 0, kept)".formatted(shape.hidden()));
        line("logits = torch.linear(%s, embed)".formatted(norm("h", "norm")));
        line("return (torch.cross_entropy_loss(logits, targets), logits)");
    }

    /** Normalised input n, then keys and values of one stream as [batch, key heads, length, width]. */
    private void keysAndValues(int layer, String stream, String size) {
        int queries = shape.queryWidth();
        int rows = queries + 2 * shape.keyWidth();
        line("n_%s = %s".formatted(stream, norm("x" + stream, ParameterLayout.name(layer, "attention_norm"))));
        line("kv_%s = torch.chunk(torch.linear(n_%s, torch.slice(%s, 0, %d, %d), torch.slice(%s, 0, %d, %d)), 2, 2)"
                .formatted(
                        stream,
                        stream,
                        ParameterLayout.name(layer, "qkv"),
                        queries,
                        rows,
                        ParameterLayout.name(layer, "qkv_bias"),
                        queries,
                        rows));
        String view = "[%s, %d, %d]".formatted(size, shape.kvHeads(), shape.headWidth());
        line("k_%s = torch.view(kv_%s[0], %s)".formatted(stream, stream, view));
        rotate("k_" + stream, stream);
        line("k_%s = torch.transpose(k_%s, 1, 2)".formatted(stream, stream));
        line("v_%s = torch.transpose(torch.view(kv_%s[1], %s), 1, 2)".formatted(stream, stream, view));
    }

    private void concatenate() {
        for (String cache : List.of("k", "v")) {
            line("%s_all = torch.cat([torch.expand(%s_p, [B, -1, -1, -1]), %s_r], 2)".formatted(cache, cache, cache));
        }
    }

    /** Rotated queries of one stream as [batch, length, heads, width]. */
    private void queries(int layer, String stream, String size) {
        line("q_%s = torch.view(torch.linear(n_%s, torch.slice(%s, 0, 0, %d), torch.slice(%s, 0, 0, %d)), [%s, %d, %d])"
                .formatted(
                        stream,
                        stream,
                        ParameterLayout.name(layer, "qkv"),
                        shape.queryWidth(),
                        ParameterLayout.name(layer, "qkv_bias"),
                        shape.queryWidth(),
                        size,
                        shape.heads(),
                        shape.headWidth()));
        rotate("q_" + stream, stream);
    }

    /**
     * Attention of rows to prefix and rows. The query heads of a group are laid one after the other along the length, so
     * that no key is repeated.
     */
    private void attend(String stream, String length) {
        int groups = shape.kvHeads();
        int width = shape.headWidth();
        line("q_%1$s = torch.permute(torch.view(q_%1$s, [B, %2$s, %3$d, %4$d, %5$d]), [0, 2, 3, 1, 4])"
                .formatted(stream, length, groups, shape.group(), width));
        line("q_%1$s = torch.reshape(q_%1$s, [B, %2$d, -1, %3$d])".formatted(stream, groups, width));
        line("y_%1$s = torch.scaled_dot_product_attention(q_%1$s, k_all, v_all, mask_%1$s)".formatted(stream));
        line("y_%1$s = torch.permute(torch.reshape(y_%1$s, [B, %3$d, %4$d, %2$s, %5$d]), [0, 3, 1, 2, 4])"
                .formatted(stream, length, groups, shape.group(), width));
        line("y_%1$s = torch.reshape(y_%1$s, [B, %2$s, %3$d])".formatted(stream, length, shape.queryWidth()));
    }

    /** Output projection and feed-forward part of one stream, both added to x. */
    private void rest(int layer, String stream) {
        line("x%1$s = torch.add(x%1$s, torch.linear(y_%1$s, %2$s))"
                .formatted(stream, ParameterLayout.name(layer, "output")));
        line("f_%1$s = torch.chunk(torch.linear(%2$s, %3$s), 2, -1)"
                .formatted(
                        stream,
                        norm("x" + stream, ParameterLayout.name(layer, "feed_norm")),
                        ParameterLayout.name(layer, "gate_up")));
        line("x%1$s = torch.add(x%1$s, torch.linear(torch.mul(torch.silu(f_%1$s[0]), f_%1$s[1]), %2$s))"
                .formatted(stream, ParameterLayout.name(layer, "down")));
    }

    private void rotate(String name, String stream) {
        line("halves = torch.chunk(%s, 2, -1)".formatted(name));
        line(
                "%1$s = torch.add(torch.mul(%1$s, cos_%2$s), torch.mul(torch.cat([torch.neg(halves[1]), halves[0]], -1), sin_%2$s))"
                        .formatted(name, stream));
    }

    private String norm(String input, String weight) {
        return "torch.rms_norm(%s, [%d], %s, %s)".formatted(input, shape.hidden(), weight, shape.epsilon());
    }

    private void line(String statement) {
        source.append("    ").append(statement).append('\n');
    }
}
