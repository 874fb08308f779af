package pantheon.night.model.exactness;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import pantheon.night.model.decoder.Arithmetic;
import pantheon.night.model.decoder.DecoderGraph;
import pantheon.night.model.decoder.PlainDecoder;
import pantheon.night.model.decoder.TinyGguf;
import pantheon.night.model.gguf.GgufFile;
import pantheon.night.model.gguf.TensorType;
import pantheon.night.model.graph.OnnxGraph;
import pantheon.night.model.importing.GgufWeights;
import pantheon.night.model.weight.Blocks;

/** Graphs, run by ONNX Runtime, against the same decoders computed plainly. */
final class DecoderGraphTest {
    private static final int[] TOKENS =
            IntStream.range(0, 24).map(i -> i * 37 % TinyGguf.VOCABULARY).toArray();

    @TempDir
    private Path folder;

    private Path write(OnnxGraph graph) throws IOException {
        graph.writeData(folder.resolve("model.onnx.data"));
        return Files.write(folder.resolve("model.onnx"), graph.bytes("model.onnx.data"));
    }

    /** How far the graph's logits are from the plain ones, of the greatest. */
    private double apart(TinyGguf model, Arithmetic arithmetic) throws IOException {
        try (var file = GgufFile.open(model.write(folder.resolve("tiny.gguf")))) {
            var weights = GgufWeights.of(file);
            var expected = new PlainDecoder(weights, 2).logits(TOKENS);
            try (var graph = PackedGraph.load(write(DecoderGraph.batched(weights, arithmetic)), 1)) {
                var actual = graph.logits(TOKENS);
                double greatest = 0;
                double apart = 0;
                for (int i = 0; i < TOKENS.length; i++) {
                    for (int token = 0; token < TinyGguf.VOCABULARY; token++) {
                        greatest = Math.max(greatest, Math.abs(expected[i][token]));
                        apart = Math.max(apart, Math.abs(expected[i][token] - actual[i][token]));
                    }
                }
                assertTrue(greatest > 0.1, "the logits say something: " + greatest);
                return apart / greatest;
            }
        }
    }

    static List<TinyGguf> models() {
        var types = Stream.of("F32", "F16", "BF16", "Q4_0", "Q4_1", "Q5_0", "Q5_1", "Q8_0", "Q4_K", "Q5_K", "Q6_K")
                .map(TensorType::valueOf)
                .map(type -> new TinyGguf("llama").type(type));
        var others = Stream.of(
                new TinyGguf("llama").type(TensorType.Q4_1).type("token_embd.weight", TensorType.Q8_0),
                new TinyGguf("llama")
                        .type(TensorType.Q4_K)
                        .type("attn_v.weight", TensorType.Q6_K)
                        .type("ffn_down.weight", TensorType.Q6_K)
                        .untied(),
                new TinyGguf("llama")
                        .type(TensorType.Q4_0)
                        .type("attn_k.weight", TensorType.F16)
                        .type("output.weight", TensorType.Q8_0)
                        .untied(),
                new TinyGguf("llama").with(writer -> writer.float32("llama.rope.scaling.factor", 4)),
                new TinyGguf("llama")
                        .with(writer -> writer.tensor(
                                "rope_freqs.weight", TensorType.F32, List.of(32L), Blocks.near(2, 32, 1))),
                new TinyGguf("qwen2"),
                new TinyGguf("qwen2").type(TensorType.Q8_0).untied(),
                new TinyGguf("qwen3").headWidth(128),
                new TinyGguf("qwen3").type(TensorType.Q5_K).headWidth(128).untied());
        return Stream.concat(types, others).toList();
    }

    @ParameterizedTest
    @MethodSource("models")
    void an_exact_graph_computes_what_the_weights_say(TinyGguf model) throws IOException {
        double apart = apart(model, Arithmetic.EXACT);
        assertTrue(apart < 2e-5, "apart by " + apart);
    }

