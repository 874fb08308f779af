package pantheon.night.trainer;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.ByteString;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Writes a trained model as an ONNX graph of plain operators with a KV cache, in the layout that Optimum gives big
 * models: {@code input_ids}, {@code attention_mask}, {@code position_ids} and {@code past_key_values.N.key|value} in,
 * {@code logits} and {@code present.N.key|value} out. Rotary angles are computed from the positions, so the file holds
 * the weights and next to nothing else.
 */
final class OnnxExport {
    private static final int FLOAT = TensorProto.DataType.FLOAT_VALUE;
    private static final int INT64 = TensorProto.DataType.INT64_VALUE;
    private static final int BOOL = TensorProto.DataType.BOOL_VALUE;
    private static final int OPSET = 17;
    private static final int IR_VERSION = 8;

    private final ModelShape shape;
    private final ParameterLayout layout;
    private final float[] weights;
    private final GraphProto.Builder graph = GraphProto.newBuilder();
    private final Map<String, String> constants = new HashMap<>();
    private int names;

    private OnnxExport(ModelShape shape, float[] weights) {
        this.shape = shape;
        this.layout = new ParameterLayout(shape);
        this.weights = weights;
    }

    static void write(ModelShape shape, float[] weights, Path file) throws IOException {
        Files.write(file, new OnnxExport(shape, weights).build().toByteArray());
    }

