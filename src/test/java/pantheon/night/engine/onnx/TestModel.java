package pantheon.night.engine.onnx;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import pantheon.night.contract.Json;
import pantheon.night.engine.onnx.DecoderGraph.Export;
import pantheon.night.model.ModelManifest;

/** The same small decoder in the layouts that exporters give model folders. */
public enum TestModel {
    /** Optimum: plain operators, {@code position_ids}, one file. */
    OPTIMUM("model.onnx", null, OnnxGraph.FLOAT, new Export(false, false, "past_key_values", false)),
    /** Optimum's large models: weights in a file beside the graph, in a folder of their own. */
    EXTERNAL("onnx/model.onnx", "model.onnx_data", OnnxGraph.FLOAT, new Export(false, false, "past_key_values", false)),
    /** ONNX Runtime's generator: grouped attention, no {@code position_ids}, its own configuration, external data. */
    GENERATOR("model.onnx", "model.onnx.data", OnnxGraph.FLOAT, new Export(true, false, "past_key_values", false)),
    /** The generator's usual quantisation for CPUs. */
    GENERATOR_INT4("model.onnx", null, OnnxGraph.FLOAT, new Export(true, true, "past_key_values", false)),
    /** transformers.js: 4-bit weights, logits of the last tokens only. */
    TRANSFORMERS_JS("onnx/model_q4.onnx", null, OnnxGraph.FLOAT, new Export(false, true, "past_key_values", true)),
    /** Everything in 16 bits. */
    HALF("onnx/model_fp16.onnx", null, OnnxGraph.HALF, new Export(false, false, "past_key_values", false)),
    /** An older exporter's names. */
    OLD_NAMES("model.onnx", null, OnnxGraph.FLOAT, new Export(false, false, "past", false));

    static final int CONTEXT = 2048;
    /** Wider than there are tokens, as in most models. */
    static final int VOCABULARY = TestTokenizer.SIZE + 9;

    private final String graphFile;
    private final @Nullable String externalFile;
    private final int floats;

    @SuppressWarnings("ImmutableEnumChecker") // a record of flags and a name
    private final Export export;

    TestModel(String graphFile, @Nullable String externalFile, int floats, Export export) {
        this.graphFile = graphFile;
        this.externalFile = externalFile;
        this.floats = floats;
        this.export = export;
    }

    boolean isGenerator() {
        return export.grouped();
    }

    /** Writes the folder, manifest included, and gives it back. */
    Path write(Path folder) throws IOException {
        writeGraph(folder, graphFile);
        if (isGenerator()) {
            writeGeneratorConfiguration(folder);
        } else {
            writeConfiguration(folder, VOCABULARY);
        }
        TestTokenizer.write(folder);
        ModelManifest.write(folder, folder.getFileName().toString(), List.of());
        return folder;
    }

    /** Writes just the graph, under any name. */
    void writeGraph(Path folder, String file) throws IOException {
        var graph = new OnnxGraph(floats, externalFile);
        DecoderGraph.write(graph, export, VOCABULARY, CONTEXT);
        Files.createDirectories(folder.resolve(file).getParent());
        graph.write(folder.resolve(file));
    }

    /** Writes a model that answers every prompt with one text, in which no character may come twice, and ends. */
    public static Path writeSpeaker(Path folder, String answer) throws IOException {
        return writeSpeaker(folder, followers(answer));
    }

    /** The token that follows each where a line's end is followed by a text, and the text by the end of the turn. */
    public static int[] followers(String answer) {
        var said = TestTokenizer.bytes(answer);
        var followers = new int[VOCABULARY];
        int end = TestTokenizer.control("<|im_end|>");
        Arrays.fill(followers, end);
        followers['\n'] = said[0];
        for (int i = 1; i < said.length; i++) {
            followers[said[i - 1]] = said[i];
        }
        return followers;
    }

    static Path writeSpeaker(Path folder, int[] followers) throws IOException {
        Files.createDirectories(folder);
        var graph = new OnnxGraph(OnnxGraph.FLOAT, null);
        SpeakerGraph.write(graph, followers);
        graph.write(folder.resolve("model.onnx"));
        writeConfiguration(folder, followers.length);
        TestTokenizer.write(folder);
        ModelManifest.write(folder, "speaker", List.of());
        return folder;
    }

    /** Writes {@code config.json} and {@code generation_config.json}. */
    public static void writeConfiguration(Path folder, int vocabulary) throws IOException {
        var config = Json.object()
                .put("model_type", "qwen2")
                .put("hidden_size", DecoderGraph.WIDTH)
                .put("num_hidden_layers", DecoderGraph.LAYERS)
                .put("num_attention_heads", DecoderGraph.HEADS)
                .put("num_key_value_heads", DecoderGraph.KV_HEADS)
                .put("max_position_embeddings", CONTEXT)
                .put("eos_token_id", TestTokenizer.control("<|im_end|>"))
                .put("vocab_size", vocabulary);
        Files.writeString(folder.resolve("config.json"), config.toString());
        var generation = Json.object();
        generation
                .putArray("eos_token_id")
                .add(TestTokenizer.control("<|im_end|>"))
                .add(TestTokenizer.control("<|endoftext|>"));
        Files.writeString(folder.resolve("generation_config.json"), generation.toString());
    }

    private static void writeGeneratorConfiguration(Path folder) throws IOException {
        var config = Json.object();
        var model = config.putObject("model")
                .put("type", "qwen2")
                .put("context_length", CONTEXT)
                .put("vocab_size", VOCABULARY);
        model.putArray("eos_token_id").add(TestTokenizer.control("<|im_end|>"));
        model.putObject("decoder")
                .put("filename", "model.onnx")
                .put("head_size", DecoderGraph.HEAD_WIDTH)
                .put("num_key_value_heads", DecoderGraph.KV_HEADS);
        Files.writeString(folder.resolve("genai_config.json"), config.toString());
    }
}
