package pantheon.night.engine.openvino;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import pantheon.night.engine.openvino.IrWriter.Out;

/**
 * A decoder that says what it is told: each token is followed by one that a table names. It attends to all tokens before,
 * in two heads, as a graph of Optimum's does, and what it finds moves the logits a little, never so much that another token
 * would win.
 */
final class AttendingSpeaker {
    private static final int HEADS = 2;
    private static final int HEAD_WIDTH = 32;
    private static final int WIDTH = HEADS * HEAD_WIDTH;

    private final IrWriter ir = new IrWriter();
    private final Random random = new Random(11);

    private AttendingSpeaker() {}

    /** Writes the graph and its numbers. */
    static void write(Path folder, int[] followers) throws IOException {
        Files.createDirectories(folder);
        var speaker = new AttendingSpeaker();
        speaker.graph(followers);
        speaker.ir.write(folder);
    }

    private void graph(int[] followers) {
        int vocabulary = followers.length;
        var ids = ir.input("input_ids", "i64", "?,?");
        var mask = ir.input("attention_mask", "i64", "?,?");
        var positions = ir.input("position_ids", "i64", "?,?");
        var beams = ir.input("beam_idx", "i32", "?");
        var table = new float[vocabulary * vocabulary];
        for (int id = 0; id < vocabulary; id++) {
            table[id * vocabulary + followers[id]] = 1;
        }
        var followed = gather(ir.floats(table, vocabulary, vocabulary), ids);
        var hidden = hidden(vocabulary, ids, positions);
        var attended = attended(hidden, ids, beams, allowed(mask, positions));
        var moved = ir.op(
                "MatMul",
                "opset1",
                "transpose_a=\"false\" transpose_b=\"false\"",
                "f32",
                attended,
                matrix(0.01f, WIDTH, vocabulary));
        var logits = ir.named("logits", "Add", "opset1", "auto_broadcast=\"numpy\"", followed, moved);
        ir.end("result", "Result", "opset1", "", logits);
    }

    private Out matrix(float scale, int rows, int columns) {
        var values = new float[rows * columns];
        for (int i = 0; i < values.length; i++) {
            values[i] = scale * (random.nextFloat() - 0.5f);
        }
        return ir.floats(values, rows, columns);
    }

    private Out gather(Out table, Out indices) {
        return ir.op("Gather", "opset8", "batch_dims=\"0\"", "f32", table, indices, ir.integer(0));
    }

    private Out converted(Out value, String type) {
        return ir.op("Convert", "opset1", "destination_type=\"%s\"".formatted(type), type, value);
    }

    private Out unsqueezed(Out value, int axis, String type) {
        return ir.op("Unsqueeze", "opset1", "", type, value, ir.integer(axis));
    }

    private Out binary(String operator, Out one, Out other, String type) {
        return ir.op(operator, "opset1", "auto_broadcast=\"numpy\"", type, one, other);
    }

    /** What a token is, and where it stands. */
    private Out hidden(int vocabulary, Out ids, Out positions) {
        var place = unsqueezed(converted(positions, "f32"), 2, "f32");
        var waves = ir.op("Sin", "opset1", "", "f32", binary("Multiply", place, matrix(1, 1, WIDTH), "f32"));
        return binary("Add", gather(matrix(4, vocabulary, WIDTH), ids), waves, "f32");
    }

    /** The places that each token may look at: {@code [batch, 1, tokens, all tokens]}. */
    private Out allowed(Out mask, Out positions) {
        var shape = ir.op("ShapeOf", "opset3", "output_type=\"i64\"", "i64", mask);
        var total = ir.op("Gather", "opset8", "batch_dims=\"0\"", "i64", shape, ir.integer(1), ir.integer(0));
        var all = ir.op("Range", "opset4", "output_type=\"i64\"", "i64", ir.integer(0), total, ir.integer(1));
        var until = unsqueezed(positions, 2, "i64");
        return unsqueezed(binary("LessEqual", all, until, "boolean"), 1, "boolean");
    }

    private Out attended(Out hidden, Out ids, Out beams, Out allowed) {
        var attention = ir.op(
                "ScaledDotProductAttention",
                "opset13",
                "causal=\"false\"",
                "f32",
                heads(hidden),
                kept("key", heads(hidden), ids, beams),
                kept("value", heads(hidden), ids, beams),
                allowed);
        var back = ir.op("Transpose", "opset1", "", "f32", attention, ir.integers(new long[] {0, 2, 1, 3}, 4));
        return reshaped(back, 0, 0, WIDTH);
    }

    private Out reshaped(Out value, long... shape) {
        return ir.op("Reshape", "opset1", "special_zero=\"true\"", "f32", value, ir.integers(shape, shape.length));
    }

    private Out heads(Out hidden) {
        var product = ir.op(
                "MatMul",
                "opset1",
                "transpose_a=\"false\" transpose_b=\"false\"",
                "f32",
                hidden,
                matrix(0.5f, WIDTH, WIDTH));
        var split = reshaped(product, 0, 0, HEADS, HEAD_WIDTH);
        return ir.op("Transpose", "opset1", "", "f32", split, ir.integers(new long[] {0, 2, 1, 3}, 4));
    }

    /** The tokens before, and these. */
    private Out kept(String name, Out now, Out ids, Out beams) {
        var variable = "variable_id=\"%s\" variable_type=\"f32\" variable_shape=\"?,%d,?,%d\""
                .formatted(name, HEADS, HEAD_WIDTH);
        var before = ir.op("ReadValue", "opset6", variable, "f32", none(ids));
        var ordered = ir.op("Gather", "opset8", "batch_dims=\"0\"", "f32", before, beams, ir.integer(0));
        var all = ir.op("Concat", "opset1", "axis=\"2\"", "f32", ordered, now);
        ir.end("assign " + name, "Assign", "opset6", variable, all);
        return all;
    }

    /** No tokens at all, for each row of the batch. */
    private Out none(Out ids) {
        var shape = ir.op("ShapeOf", "opset3", "output_type=\"i64\"", "i64", ids);
        var rows = ir.op(
                "Gather", "opset8", "batch_dims=\"0\"", "i64", shape, ir.integers(new long[] {0}, 1), ir.integer(0));
        var rest = ir.integers(new long[] {HEADS, 0, HEAD_WIDTH}, 3);
        var whole = ir.op("Concat", "opset1", "axis=\"0\"", "i64", rows, rest);
        return ir.op("Broadcast", "opset3", "mode=\"numpy\"", "f32", ir.floats(new float[1]), whole);
    }
}
