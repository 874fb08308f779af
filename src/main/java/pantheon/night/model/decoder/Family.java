package pantheon.night.model.decoder;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** The families of decoders that are known: how they are called, and in what they differ from the first. */
public enum Family {
    LLAMA("llama", "LlamaForCausalLM", true),
    /** With biases on query, key and value. */
    QWEN2("qwen2", "Qwen2ForCausalLM", false),
    /** With a norm over each head of query and key. */
    QWEN3("qwen3", "Qwen3ForCausalLM", false);

    private final String key;
    private final String architecture;
    private final boolean pairsInGguf;

    Family(String key, String architecture, boolean pairsInGguf) {
        this.key = key;
        this.architecture = architecture;
        this.pairsInGguf = pairsInGguf;
    }

    public static Optional<Family> of(String key) {
        return Arrays.stream(values()).filter(family -> family.key.equals(key)).findFirst();
    }

    /** All of their names, for people. */
    public static String known() {
        return Arrays.stream(values()).map(Family::key).collect(Collectors.joining(", "));
    }

    /** What both GGUF and Hugging Face's {@code model_type} call it. */
    public String key() {
        return key;
    }

    /** What Hugging Face calls its class. */
    public String architecture() {
        return architecture;
    }

    /**
     * Whether GGUF has the rows of query and key in pairs: what the rotation turns with one another lies side by side,
     * and not half a head apart.
     */
    public boolean pairsInGguf() {
        return pairsInGguf;
    }
}
