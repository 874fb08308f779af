package pantheon.night.engine.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.ByteString;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An ONNX graph in the making: every method that adds an operator returns the name of its output. */
final class OnnxGraph {
    static final int FLOAT = TensorProto.DataType.FLOAT_VALUE;
    static final int HALF = TensorProto.DataType.FLOAT16_VALUE;
    static final int BYTES = TensorProto.DataType.UINT8_VALUE;
    static final int INT64 = TensorProto.DataType.INT64_VALUE;
    static final int INT32 = TensorProto.DataType.INT32_VALUE;
    static final int BOOL = TensorProto.DataType.BOOL_VALUE;
    /** The operators that ONNX Runtime adds to the standard's. */
    static final String CONTRIBUTED = "com.microsoft";

    private final GraphProto.Builder graph = GraphProto.newBuilder().setName("decoder");
    private final Map<String, String> constants = new HashMap<>();
    private final ByteArrayOutputStream external = new ByteArrayOutputStream();
    private final @Nullable String externalFile;
    private final int floats;
    private int names;

    /**
     * @param floats the type of the weights, {@link #FLOAT} or {@link #HALF}
     * @param externalFile the file beside the graph that holds the weights, null for the graph itself
     */
    OnnxGraph(int floats, @Nullable String externalFile) {
        this.floats = floats;
        this.externalFile = externalFile;
    }

    int floats() {
        return floats;
    }

    /** Declares an input; a dimension is a number, or a name where it is open. */
    void input(String name, int type, Object... dimensions) {
        graph.addInput(value(name, type, dimensions));
    }

    void output(String name, int type, Object... dimensions) {
        graph.addOutput(value(name, type, dimensions));
    }

    String op(String type, List<String> inputs, AttributeProto... attributes) {
        var output = "t" + names++;
        node("", type, inputs, List.of(output), attributes);
        return output;
    }

    void node(String domain, String type, List<String> inputs, List<String> outputs, AttributeProto... attributes) {
        graph.addNode(NodeProto.newBuilder()
                .setName(type + names++)
                .setDomain(domain)
                .setOpType(type)
                .addAllInput(inputs)
                .addAllOutput(outputs)
                .addAllAttribute(List.of(attributes)));
    }

    /** Weights, in the graph's type of floats. */
    String weights(float[] values, long... dimensions) {
        var bytes = littleEndian(values.length * (floats == HALF ? 2 : 4));
        for (float value : values) {
            if (floats == HALF) {
                bytes.putShort(Float.floatToFloat16(value));
            } else {
                bytes.putFloat(value);
            }
        }
        return initializer(floats, bytes, dimensions);
    }

    String weights(byte[] values, long... dimensions) {
        return initializer(BYTES, ByteBuffer.wrap(values).position(values.length), dimensions);
    }

    /** One number of the graph's type of floats. */
    String number(float value) {
        return constants.computeIfAbsent("float " + value, key -> weights(new float[] {value}, 1));
    }

    /** A vector of integers. */
    String integers(long... values) {
        return constants.computeIfAbsent(
                "integers " + java.util.Arrays.toString(values), key -> longs(values, values.length));
    }

    /** A scalar. */
    String scalar(long value) {
        return constants.computeIfAbsent("scalar " + value, key -> longs(new long[] {value}));
    }

    private String longs(long[] values, long... dimensions) {
        var bytes = littleEndian(8 * values.length);
        for (long value : values) {
            bytes.putLong(value);
        }
        return initializer(INT64, bytes, dimensions);
    }

    private String initializer(int type, ByteBuffer bytes, long... dimensions) {
        var name = "w" + names++;
        var tensor = TensorProto.newBuilder().setName(name).setDataType(type);
        for (long dimension : dimensions) {
            tensor.addDims(dimension);
        }
        var content = ByteString.copyFrom(bytes.flip());
        if (externalFile == null || type == INT64) {
            tensor.setRawData(content);
        } else {
            tensor.setDataLocation(TensorProto.DataLocation.EXTERNAL)
                    .addExternalData(entry("location", externalFile))
                    .addExternalData(entry("offset", String.valueOf(external.size())))
                    .addExternalData(entry("length", String.valueOf(content.size())));
            external.writeBytes(content.toByteArray());
        }
        graph.addInitializer(tensor);
        return name;
    }

    private static StringStringEntryProto entry(String key, String value) {
        return StringStringEntryProto.newBuilder().setKey(key).setValue(value).build();
    }

    /** Writes the graph, and the file of its weights beside it where it has one. */
    void write(Path file) throws IOException {
        var model = ModelProto.newBuilder()
                .setIrVersion(8)
                .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("").setVersion(17))
                .addOpsetImport(
                        OperatorSetIdProto.newBuilder().setDomain(CONTRIBUTED).setVersion(1))
                .setGraph(graph)
                .build();
        Files.write(file, model.toByteArray());
        if (externalFile != null) {
            Files.write(file.resolveSibling(externalFile), external.toByteArray());
        }
    }

    static AttributeProto integer(String name, long value) {
        return AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeProto.AttributeType.INT)
                .setI(value)
                .build();
    }

    static AttributeProto number(String name, float value) {
        return AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeProto.AttributeType.FLOAT)
                .setF(value)
                .build();
    }

    static AttributeProto integers(String name, long... values) {
        var attribute = AttributeProto.newBuilder().setName(name).setType(AttributeProto.AttributeType.INTS);
        for (long value : values) {
            attribute.addInts(value);
        }
        return attribute.build();
    }

    private static ByteBuffer littleEndian(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static ValueInfoProto value(String name, int type, Object... dimensions) {
        var shape = TensorShapeProto.newBuilder();
        for (var dimension : dimensions) {
            shape.addDim(
                    dimension instanceof Integer size
                            ? TensorShapeProto.Dimension.newBuilder().setDimValue(size)
                            : TensorShapeProto.Dimension.newBuilder().setDimParam(dimension.toString()));
        }
        return ValueInfoProto.newBuilder()
                .setName(name)
                .setType(TypeProto.newBuilder()
                        .setTensorType(
                                TypeProto.Tensor.newBuilder().setElemType(type).setShape(shape)))
                .build();
    }
}