    private ModelProto build() {
        graph.setName("qwen2");
        graph.addInput(value("input_ids", INT64, "batch_size", "sequence_length"));
        graph.addInput(value("attention_mask", INT64, "batch_size", "total_sequence_length"));
        graph.addInput(value("position_ids", INT64, "batch_size", "sequence_length"));
        graph.addOutput(value("logits", FLOAT, "batch_size", "sequence_length", shape.vocabulary()));
        for (int layer = 0; layer < shape.layers(); layer++) {
            for (String part : List.of("key", "value")) {
                graph.addInput(cache("past_key_values." + layer + "." + part, "past_sequence_length"));
                graph.addOutput(cache("present." + layer + "." + part, "total_sequence_length"));
            }
        }
        String embed = matrix("embed", false);
        String x = op("Gather", List.of(embed, "input_ids"), integer("axis", 0));
        String angles = op(
                "Mul",
                op("Cast", List.of(op("Unsqueeze", "position_ids", integers(2, 3))), integer("to", FLOAT)),
                frequencies());
        String cos = op("Cos", angles);
        String sin = op("Sin", angles);
        String mask = mask();
        for (int layer = 0; layer < shape.layers(); layer++) {
            x = layer(layer, x, cos, sin, mask);
        }
        String output = op("Transpose", List.of(embed), integerList("perm", 1, 0));
        node("MatMul", List.of(norm(x, "norm"), output), List.of("logits"));
        return ModelProto.newBuilder()
                .setIrVersion(IR_VERSION)
                .setProducerName("pantheon-night")
                .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("").setVersion(OPSET))
                .setGraph(graph)
                .build();
    }

    /** The rotary frequencies twice, for the two halves of a head: [head width]. */
    private String frequencies() {
        double[] half = shape.rotaryFrequencies();
        float[] all = new float[shape.headWidth()];
        for (int i = 0; i < all.length; i++) {
            all[i] = (float) half[i % half.length];
        }
        return tensor("rotary_frequencies", all, all.length);
    }

    /** What is added to attention scores: [batch, 1, 1, sequence, total], zero or very small. */
    private String mask() {
        String total = op("Gather", List.of(op("Shape", "attention_mask"), integer(1)), integer("axis", 0));
        String length = op("Gather", List.of(op("Shape", "input_ids"), integer(1)), integer("axis", 0));
        String keys = op("Unsqueeze", op("Range", integer(0), total, integer(1)), integers(0));
        String queries = op("Unsqueeze", op("Range", op("Sub", total, length), total, integer(1)), integers(1));
        String present = op("Cast", List.of("attention_mask"), integer("to", BOOL));
        String visible = op("And", op("LessOrEqual", keys, queries), op("Unsqueeze", present, integers(1, 2, 3)));
        return op("Where", visible, number("zero", 0), number("hidden", -1e9f));
    }

    private String layer(int layer, String input, String cos, String sin, String mask) {
        int width = shape.headWidth();
        int groups = shape.kvHeads();
        String normalised = norm(input, ParameterLayout.name(layer, "attention_norm"));
        String projected = op(
                "Add",
                op("MatMul", normalised, matrix(ParameterLayout.name(layer, "qkv"), true)),
                vector(ParameterLayout.name(layer, "qkv_bias")));
        List<String> qkv = split(projected, 2, shape.queryWidth(), shape.keyWidth(), shape.keyWidth());
        String scaled = op("Mul", qkv.get(0), number("scale", (float) (1 / Math.sqrt(width))));
        String query = rotate(op("Reshape", scaled, integers(0, 0, shape.heads(), width)), cos, sin);
        query = op("Reshape", query, integers(0, 0, groups, shape.group(), width));
        query = op("Transpose", List.of(query), integerList("perm", 0, 2, 3, 1, 4));
        String key = rotate(op("Reshape", qkv.get(1), integers(0, 0, groups, width)), cos, sin);
        String keys = withPast(layer, "key", op("Transpose", List.of(key), integerList("perm", 0, 2, 1, 3)));
        String value = op("Reshape", qkv.get(2), integers(0, 0, groups, width));
        String values = withPast(layer, "value", op("Transpose", List.of(value), integerList("perm", 0, 2, 1, 3)));
        String columns = op("Transpose", List.of(keys), integerList("perm", 0, 1, 3, 2));
        String scores = op("Add", op("MatMul", query, op("Unsqueeze", columns, integers(2))), mask);
        String attention = op("Softmax", List.of(scores), integer("axis", -1));
        String mixed = op("MatMul", attention, op("Unsqueeze", values, integers(2)));
        mixed = op("Transpose", List.of(mixed), integerList("perm", 0, 3, 1, 2, 4));
        mixed = op("Reshape", mixed, integers(0, 0, shape.queryWidth()));
        String x = op("Add", input, op("MatMul", mixed, matrix(ParameterLayout.name(layer, "output"), true)));
        String fed = op(
                "MatMul",
                norm(x, ParameterLayout.name(layer, "feed_norm")),
                matrix(ParameterLayout.name(layer, "gate_up"), true));
        List<String> gateUp = split(fed, 2, shape.feedForward(), shape.feedForward());
        String gate = op("Mul", gateUp.get(0), op("Sigmoid", gateUp.get(0)));
        String down = op("MatMul", op("Mul", gate, gateUp.get(1)), matrix(ParameterLayout.name(layer, "down"), true));
        return op("Add", x, down);
    }

    private String withPast(int layer, String part, String current) {
        String present = "present." + layer + "." + part;
        node("Concat", List.of("past_key_values." + layer + "." + part, current), List.of(present), integer("axis", 2));
        return present;
    }

    /** Turns [batch, sequence, heads, width] by its positions. */
    private String rotate(String x, String cos, String sin) {
        List<String> halves = split(x, 3, shape.headWidth() / 2, shape.headWidth() / 2);
        String turned = op("Concat", List.of(op("Neg", halves.get(1)), halves.get(0)), integer("axis", 3));
        return op("Add", op("Mul", x, cos), op("Mul", turned, sin));
    }

    private String norm(String x, String weight) {
        String mean = op("ReduceMean", List.of(op("Mul", x, x)), integerList("axes", -1), integer("keepdims", 1));
        String root = op("Sqrt", op("Add", mean, number("epsilon", (float) shape.epsilon())));
        return op("Mul", op("Div", x, root), vector(weight));
    }

    private List<String> split(String x, int axis, int... sizes) {
        long[] lengths = new long[sizes.length];
        List<String> parts = new ArrayList<>();
        for (int i = 0; i < sizes.length; i++) {
            lengths[i] = sizes[i];
            parts.add("part_" + names++);
        }
        node("Split", List.of(x, integers(lengths)), parts, integer("axis", axis));
        return parts;
    }

    private String op(String type, String... inputs) {
        return op(type, List.of(inputs));
    }

    private String op(String type, List<String> inputs, AttributeProto... attributes) {
        String output = type.toLowerCase(Locale.ROOT) + "_" + names++;
        node(type, inputs, List.of(output), attributes);
        return output;
    }

    private void node(String type, List<String> inputs, List<String> outputs, AttributeProto... attributes) {
        graph.addNode(NodeProto.newBuilder()
                .setName(type + "_" + names++)
                .setOpType(type)
                .addAllInput(inputs)
                .addAllOutput(outputs)
                .addAllAttribute(List.of(attributes)));
    }

    private String vector(String name) {
        ParameterLayout.Slice slice = layout.slice(name);
        return tensor(name, part(slice), slice.rows());
    }

    /** A weight matrix as it is, [out, in], or transposed for a product from the right. */
    private String matrix(String name, boolean transposed) {
        ParameterLayout.Slice slice = layout.slice(name);
        float[] values = part(slice);
        if (!transposed) {
            return tensor(name, values, slice.rows(), slice.columns());
        }
        float[] turned = new float[values.length];
        for (int row = 0; row < slice.rows(); row++) {
            for (int column = 0; column < slice.columns(); column++) {
                turned[column * slice.rows() + row] = values[row * slice.columns() + column];
            }
        }
        return tensor(name, turned, slice.columns(), slice.rows());
    }

    private float[] part(ParameterLayout.Slice slice) {
        float[] values = new float[slice.size()];
        System.arraycopy(weights, slice.offset(), values, 0, values.length);
        return values;
    }

    private String number(String name, float value) {
        return constants.computeIfAbsent(name, key -> tensor(key, new float[] {value}, 1));
    }

    private String tensor(String name, float[] values, long... dimensions) {
        ByteBuffer bytes = littleEndian(4 * values.length);
        bytes.asFloatBuffer().put(values);
        return initializer(name, FLOAT, bytes, dimensions);
    }

    /** A scalar. */
    private String integer(long value) {
        return constants.computeIfAbsent(
                "scalar_" + value,
                name -> initializer(name, INT64, littleEndian(8).putLong(0, value)));
    }

    /** A vector. */
    private String integers(long... values) {
        return constants.computeIfAbsent("vector_" + Arrays.toString(values), name -> {
            ByteBuffer bytes = littleEndian(8 * values.length);
            bytes.asLongBuffer().put(values);
            return initializer(name, INT64, bytes, values.length);
        });
    }

    private String initializer(String name, int type, ByteBuffer bytes, long... dimensions) {
        TensorProto.Builder tensor =
                TensorProto.newBuilder().setName(name).setDataType(type).setRawData(ByteString.copyFrom(bytes));
        for (long dimension : dimensions) {
            tensor.addDims(dimension);
        }
        graph.addInitializer(tensor);
        return name;
    }

    private static ByteBuffer littleEndian(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static AttributeProto integer(String name, long value) {
        return AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeProto.AttributeType.INT)
                .setI(value)
                .build();
    }

    private static AttributeProto integerList(String name, long... values) {
        AttributeProto.Builder attribute =
                AttributeProto.newBuilder().setName(name).setType(AttributeProto.AttributeType.INTS);
        for (long value : values) {
            attribute.addInts(value);
        }
        return attribute.build();
    }

    private ValueInfoProto cache(String name, String length) {
        return value(name, FLOAT, "batch_size", shape.kvHeads(), length, shape.headWidth());
    }

    /** A graph input or output; a dimension is a number or a name. */
    private static ValueInfoProto value(String name, int type, Object... dimensions) {
        TensorShapeProto.Builder sizes = TensorShapeProto.newBuilder();
        for (Object dimension : dimensions) {
            if (dimension instanceof Integer size) {
                sizes.addDim(TensorShapeProto.Dimension.newBuilder().setDimValue(size));
            } else {
                sizes.addDim(TensorShapeProto.Dimension.newBuilder().setDimParam(dimension.toString()));
            }
        }
        TypeProto.Tensor tensor =
                TypeProto.Tensor.newBuilder().setElemType(type).setShape(sizes).build();
        return ValueInfoProto.newBuilder()
                .setName(name)
                .setType(TypeProto.newBuilder().setTensorType(tensor))
                .build();
    }
}
