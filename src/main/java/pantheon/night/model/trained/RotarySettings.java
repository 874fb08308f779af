package pantheon.night.model.trained;

import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;
import pantheon.night.KeptOrder;
import pantheon.night.VisibleText;
import pantheon.night.model.gguf.GgufMetadata;
import tools.jackson.databind.JsonNode;

/**
 * How a model turns its positions.
 *
 * <p>Transformers 5 writes the base into {@code rope_parameters} alone; earlier versions, and what is built on them, read
 * {@code rope_theta} at the top level alone, and take 10000 where it is missing.
 *
 * @param theta the base of the angles
 * @param scaling what stretches them, by the names that transformers 5 has; empty where nothing does
 */
public record RotarySettings(double theta, Map<String, String> scaling) {
    /** What Llama and Qwen have where their configuration says nothing. */
    private static final double USUAL = 10_000;

    private static final Set<String> NO_SCALING = Set.of("rope_theta", "type", "rope_type", "partial_rotary_factor");

    public RotarySettings {
        scaling = KeptOrder.map(scaling);
    }

    /**
     * Those of a {@code config.json}, from both places.
     *
     * @throws IllegalArgumentException where the two contradict each other, or are not of the shape that is known
     */
    public static RotarySettings of(JsonNode config) {
        var parameters = config.path("rope_parameters");
        var older = config.path("rope_scaling");
        requireFlat(parameters);
        if (!parameters.isEmpty() && !older.isEmpty() && !scaling(parameters).equals(scaling(older))) {
            throw new IllegalArgumentException("has one rope_scaling and another in rope_parameters");
        }
        var above = theta(config);
        var within = theta(parameters);
        if (above.isPresent() && within.isPresent() && above.getAsDouble() != within.getAsDouble()) {
            throw new IllegalArgumentException("has a rope_theta of %s at the top, and of %s in rope_parameters"
                    .formatted(number(above.getAsDouble()), number(within.getAsDouble())));
        }
        double theta = within.orElse(above.orElse(USUAL));
        return new RotarySettings(theta, scaling(parameters.isEmpty() ? older : parameters));
    }

    /** Those of a GGUF file; how angles are stretched is no part of them. */
    public static RotarySettings of(GgufMetadata metadata) {
        var family = metadata.text("general.architecture").orElse("");
        return new RotarySettings(metadata.decimal(family + ".rope.freq_base").orElse(USUAL), Map.of());
    }

    private static OptionalDouble theta(JsonNode settings) {
        var theta = settings.path("rope_theta");
        if (!theta.isNumber() && !theta.isMissingNode() && !theta.isNull()) {
            throw new IllegalArgumentException("has a rope_theta of %s; expected a number".formatted(theta));
        }
        return theta.isNumber() ? OptionalDouble.of(theta.doubleValue()) : OptionalDouble.empty();
    }

    /** Some families have settings for each kind of layer there. */
    private static void requireFlat(JsonNode parameters) {
        parameters.properties().stream()
                .filter(setting -> setting.getValue().isObject())
                .findFirst()
                .ifPresent(setting -> {
                    throw new IllegalArgumentException(
                            "has rope_parameters by kinds of layers (%s); expected one for all"
                                    .formatted(VisibleText.line(setting.getKey())));
                });
    }

    private static Map<String, String> scaling(JsonNode settings) {
        var scaling = new TreeMap<String, String>();
        var type = settings.path("rope_type").asString(settings.path("type").asString("default"));
        if (!type.equals("default")) {
            scaling.put("rope_type", type);
            settings.properties().stream()
                    .filter(setting -> !NO_SCALING.contains(setting.getKey()))
                    .forEach(setting -> scaling.put(setting.getKey(), written(setting.getValue())));
        }
        return scaling;
    }

    private static String written(JsonNode value) {
        return value.isNumber() ? number(value.doubleValue()) : value.toString();
    }

    /** Without a fraction where there is none. */
    static String number(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15 ? "%d".formatted((long) value) : "" + value;
    }
}
