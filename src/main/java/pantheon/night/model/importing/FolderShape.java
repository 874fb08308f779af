package pantheon.night.model.importing;

import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import pantheon.night.NightException;
import pantheon.night.VisibleText;
import pantheon.night.model.decoder.DecoderShape;
import pantheon.night.model.decoder.Family;
import pantheon.night.model.decoder.Rotary;
import pantheon.night.model.trained.RotarySettings;

/**
 * Reads a decoder's measures from a {@code config.json}, and refuses by name what would change how it computes.
 *
 * <p>What is left out has the value that transformers gives it.
 */
final class FolderShape {
    private static final String SERVER = "Run it in a server, or take a model without it.";
    private static final int QWEN3_HEAD_WIDTH = 128;
    private static final int USUAL_WINDOW = 4096;
    private static final int USUAL_WINDOW_LAYERS = 28;
    /** What some call the one function that is known. */
    private static final Set<String> SILU = Set.of("silu", "swish");

    private final FolderConfig config;
    private final Family family;

    private FolderShape(FolderConfig config, Family family) {
        this.config = config;
        this.family = family;
    }

    /**
     * The measures of a folder's decoder.
     *
     * @param contextTokens the most tokens of a sequence; 0 for what the configuration claims
     * @throws NightException with exit code 65 where it is of no known family, or computes in a way that is not known
     */
    static DecoderShape of(FolderConfig config, int contextTokens) {
        return new FolderShape(config, family(config)).shape(contextTokens);
    }

    private static Family family(FolderConfig config) {
        var type = config.text("model_type", "");
        var family = Family.of(type).orElseThrow(() -> unknownFamily(config.file(), "model_type", type));
        var architectures = config.json().path("architectures");
        for (var architecture : architectures) {
            if (!architecture.asString("").equals(family.architecture())) {
                throw unknownFamily(config.file(), "architecture", architecture.asString(""));
            }
        }
        return family;
    }

    private static NightException unknownFamily(Path file, String key, String value) {
        return Foreign.unknown(
                file,
                value.isEmpty() ? "it has no " + key : "its %s is %s".formatted(key, VisibleText.line(value)),
                "Take a model of one of the families %s that generates text (%s and so on), or run this one in a server."
                        .formatted(Family.known(), Family.LLAMA.architecture()));
    }

    private DecoderShape shape(int contextTokens) {
        requireKnown();
        int context = Foreign.context(config.file(), contextTokens, config.number("max_position_embeddings"));
        requireNoWindow(context);
        int heads = config.number("num_attention_heads");
        int width = config.number("hidden_size");
        int headWidth = config.number("head_dim", usualHeadWidth(heads, width));
        var settings = rotarySettings();
        try {
            return new DecoderShape(
                    family,
                    config.number("num_hidden_layers"),
                    width,
                    heads,
                    config.number("num_key_value_heads", heads),
                    headWidth,
                    config.number("intermediate_size"),
                    config.number("vocab_size"),
                    context,
                    (float) config.decimal("rms_norm_eps", 1e-6),
                    rotary(settings, headWidth));
        } catch (IllegalArgumentException e) {
            throw Foreign.broken(config.file(), "it says " + e.getMessage());
        }
    }

    private int usualHeadWidth(int heads, int width) {
        return family == Family.QWEN3 ? QWEN3_HEAD_WIDTH : heads == 0 ? 0 : width / heads;
    }

    private void requireKnown() {
        refuse(config.has("auto_map"), "it computes by code of its own (auto_map)");
        requireUnquantised();
        var act = config.text("hidden_act", "silu");
        refuse(!SILU.contains(act), "its hidden_act is %s; only silu is known".formatted(VisibleText.line(act)));
        refuse(
                family != Family.QWEN2 && config.flag("attention_bias"),
                "it has biases in its attention (attention_bias)");
        refuse(config.flag("mlp_bias"), "it has biases in its feed-forward layers (mlp_bias)");
        refuse(
                config.decimal("partial_rotary_factor", 1) != 1
                        || config.json()
                                        .path("rope_parameters")
                                        .path("partial_rotary_factor")
                                        .asDouble(1)
                                != 1,
                "it turns only a part of each head (partial_rotary_factor)");
    }

