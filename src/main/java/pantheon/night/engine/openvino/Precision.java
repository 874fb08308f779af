package pantheon.night.engine.openvino;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * What a device computes in. A hint alone does not say it: by itself a CPU rounds activations to 8 bits where weights have
 * fewer bits, and keeps keys and values in 8 bits.
 */
public enum Precision {
    /** Single precision throughout. */
    F32("f32", 0),
    /** 16 bits with the range of single precision. */
    BF16("bf16", 0),
    /** 16 bits with more digits and less range, which most GPUs compute in. */
    F16("f16", 0),
    /** Activations in 8 bits, in groups of 32, where weights have 8 or fewer; the rest in single precision. */
    INT8("f32", 32);

    private static final String HINT = "INFERENCE_PRECISION_HINT";
    private static final String GROUP = "DYNAMIC_QUANTIZATION_GROUP_SIZE";
    private static final String CACHE = "KV_CACHE_PRECISION";

    private final String hint;
    private final int group;

    Precision(String hint, int group) {
        this.hint = hint;
        this.group = group;
    }

    /** As the configuration has it. */
    public static Precision named(String name) {
        return valueOf(name.toUpperCase(Locale.ROOT));
    }

    /** As the configuration and the journal have it. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The library's settings for it; each is in force, or the model is not loaded. */
    Map<String, String> properties() {
        var properties = new LinkedHashMap<String, String>();
        properties.put(HINT, hint);
        properties.put(GROUP, String.valueOf(group));
        properties.put(CACHE, hint);
        return properties;
    }

    /** Whether products are in single precision. */
    boolean isSingle() {
        return hint.equals(F32.hint);
    }

    /** For a person. */
    String words() {
        return "%s (activations %s, keys and values in %s)"
                .formatted(key(), group == 0 ? "not rounded" : "rounded in groups of " + group, hint);
    }

    /** For the journal. */
    Map<String, String> facts() {
        return Map.of("precision", key(), "activationGroup", String.valueOf(group), "cachePrecision", hint);
    }
}
