package pantheon.night.cli;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import pantheon.night.contract.Sha256;

/** The embedded model with one flaw: for a prompt of more than a few tokens its graph counts to 2^62 first. */
final class EndlessModel {
    private static final String FOLDER = "models/docops-front-matter";
    private static final int TOKENS_AT_ONCE = 8;

    private EndlessModel() {}

    /** Makes its folder, whose manifest is right. */
    static void write(Path folder) throws IOException {
        Files.createDirectories(folder);
        try (var files = Files.list(Program.HOME.resolve(FOLDER))) {
            for (var file : files.toList()) {
                Files.copy(file, folder.resolve(file.getFileName()));
            }
        }
        var graph = folder.resolve("model.onnx");
        var before = Files.readAllBytes(graph);
        var after = endless(ModelProto.parseFrom(before)).toByteArray();
        Files.write(graph, after);
        var manifest = folder.resolve("manifest.json");
        Files.writeString(manifest, Files.readString(manifest).replace(Sha256.hex(before), Sha256.hex(after)));
    }

    private static ModelProto endless(ModelProto model) {
        var graph = model.getGraph().toBuilder();
        for (var node : graph.getNodeBuilderList()) {
            int logits = node.getOutputList().indexOf("logits");
            if (logits >= 0) {
                node.setOutput(logits, "logits_at_once");
            }
        }
        var none = tensor("no_delay", TensorProto.DataType.FLOAT).addFloatData(0);
        graph.addInitializer(integer("at_once", TOKENS_AT_ONCE))
                .addInitializer(integer("for_ever", 1L << 62))
                .addInitializer(none)
                .addNode(node("Size", List.of("input_ids"), "tokens"))
                .addNode(node("Greater", List.of("tokens", "at_once"), "is_prompt"))
                .addNode(node("Cast", List.of("is_prompt"), "is_prompt_number")
                        .addAttribute(AttributeProto.newBuilder()
                                .setName("to")
                                .setType(AttributeProto.AttributeType.INT)
                                .setI(TensorProto.DataType.INT64_VALUE)))
                .addNode(node("Mul", List.of("is_prompt_number", "for_ever"), "turns"))
                .addNode(node("Loop", List.of("turns", "", "no_delay"), "delay")
                        .addAttribute(AttributeProto.newBuilder()
                                .setName("body")
                                .setType(AttributeProto.AttributeType.GRAPH)
                                .setG(turn())))
                .addNode(node("Add", List.of("logits_at_once", "delay"), "logits"));
        return model.toBuilder().setGraph(graph).build();
    }

    private static GraphProto turn() {
        return GraphProto.newBuilder()
                .setName("turn")
                .addInput(scalar("number", TensorProto.DataType.INT64))
                .addInput(scalar("go_on", TensorProto.DataType.BOOL))
                .addInput(scalar("before", TensorProto.DataType.FLOAT))
                .addNode(node("Identity", List.of("go_on"), "still_go_on"))
                .addNode(node("Identity", List.of("before"), "after"))
                .addOutput(scalar("still_go_on", TensorProto.DataType.BOOL))
                .addOutput(scalar("after", TensorProto.DataType.FLOAT))
                .build();
    }

    private static NodeProto.Builder node(String type, List<String> inputs, String output) {
        return NodeProto.newBuilder().setOpType(type).addAllInput(inputs).addOutput(output);
    }

    private static TensorProto.Builder integer(String name, long value) {
        return tensor(name, TensorProto.DataType.INT64).addInt64Data(value);
    }

    private static TensorProto.Builder tensor(String name, TensorProto.DataType type) {
        return TensorProto.newBuilder().setName(name).setDataType(type.getNumber());
    }

    private static ValueInfoProto scalar(String name, TensorProto.DataType type) {
        return ValueInfoProto.newBuilder()
                .setName(name)
                .setType(TypeProto.newBuilder()
                        .setTensorType(TypeProto.Tensor.newBuilder()
                                .setElemType(type.getNumber())
                                .setShape(TensorShapeProto.getDefaultInstance())))
                .build();
    }
}