    private void requireUnquantised() {
        var quantised = config.json().path("quantization_config");
        if (!quantised.isEmpty()) {
            throw Foreign.unknown(
                    config.file(),
                    "its weights are quantised (quantization_config, quant_method %s)"
                            .formatted(VisibleText.line(
                                    quantised.path("quant_method").asString("unknown"))),
                    "Take the model in F32, F16 or BF16, or as a GGUF file, or run it in a server.");
        }
    }

    private void refuse(boolean is, String what) {
        if (is) {
            throw Foreign.unknown(config.file(), what, SERVER);
        }
    }

    /** A window that no sequence is longer than changes nothing. */
    private void requireNoWindow(int context) {
        var kind = config.json()
                .path("layer_types")
                .valueStream()
                .map(each -> each.asString(""))
                .filter(each -> !each.equals("full_attention"))
                .findFirst();
        boolean used = family == Family.LLAMA
                ? config.has("sliding_window")
                : config.flag("use_sliding_window")
                        && (kind.isPresent() || (!config.has("layer_types") && windowLayers() > 0));
        int window = used ? config.number("sliding_window", USUAL_WINDOW) : Integer.MAX_VALUE;
        if (window < context) {
            throw Foreign.unknown(
                    config.file(),
                    "its attention sees the last %d tokens alone (sliding_window)".formatted(window),
                    "Ask for a context that is no longer (--context %d), or run it in a server.".formatted(window));
        }
        requireFull(used, kind);
    }

    private int windowLayers() {
        return config.number("num_hidden_layers") - config.number("max_window_layers", USUAL_WINDOW_LAYERS);
    }

    private void requireFull(boolean windowKnown, Optional<String> kind) {
        boolean harmless =
                windowKnown && kind.filter("sliding_attention"::equals).isPresent();
        if (kind.isPresent() && !harmless) {
            refuse(true, "it has layers of another kind (layer_types: %s)".formatted(VisibleText.line(kind.get())));
        }
    }

    private RotarySettings rotarySettings() {
        try {
            return RotarySettings.of(config.json());
        } catch (IllegalArgumentException e) {
            throw Foreign.broken(config.file(), "it " + e.getMessage());
        }
    }

    private Rotary rotary(RotarySettings settings, int headWidth) {
        var rotary = Rotary.of(settings.theta(), headWidth);
        var scaling = settings.scaling();
        var type = scaling.getOrDefault("rope_type", "default");
        return switch (type) {
            case "default" -> rotary;
            case "linear" -> rotary.dividedBy(setting(settings, "factor"));
            case "llama3" ->
                rotary.llama3(
                        setting(settings, "factor"),
                        setting(settings, "low_freq_factor"),
                        setting(settings, "high_freq_factor"),
                        originalContext(settings));
            default ->
                throw Foreign.unknown(
                        config.file(),
                        "it stretches its context by %s (rope_scaling)".formatted(VisibleText.line(type)),
                        "Take the model without it, or run it in a server.");
        };
    }

    /** At the top where it stands there; what is said nowhere is the context that the model claims. */
    private double originalContext(RotarySettings settings) {
        var key = "original_max_position_embeddings";
        return config.has(key) || !settings.scaling().containsKey(key)
                ? config.decimal(key, config.number("max_position_embeddings"))
                : setting(settings, key);
    }

    private static double setting(RotarySettings settings, String key) {
        var value = settings.scaling().get(key);
        try {
            double number = Double.parseDouble(String.valueOf(value));
            if (number > 0) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("a %s of %s in rope_scaling".formatted(key, value), e);
        }
        throw new IllegalArgumentException("a %s of %s in rope_scaling".formatted(key, value));
    }
}
