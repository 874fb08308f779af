package pantheon.night.model.importing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import pantheon.night.contract.Json;
import pantheon.night.model.decoder.Arithmetic;
import pantheon.night.model.decoder.DecoderGraph;
import pantheon.night.model.decoder.DecoderShape;
import pantheon.night.model.decoder.DecoderWeights;
import pantheon.night.model.decoder.RoundedWeights;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The files of a decoder that is put together here: its graph, the numbers of it, and its measures. */
final class DecoderFiles {
    private static final String DATA = "model.onnx.data";

    private DecoderFiles() {}

    /** Writes the graph and its data; fast ones have plain matrices rounded to 8 bits. */
    static void writeGraph(DecoderWeights weights, Arithmetic arithmetic, Path folder) throws IOException {
        var graph =
                DecoderGraph.batched(arithmetic == Arithmetic.FAST ? new RoundedWeights(weights) : weights, arithmetic);
        graph.writeData(folder.resolve(DATA));
        Files.write(folder.resolve("model.onnx"), graph.bytes(DATA), StandardOpenOption.CREATE_NEW);
    }

    /** A configuration as Hugging Face has it. */
    static ObjectNode config(DecoderShape shape) {
        var config = Json.object()
                .put("model_type", shape.family().key())
                .put("hidden_size", shape.width())
                .put("num_hidden_layers", shape.layers())
                .put("num_attention_heads", shape.heads())
                .put("num_key_value_heads", shape.kvHeads())
                .put("head_dim", shape.headWidth())
                .put("intermediate_size", shape.feedForward())
                .put("vocab_size", shape.vocabulary())
                .put("rms_norm_eps", (double) shape.epsilon())
                .put("max_position_embeddings", shape.contextTokens())
                .put("hidden_act", "silu");
        config.putArray("architectures").add(shape.family().architecture());
        return config;
    }

    /** Writes a file that is not there yet. */
    static void write(Path file, JsonNode json) throws IOException {
        Files.writeString(
                file,
                Json.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(json) + "\n",
                StandardOpenOption.CREATE_NEW);
    }
}
