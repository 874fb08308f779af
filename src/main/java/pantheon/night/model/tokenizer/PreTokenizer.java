package pantheon.night.model.tokenizer;

import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import pantheon.night.contract.Json;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;

/**
 * How a tokenizer cuts texts before it merges bytes. A GGUF file has only a name for it, {@code tokenizer.ggml.pre}; the
 * rules behind the names are those of llama.cpp's table in {@code src/llama-vocab.cpp}, and of the models' own
 * {@code tokenizer.json}. A name whose rule is not surely known is not among them: a wrong one changes the ids of some
 * texts, and nothing tells.
 */
final class PreTokenizer {
    private static final JsonNode KNOWN = Json.resource("/tokenizer/pre-tokenizers.json");

    private final JsonNode rule;

    private PreTokenizer(JsonNode rule) {
        this.rule = rule;
    }

    /** The names that are known, sorted. */
    static Set<String> names() {
        return new TreeSet<>(KNOWN.propertyNames());
    }

    static Optional<PreTokenizer> of(String name) {
        return Optional.ofNullable(KNOWN.get(name)).map(PreTokenizer::new);
    }

    /** Whether a word that is a token as a whole is that token, whatever the merges would make of it. */
    boolean wholeWords() {
        return rule.path("wholeWords").asBoolean(false);
    }

    /** As {@code tokenizer.json} has it; null where texts are left as they are. */
    JsonNode normalizer() {
        return rule.has("normalizer")
                ? Json.object().put("type", rule.get("normalizer").stringValue())
                : Json.MAPPER.nullNode();
    }

    /** As {@code tokenizer.json} has it: what cuts a text further and further, and then its bytes. */
    JsonNode json() {
        var steps = Json.object().put("type", "Sequence");
        var list = steps.putArray("pretokenizers");
        if (rule.path("digits").asBoolean(false)) {
            list.addObject().put("type", "Digits").put("individual_digits", true);
        }
        rule.path("splits").forEach(pattern -> split(list, pattern.stringValue()));
        list.addObject()
                .put("type", "ByteLevel")
                .put("add_prefix_space", false)
                .put("trim_offsets", true)
                .put("use_regex", rule.path("words").asBoolean(false));
        return steps;
    }

    private static void split(ArrayNode list, String pattern) {
        var split = list.addObject().put("type", "Split");
        split.putObject("pattern").put("Regex", pattern);
        split.put("behavior", "Isolated").put("invert", false);
    }
}
