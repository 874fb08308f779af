package pantheon.night.model.importing;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import pantheon.night.ExitCode;
import pantheon.night.NightException;
import pantheon.night.contract.Json;
import pantheon.night.contract.Sha256;
import pantheon.night.model.ModelFolder;
import pantheon.night.model.SmallTokenizer;
import pantheon.night.model.VerifiedFolder;
import pantheon.night.model.decoder.Arithmetic;
import pantheon.night.model.decoder.PlainDecoder;
import pantheon.night.model.exactness.PackedGraph;
import pantheon.night.model.safetensors.SafetensorsFolder;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Tiny Hugging Face folders, brought in and run. */
final class FolderImportTest {
    private static final JsonNode TRANSFORMERS = Json.resource("/model/transformers.json");
    private static final int[] TOKENS = TRANSFORMERS
            .path("tokens")
            .valueStream()
            .mapToInt(JsonNode::intValue)
            .toArray();

    @TempDir
    private Path parent;

    private Path imported(Path from, Arithmetic arithmetic) {
        var target = parent.resolve("made-" + arithmetic);
        new ModelImport(from, target, "made", arithmetic, 0, (graph, tokenizer) -> fail("no graph is tried")).run(true);
        return target;
    }

    private static float[][] logits(Path folder) {
        try (var graph = PackedGraph.load(folder.resolve("model.onnx"), 1)) {
            return graph.logits(TOKENS);
        }
    }

