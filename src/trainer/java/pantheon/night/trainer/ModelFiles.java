package pantheon.night.trainer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import pantheon.night.prompt.ChatFormats;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Writes a trained model as a folder in Hugging Face's shape, all but the tokenizer. */
final class ModelFiles {
    static final String GRAPH = "model.onnx";

    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private ModelFiles() {}

    static void write(Path directory, ModelShape shape, float[] weights) throws IOException {
        OnnxExport.write(shape, weights, directory.resolve(GRAPH));
        int endOfText = control(shape, ControlToken.END_OF_TEXT);
        int turnEnd = control(shape, ControlToken.TURN_END);
        Map<String, Object> config = new LinkedHashMap<>();
        config.put("architectures", List.of("Qwen2ForCausalLM"));
        config.put("model_type", "qwen2");
        config.put("hidden_act", "silu");
        config.put("hidden_size", shape.hidden());
        config.put("num_hidden_layers", shape.layers());
        config.put("num_attention_heads", shape.heads());
        config.put("num_key_value_heads", shape.kvHeads());
        config.put("head_dim", shape.headWidth());
        config.put("intermediate_size", shape.feedForward());
        config.put("rope_theta", shape.ropeTheta());
        config.put("rms_norm_eps", shape.epsilon());
        config.put("vocab_size", shape.vocabulary());
        config.put("max_position_embeddings", ModelShape.MAX_POSITIONS);
        config.put("tie_word_embeddings", true);
        config.put("use_sliding_window", false);
        config.put("use_cache", true);
        config.put("bos_token_id", endOfText);
        config.put("eos_token_id", turnEnd);
        config.put("pad_token_id", endOfText);
        config.put("torch_dtype", "float32");
        write(directory.resolve("config.json"), config);
        Map<String, Object> generation = new LinkedHashMap<>();
        generation.put("bos_token_id", endOfText);
        generation.put("eos_token_id", turnEnd);
        generation.put("pad_token_id", endOfText);
        generation.put("do_sample", false);
        write(directory.resolve("generation_config.json"), generation);
        Files.writeString(directory.resolve("chat_template.jinja"), ChatFormats.QWEN.template());
    }

    private static void write(Path file, Map<String, Object> content) throws IOException {
        Files.writeString(file, JSON.writeValueAsString(content) + "\n");
    }

    private static int control(ModelShape shape, String text) {
        List<String> texts = ControlToken.all().stream().map(ControlToken::text).toList();
        return shape.vocabulary() - texts.size() + texts.indexOf(text);
    }
}
