package pantheon.night.engine.openvino;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Writes a graph in OpenVINO's intermediate representation, version 11: layers, the edges between them, and numbers. */
final class IrWriter {
    private final StringBuilder layers = new StringBuilder();
    private final StringBuilder edges = new StringBuilder();
    private final ByteArrayOutputStream numbers = new ByteArrayOutputStream();
    private int count;

    /** What a layer gives out. */
    record Out(int layer, int port) {}

    Out input(String name, String type, String shape) {
        int id = layer(
                name,
                "Parameter",
                "opset1",
                "shape=\"%s\" element_type=\"%s\"".formatted(shape, type),
                List.of(),
                type,
                name);
        return new Out(id, 0);
    }

    Out floats(float[] values, int... shape) {
        var bytes = ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (float value : values) {
            bytes.putFloat(value);
        }
        return constant("f32", bytes.array(), shape);
    }

    /** Zeros of 16 bits. */
    Out halves(int count) {
        return constant("f16", new byte[2 * count], count);
    }

    Out integers(long[] values, int... shape) {
        var bytes = ByteBuffer.allocate(values.length * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (long value : values) {
            bytes.putLong(value);
        }
        return constant("i64", bytes.array(), shape);
    }

    Out integer(long value) {
        return integers(new long[] {value});
    }

    private Out constant(String type, byte[] bytes, int... shape) {
        var dimensions = String.join(
                ",", java.util.Arrays.stream(shape).mapToObj(String::valueOf).toList());
        var data = "element_type=\"%s\" shape=\"%s\" offset=\"%d\" size=\"%d\""
                .formatted(type, dimensions, numbers.size(), bytes.length);
        numbers.writeBytes(bytes);
        return new Out(layer("number" + count, "Const", "opset1", data, List.of(), type, ""), 0);
    }

    /** A layer of one output. */
    Out op(String type, String version, String data, String outType, Out... inputs) {
        int id = layer(type + count, type, version, data, List.of(inputs), outType, "");
        return new Out(id, inputs.length);
    }

    /** One whose output is called something. */
    Out named(String name, String type, String version, String data, Out... inputs) {
        return new Out(layer(name, type, version, data, List.of(inputs), "f32", name), inputs.length);
    }

    /** A layer without an output. */
    void end(String name, String type, String version, String data, Out input) {
        layer(name, type, version, data, List.of(input), "", "");
    }

    private int layer(
            String name, String type, String version, String data, List<Out> inputs, String outType, String names) {
        int id = count++;
        layers.append("<layer id=\"%d\" name=\"%s\" type=\"%s\" version=\"%s\">".formatted(id, name, type, version));
        layers.append(data.isEmpty() ? "" : "<data %s/>".formatted(data));
        if (!inputs.isEmpty()) {
            layers.append("<input>");
            for (int port = 0; port < inputs.size(); port++) {
                layers.append("<port id=\"%d\"/>".formatted(port));
                edges.append("<edge from-layer=\"%d\" from-port=\"%d\" to-layer=\"%d\" to-port=\"%d\"/>\n"
                        .formatted(inputs.get(port).layer(), inputs.get(port).port(), id, port));
            }
            layers.append("</input>");
        }
        if (!outType.isEmpty()) {
            layers.append("<output><port id=\"%d\" precision=\"%s\"%s/></output>"
                    .formatted(inputs.size(), precision(outType), names.isEmpty() ? "" : " names=\"" + names + "\""));
        }
        layers.append("</layer>\n");
        return id;
    }

    private static String precision(String type) {
        return switch (type) {
            case "f32" -> "FP32";
            case "boolean" -> "BOOL";
            default -> type.toUpperCase(java.util.Locale.ROOT);
        };
    }

    void write(Path folder) throws IOException {
        Files.writeString(
                folder.resolve("openvino_model.xml"),
                "<?xml version=\"1.0\"?>\n<net name=\"small\" version=\"11\">\n<layers>\n%s</layers>\n<edges>\n%s</edges>\n<rt_info/>\n</net>\n"
                        .formatted(layers, edges));
        Files.write(folder.resolve("openvino_model.bin"), numbers.toByteArray());
    }
}
