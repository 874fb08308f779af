package pantheon.night.model.graph;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * A graph as it is put together, and written in the form of <a href="https://onnx.ai/onnx/repo-docs/IR.html">ONNX</a>:
 * the nodes in one file, the numbers of its constants in another, which are written as they are read from where they are.
 *
 * <p>The same graph makes the same bytes.
 */
public final class OnnxGraph {
    /** So many tensors of a run begin at multiples of this. */
    private static final int ALIGNMENT = 64;

    private static final int IR_VERSION = 8;
    private static final int OPSET = 17;
    private static final String MICROSOFT = "com.microsoft";
    /** The operators of ONNX Runtime's own; {@code SimplifiedLayerNormalization} is one that it has among ONNX's. */
    private static final Set<String> OF_MICROSOFT = Set.of(
            "GatherBlockQuantized",
            "GroupQueryAttention",
            "MatMulNBits",
            "QuickGelu",
            "SkipSimplifiedLayerNormalization");

    private final String name;
    private final List<ProtoMessage> nodes = new ArrayList<>();
    private final List<ProtoMessage> inputs = new ArrayList<>();
    private final List<ProtoMessage> outputs = new ArrayList<>();
    private final Map<List<Long>, String> integers = new LinkedHashMap<>();
    private final List<Part> parts = new ArrayList<>();
    private final Map<Constant, Long> places = new LinkedHashMap<>();
    private long dataBytes;

    /** Some constants that are filled together. */
    private record Part(List<Constant> constants, Filling filling) {}

    public OnnxGraph(String name) {
        this.name = name;
    }

    /** Adds constants whose numbers are written when the data file is. */
    public void constants(List<Constant> constants, Filling filling) {
        for (var constant : constants) {
            places.put(constant, dataBytes);
            dataBytes = Math.ceilDiv(Math.addExact(dataBytes, constant.bytes()), (long) ALIGNMENT) * ALIGNMENT;
        }
        parts.add(new Part(List.copyOf(constants), filling));
    }

    /** Adds a constant of the very bytes that another has, under a name and in a shape of its own. */
    public Constant alias(Constant constant, String alias, long... shape) {
        var other = Constant.of(alias, constant.type(), shape);
        if (other.bytes() != constant.bytes()) {
            throw new IllegalArgumentException("%s is no other shape of %s".formatted(other, constant));
        }
        long place = Objects.requireNonNull(places.get(constant), "a constant of this graph");
        places.put(other, place);
        return other;
    }

    /** A list of integers that is part of the graph itself. */
    public String integers(Long... values) {
        return integers.computeIfAbsent(List.of(values), list -> "integers." + integers.size());
    }

    /** Adds a node with one output, and gives the output's name, which is the node's. */
    public String node(String operator, String node, List<String> from, Attribute... attributes) {
        node(operator, node, from, List.of(node), attributes);
        return node;
    }

    /** Adds a node; an input or output without a name is left out. */
    public void node(String operator, String node, List<String> from, List<String> to, Attribute... attributes) {
        var message = new ProtoMessage();
        from.forEach(input -> message.text(1, input));
        to.forEach(output -> message.text(2, output));
        message.text(3, node).text(4, operator);
        Arrays.stream(attributes).forEach(attribute -> Attribute.write(attribute, message));
        nodes.add(OF_MICROSOFT.contains(operator) ? message.text(7, MICROSOFT) : message);
    }

    /** Adds an input; a side of the shape is a number, or a name where it may have any length. */
    public String input(String input, ElementType type, Object... shape) {
        inputs.add(value(input, type, shape));
        return input;
    }

    /** Adds an output, as an input. */
    public void output(String output, ElementType type, Object... shape) {
        outputs.add(value(output, type, shape));
    }

    private static ProtoMessage value(String name, ElementType type, Object... shape) {
        var sides = new ProtoMessage();
        for (var side : shape) {
            var dimension = new ProtoMessage();
            sides.message(
                    1,
                    side instanceof String open
                            ? dimension.text(2, open)
                            : dimension.whole(1, ((Number) side).longValue()));
        }
        var tensor = new ProtoMessage().whole(1, type.number()).message(2, sides);
        return new ProtoMessage().text(1, name).message(2, new ProtoMessage().message(1, tensor));
    }

    /** The bytes of the data file. */
    public long dataBytes() {
        return dataBytes;
    }

    /**
     * The graph's file.
     *
     * @param data what the data file beside it is called
     */
    public byte[] bytes(String data) {
        var graph = new ProtoMessage();
        nodes.forEach(node -> graph.message(1, node));
        graph.text(2, name);
        integers.forEach((values, integer) -> graph.message(5, integers(integer, values)));
        places.forEach((constant, place) -> graph.message(5, external(constant, place, data)));
        inputs.forEach(input -> graph.message(11, input));
        outputs.forEach(output -> graph.message(12, output));
        return new ProtoMessage()
                .whole(1, IR_VERSION)
                .text(2, "pantheon-night")
                .message(7, graph)
                .message(8, new ProtoMessage().text(1, "").whole(2, OPSET))
                .message(8, new ProtoMessage().text(1, MICROSOFT).whole(2, 1))
                .bytes();
    }

    private static ProtoMessage integers(String name, List<Long> values) {
        var raw = ByteBuffer.allocate(values.size() * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        values.forEach(raw::putLong);
        return tensor(Constant.of(name, ElementType.INT64, values.size())).bytes(9, raw.array());
    }

    private static ProtoMessage external(Constant constant, long place, String data) {
        return tensor(constant)
                .message(13, entry("location", data))
                .message(13, entry("offset", Long.toString(place)))
                .message(13, entry("length", Long.toString(constant.bytes())))
                .whole(14, 1);
    }

    private static ProtoMessage tensor(Constant constant) {
        var tensor = new ProtoMessage();
        constant.shape().forEach(side -> tensor.whole(1, side));
        return tensor.whole(2, constant.type().number()).text(8, constant.name());
    }

    private static ProtoMessage entry(String key, String value) {
        return new ProtoMessage().text(1, key).text(2, value);
    }

    /** Writes the data file, constant by constant; there is none of its name before. */
    public void writeData(Path file) throws IOException {
        try (var channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            for (var part : parts) {
                var into = part.constants().stream()
                        .map(constant ->
                                new ConstantOutput(channel, constant, Objects.requireNonNull(places.get(constant))))
                        .toList();
                part.filling().fill(into);
                into.forEach(ConstantOutput::finish);
            }
            channel.force(true);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }
}