    record Case(String name, JsonNode json) {
        TinyFolder model() {
            return new TinyFolder(
                    (ObjectNode) json.path("config").deepCopy(),
                    json.path("type").stringValue());
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Case> cases() {
        return TRANSFORMERS
                .path("cases")
                .valueStream()
                .map(json -> new Case(json.path("name").stringValue(), json));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void an_exact_graph_computes_what_transformers_does(Case expected) throws IOException {
        var actual = logits(imported(expected.model().write(parent.resolve("hf")), Arithmetic.EXACT));
        var rows = expected.json().path("logits");
        for (int row = 0; row < rows.size(); row++) {
            for (int token = 0; token < rows.get(row).size(); token++) {
                assertEquals(
                        rows.get(row).get(token).doubleValue(),
                        actual[row * 4][token],
                        1e-4,
                        "position %d, token %d".formatted(row * 4, token));
            }
        }
        assertArrayEquals(
                expected.json()
                        .path("likeliest")
                        .valueStream()
                        .mapToInt(JsonNode::intValue)
                        .toArray(),
                Stream.of(actual).mapToInt(FolderImportTest::likeliest).toArray());
    }

    private static int likeliest(float[] logits) {
        return IntStream.range(0, logits.length)
                .boxed()
                .max((a, b) -> Float.compare(logits[a], logits[b]))
                .orElseThrow();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void a_fast_graph_is_near_and_a_third_in_size(Case expected) throws IOException {
        var source = expected.model().writeSharded(parent.resolve("hf"));
        var exact = imported(source, Arithmetic.EXACT);
        var fast = imported(source, Arithmetic.FAST);
        try (var files = SafetensorsFolder.open(source)) {
            var plain = new PlainDecoder(FolderWeights.of(files, FolderConfig.of(source.resolve("config.json")), 0), 1)
                    .logits(TOKENS);
            assertTrue(apart(plain, logits(exact)) < 2e-5, "exact, from two files");
            double apart = apart(plain, logits(fast));
            assertTrue(apart > 1e-4 && apart < 0.05, "apart by " + apart);
        }
        long full = Files.size(exact.resolve("model.onnx.data"));
        assertTrue(Files.size(fast.resolve("model.onnx.data")) < full * 0.4, "bytes of " + full);
    }

    private static double apart(float[][] expected, float[][] actual) {
        double greatest = 0;
        double apart = 0;
        for (int i = 0; i < expected.length; i++) {
            for (int token = 0; token < expected[i].length; token++) {
                greatest = Math.max(greatest, Math.abs(expected[i][token]));
                apart = Math.max(apart, Math.abs(expected[i][token] - actual[i][token]));
            }
        }
        return apart / greatest;
    }

    @Test
    void all_that_lies_beside_the_weights_comes_along() throws IOException {
        var source = TinyFolder.of("qwen2").write(parent.resolve("hf"));
        Files.writeString(source.resolve("LICENSE"), "Do as you like.\n");
        Files.writeString(
                source.resolve("README.md"), "---\nlicense: \"apache-2.0\"\nbase_model: some/base\n---\n# It\n");
        Files.writeString(source.resolve("tokenizer_config.json"), "{\"eos_token\": \"<|end|>\"}");
        Files.writeString(source.resolve("generation_config.json"), "{\"eos_token_id\": [258, 259]}");
        Files.writeString(source.resolve("chat_template.jinja"), "{{ messages }}");
        Files.createDirectory(source.resolve("additional_chat_templates"));
        Files.writeString(source.resolve("additional_chat_templates/tool_use.jinja"), "{{ tools }}");
        Files.writeString(source.resolve("optimizer.pt"), "not taken");
        for (var file : List.of("LICENSE", "tokenizer.json")) {
            Files.setPosixFilePermissions(source.resolve(file), PosixFilePermissions.fromString("rw-------"));
        }
        var made = imported(source, Arithmetic.FAST);
        assertEquals("Do as you like.\n", Files.readString(made.resolve("LICENSE")));
        assertEquals("{{ tools }}", Files.readString(made.resolve("chat_template.jinja")), "that which shows tools");
        assertEquals(Set.of(258, 259), ModelFolder.of(made).endTokens());
        assertFalse(Files.exists(made.resolve("optimizer.pt")));
        var origin = Json.parse(Files.readString(made.resolve("origin.json")));
        assertEquals("apache-2.0", origin.path("license").asString());
        assertEquals("some/base", origin.path("base_model").asString());
        assertEquals("hf", origin.path("folder").asString());
        assertEquals(
                Sha256.hex(source.resolve("model.safetensors")),
                origin.path("files").path("model.safetensors").asString());
        try (var files = Files.list(made)) {
            for (var file : files.toList()) {
                assertEquals(
                        "rw-r--r--",
                        PosixFilePermissions.toString(Files.getPosixFilePermissions(file)),
                        file.toString());
            }
        }
        var digest = VerifiedFolder.of(made).manifest().digest();
        assertEquals(
                digest,
                VerifiedFolder.of(imported(source, Arithmetic.FAST)).manifest().digest(),
                "the same folder makes the same bytes");
    }

    @Test
    void a_folder_says_what_it_is_and_takes_before_it_is_brought_in() throws IOException {
        var source = TinyFolder.of("qwen3").writeSharded(parent.resolve("hf"));
        Files.writeString(source.resolve("README.md"), "---\nlicense: mit\n---\n");
        var facts = ModelFacts.of(source);
        assertEquals("weights", facts.path("kind").asString());
        assertEquals("qwen3", facts.path("family").asString());
        assertEquals("mit", facts.path("license").asString());
        assertEquals(Json.parse("{\"F32\": 1.0}"), facts.path("types"));
        var made = imported(source, Arithmetic.FAST);
        assertEquals(
                Files.size(made.resolve("model.onnx.data")),
                facts.path("weightBytes").asLong(),
                "as the import makes it");
        assertEquals("hf", ModelFacts.of(made).path("origin").asString());
    }

    @Test
    void a_table_that_is_said_to_serve_twice_may_be_there_twice() throws IOException {
        var tied = TinyFolder.of("llama").with(config -> config.put("tie_word_embeddings", true));
        var other = tied.write(parent.resolve("hf"));
        var refused = assertThrows(NightException.class, () -> imported(other, Arithmetic.EXACT));
        assertTrue(
                String.valueOf(refused.getMessage()).contains("(tie_word_embeddings), and lm_head.weight is another"),
                refused.getMessage());
        var without = tied.without("lm_head.weight").write(parent.resolve("hf"));
        assertEquals(320, logits(imported(without, Arithmetic.EXACT))[0].length);
    }

    record Refused(String name, TinyFolder model, String message) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static Refused refused(String family, String change, String message) {
        var json = (ObjectNode) Json.parse("{%s}".formatted(change.replace('\'', '"')));
        return new Refused(change, TinyFolder.of(family).with(config -> config.setAll(json)), message);
    }

    static Stream<Refused> refused() {
        return Stream.of(
                refused(
                        "llama",
                        "'model_type': 'gemma3_text'",
                        "its model_type is gemma3_text. Take a model of one of"),
                refused("llama", "'model_type': null", "it has no model_type"),
                refused(
                        "llama",
                        "'architectures': ['LlamaForSequenceClassification']",
                        "its architecture is LlamaForSeq"),
                refused("llama", "'auto_map': {'AutoModelForCausalLM': 'm.M'}", "by code of its own (auto_map)"),
                refused(
                        "llama",
                        "'quantization_config': {'quant_method': 'awq'}",
                        "quant_method awq). Take the model in F32"),
                refused("llama", "'hidden_act': 'gelu'", "its hidden_act is gelu"),
                refused("llama", "'attention_bias': true", "(attention_bias)"),
                refused("qwen3", "'attention_bias': true", "(attention_bias)"),
                refused("llama", "'mlp_bias': true", "(mlp_bias)"),
                refused("llama", "'partial_rotary_factor': 0.5", "(partial_rotary_factor)"),
                refused("llama", "'rope_parameters': {'partial_rotary_factor': 0.5}", "(partial_rotary_factor)"),
                refused(
                        "llama",
                        "'rope_scaling': {'type': 'dynamic', 'factor': 2}",
                        "stretches its context by dynamic"),
                refused("qwen2", "'rope_scaling': {'rope_type': 'yarn', 'factor': 2}", "stretches its context by yarn"),
                refused("llama", "'rope_scaling': {'type': 'linear'}", "a factor of null in rope_scaling"),
                refused("llama", "'rope_scaling': {'type': 'linear', 'factor': 0}", "a factor of 0 in rope_scaling"),
                refused(
                        "llama",
                        "'rope_parameters': {'rope_theta': 5, 'rope_type': 'default'}, 'rope_theta': 6",
                        "a rope_theta of 6 at the top"),
                refused("llama", "'rope_theta': '1e6'", "has a rope_theta of \"1e6\""),
                refused("llama", "'rope_theta': 0", "a rotation of"),
                refused(
                        "qwen3",
                        "'rope_parameters': {'full_attention': {'rope_theta': 5}}",
                        "by kinds of layers (full_attention)"),
                refused(
                        "qwen2",
                        "'use_sliding_window': true, 'sliding_window': 64, 'max_window_layers': 1",
                        "sees the last 64 tokens alone (sliding_window). Ask for a context that is no longer (--context 64)"),
                refused(
                        "qwen3",
                        "'layer_types': ['full_attention', 'sliding_attention'], 'use_sliding_window': true, 'sliding_window': 64",
                        "sees the last 64"),
                refused("llama", "'sliding_window': 64", "sees the last 64"),
                refused(
                        "qwen3",
                        "'layer_types': ['full_attention', 'linear_attention']",
                        "(layer_types: linear_attention)"),
                refused("llama", "'num_hidden_layers': 2.5", "its num_hidden_layers is 2.5; expected a whole number"),
                refused("llama", "'hidden_size': null", "its hidden_size is null"),
                refused("llama", "'num_attention_heads': 0", "0 heads; expected 1"),
                refused("llama", "'tie_word_embeddings': 'yes'", "expected true or false"),
                refused("llama", "'num_key_value_heads': 4", "q_proj".replace('q', 'k')),
                refused("llama", "'num_hidden_layers': 1", "is no part of a llama decoder with 1 layers"),
                refused("llama", "'num_hidden_layers': 3", "has no tensor model.layers.2."),
                refused("qwen2", "'model_type': 'llama'", "q_proj.bias is no part of a llama decoder"),
                new Refused(
                        "no output",
                        TinyFolder.of("llama").without("lm_head.weight"),
                        "it does not say that the embedding serves"),
                new Refused(
                        "no norm",
                        TinyFolder.of("llama").without("model.norm.weight"),
                        "has no tensor model.norm.weight"),
                new Refused(
                        "a tensor more",
                        TinyFolder.of("llama").tensor("score.weight", List.of(1L)),
                        "tensor score.weight is no part"),
                new Refused(
                        "flat",
                        TinyFolder.of("llama").tensor("lm_head.weight", List.of(320L * 64)),
                        "lm_head.weight has the sides [20480]; its config.json makes them [320, 64]"),
                new Refused("no end", TinyFolder.of("llama").tokenizer(new SmallTokenizer()), "has no control token"),
                new Refused(
                        "a token beyond",
                        TinyFolder.of("llama").tokenizer(new SmallTokenizer(beyond()).add("<|e|>", true)),
                        "but the model has 320 tokens"));
    }

    private static List<String> beyond() {
        return IntStream.range(0, 80)
                .mapToObj(i -> "%c %c".formatted('a' + i / 26, 'a' + i % 26))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("refused")
    void what_would_compute_otherwise_is_refused_by_name(Refused refused) throws IOException {
        var source = refused.model().write(parent.resolve("hf"));
        var failure = assertThrows(NightException.class, () -> imported(source, Arithmetic.FAST));
        assertTrue(String.valueOf(failure.getMessage()).contains(refused.message()), failure.getMessage());
        assertEquals(ExitCode.DATA, failure.exitCode());
        try (var left = Files.list(parent)) {
            assertEquals(List.of(source), left.toList(), "nothing is left of it");
        }
    }

    @Test
    void whatever_stands_in_a_configuration_it_is_taken_or_refused() {
        var odd = Json.parse("""
            [null, true, -1, 0, 1, 2.5, 1e300, 4294967296, 99999999999999999999, "", "4", [], ["x"], [1], {}, {"x": {}}, [[]]]""");
        var keys =
                new ArrayList<>(List.of("rope_theta", "rope_scaling", "rope_parameters", "head_dim", "architectures"));
        keys.addAll(List.of(
                "sliding_window", "layer_types", "attention_bias", "quantization_config", "auto_map", "hidden_act"));
        TinyFolder.of("qwen3").with(config -> keys.addAll(config.propertyNames()));
        int refused = 0;
        for (var key : keys) {
            for (var value : odd) {
                refused += isRefused(key, value) ? 1 : 0;
            }
        }
        int all = keys.size() * odd.size();
        assertTrue(refused > all / 2 && refused < all, "some of both: %d of %d".formatted(refused, all));
    }

    private static boolean isRefused(String key, JsonNode value) {
        var config = Json.object();
        TinyFolder.of("qwen3").with(config::setAll).with(unchanged -> config.set(key, value));
        try {
            FolderShape.of(new FolderConfig(Path.of("config.json"), config), 0);
            return false;
        } catch (NightException e) {
            assertEquals(ExitCode.DATA, e.exitCode(), e.getMessage());
            return true;
        }
    }

    @Test
    void a_window_that_no_sequence_is_longer_than_changes_nothing() throws IOException {
        var windowed = TinyFolder.of("qwen2")
                .with(config -> config.put("use_sliding_window", true)
                        .put("sliding_window", 64)
                        .put("max_window_layers", 1))
                .write(parent.resolve("hf"));
        var target = parent.resolve("short");
        new ModelImport(
                        windowed,
                        target,
                        "short",
                        Arithmetic.EXACT,
                        64,
                        (graph, tokenizer) -> fail("no graph is tried"))
                .run(false);
        assertEquals(64, ModelFolder.of(target).contextTokens());
        TinyFolder.of("qwen2")
                .with(config -> config.put("use_sliding_window", true)
                        .put("sliding_window", 64)
                        .put("max_window_layers", 2))
                .write(parent.resolve("hf"));
        assertEquals(128, ModelFolder.of(imported(windowed, Arithmetic.EXACT)).contextTokens(), "no layer has it");
    }

    @Test
    void a_folder_without_weights_is_told_what_it_is() throws IOException {
        var folder = Files.createDirectory(parent.resolve("hf"));
        refusedAs(folder, "it has no weights that are known. Name a folder with config.json");
        Files.writeString(folder.resolve("pytorch_model.bin"), "");
        refusedAs(folder, "its weights are in pytorch_model.bin, which can run code");
        refusedAs(folder.resolve("model.safetensors"), "it is one of the files of a model. Name the folder");
        Files.writeString(folder.resolve("adapter_config.json"), "{}");
        refusedAs(folder, "it holds an adapter, not a model. Merge it");
        Files.delete(TinyFolder.of("llama").write(folder).resolve("tokenizer.json"));
        refusedAs(folder, "tokenizer.json cannot be imported: it is missing. Load the tokenizer");
    }

    private void refusedAs(Path folder, String message) {
        var refused = assertThrows(NightException.class, () -> imported(folder, Arithmetic.FAST));
        assertTrue(String.valueOf(refused.getMessage()).contains(message), refused.getMessage());
        assertEquals(ExitCode.DATA, refused.exitCode());
    }
}