    @ParameterizedTest
    @MethodSource("models")
    void a_fast_graph_is_near_to_it(TinyGguf model) throws IOException {
        double apart = apart(model, Arithmetic.FAST);
        assertTrue(apart < 0.05, "apart by " + apart);
    }

    @Test
    void a_graph_with_slots_computes_each_sequence_as_if_it_were_alone() throws IOException, OrtException {
        try (var file =
                GgufFile.open(new TinyGguf("llama").type(TensorType.Q4_1).write(folder.resolve("tiny.gguf")))) {
            var weights = GgufWeights.of(file);
            var slotted = write(DecoderGraph.slotted(weights, Arithmetic.FAST, 2));
            var both = slotted(slotted, Arrays.copyOf(TOKENS, 7), Arrays.copyOfRange(TOKENS, 7, 24));
            Files.delete(folder.resolve("model.onnx.data"));
            try (var graph = PackedGraph.load(write(DecoderGraph.batched(weights, Arithmetic.FAST)), 1)) {
                var first = graph.logits(Arrays.copyOf(TOKENS, 7));
                var second = graph.logits(Arrays.copyOfRange(TOKENS, 7, 24));
                for (int i = 0; i < TOKENS.length; i++) {
                    assertArrayEquals(i < 7 ? first[i] : second[i - 7], both[i], 1e-4f, "token " + i);
                }
            }
        }
    }

    /** The logits behind each token of two sequences that go through a graph of two slots together. */
    private static float[][] slotted(Path graph, int[] first, int[] second) throws OrtException {
        var environment = OrtEnvironment.getEnvironment();
        var feed = new HashMap<String, OnnxTensor>();
        try (var session = environment.createSession(graph.toString())) {
            var tokens = IntStream.concat(IntStream.of(first), IntStream.of(second))
                    .asLongStream()
                    .toArray();
            var rows = LongStream.range(0, tokens.length).toArray();
            feed.put("input_ids", OnnxTensor.createTensor(environment, new long[][] {tokens}));
            feed.put("slot_tokens", OnnxTensor.createTensor(environment, new long[] {first.length, second.length}));
            feed.put("logit_rows", OnnxTensor.createTensor(environment, rows));
            for (int slot = 0; slot < 2; slot++) {
                int length = slot == 0 ? first.length : second.length;
                feed.put("seqlens_k." + slot, OnnxTensor.createTensor(environment, new int[] {length - 1}));
                feed.put(
                        "total_sequence_length." + slot,
                        OnnxTensor.createTensor(environment, IntBuffer.wrap(new int[] {length}), new long[0]));
            }
            for (var name : session.getInputNames()) {
                if (name.startsWith("past_key_values.")) {
                    long[] empty = {1, TinyGguf.KV_HEADS, 0, TinyGguf.WIDTH / TinyGguf.HEADS};
                    feed.put(name, OnnxTensor.createTensor(environment, FloatBuffer.allocate(0), empty));
                }
            }
            try (var result = session.run(feed)) {
                return (float[][]) result.get("logits").orElseThrow().getValue();
            }
        } finally {
            feed.values().forEach(OnnxTensor::close);
        }
    }

    @Test
    void the_same_weights_make_the_same_bytes() throws IOException {
        try (var file =
                GgufFile.open(new TinyGguf("qwen3").type(TensorType.Q4_K).write(folder.resolve("tiny.gguf")))) {
            for (var name : List.of("one", "two")) {
                var graph = DecoderGraph.batched(GgufWeights.of(file), Arithmetic.EXACT);
                graph.writeData(folder.resolve(name + ".data"));
                Files.write(folder.resolve(name), graph.bytes("model.onnx.data"));
            }
            assertEquals(-1, Files.mismatch(folder.resolve("one"), folder.resolve("two")));
            assertEquals(-1, Files.mismatch(folder.resolve("one.data"), folder.resolve("two.data")));
        }
    }
}
