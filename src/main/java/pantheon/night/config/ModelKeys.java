package pantheon.night.config;

import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import pantheon.night.config.Problems.Place;
import tools.jackson.databind.JsonNode;

/** Which keys a model has hangs on what runs it: this process ({@code onnx}, {@code openvino}), or a server. */
final class ModelKeys {
    private static final String ONNX = "onnx";
    private static final String OPENVINO = "openvino";
    private static final String SERVER = "server";
    private static final Pattern KEY = Pattern.compile("/models/([^/]+)/([^/]+)");
    /** Keys that models have which are run in some ways alone → those ways. */
    private static final Map<String, Set<String>> ENGINES = Map.ofEntries(
            Map.entry("path", Set.of(ONNX, OPENVINO)),
            Map.entry("threads", Set.of(ONNX, OPENVINO)),
            Map.entry("decoding", Set.of(ONNX, OPENVINO)),
            Map.entry("libraries", Set.of(OPENVINO)),
            Map.entry("device", Set.of(OPENVINO)),
            Map.entry("precision", Set.of(OPENVINO)),
            Map.entry("socket", Set.of(SERVER)),
            Map.entry("model", Set.of(SERVER)),
            Map.entry("adapter", Set.of(SERVER)),
            Map.entry("tokenizer", Set.of(SERVER)),
            Map.entry("patience", Set.of(SERVER)),
            Map.entry("silence", Set.of(SERVER)));

    private static final int MOST_ROWS = 64;

    private final JsonNode values;

    /** @param values the whole configuration, as it is put together */
    ModelKeys(JsonNode values) {
        this.values = values;
    }

    static boolean isServer(JsonNode model) {
        return engine(model).equals(SERVER);
    }

    static boolean isOpenVino(JsonNode model) {
        return engine(model).equals(OPENVINO);
    }

    private static String engine(JsonNode model) {
        var named = model.path("engine").asString(ONNX);
        return named.equals(OPENVINO) || named.equals(SERVER) ? named : ONNX;
    }

    /** Whether a value is one of a model that is run otherwise; it then has neither a default nor a variable. */
    boolean isForeign(String pointer) {
        var key = KEY.matcher(pointer);
        return key.matches() && isForeign(values.path("models").path(key.group(1)), key.group(2));
    }

    private static boolean isForeign(JsonNode model, String key) {
        var engines = ENGINES.get(key);
        return engines != null && !engines.contains(engine(model));
    }

    /**
     * Adds what is missing of each model, and what is not its.
     *
     * @param places where a value stands, by its pointer
     */
    void check(Function<String, Place> places, Problems problems) {
        values.path("models").properties().forEach(entry -> {
            if (entry.getValue().isObject()) {
                check(Pointer.child("/models", entry.getKey()), entry.getValue(), places, problems);
            }
        });
    }

    private static void check(String pointer, JsonNode model, Function<String, Place> places, Problems problems) {
        boolean server = isServer(model);
        var name = Pointer.dotted(pointer);
        for (var key : model.propertyNames()) {
            if (isForeign(model, key)) {
                problems.add(places.apply(Pointer.child(pointer, key)), foreign(name, key, engine(model)));
            }
        }
        if (server && !model.has("socket")) {
            problems.add(
                    places.apply(pointer), name + ".socket is missing; expected the path of the server's Unix socket.");
        }
        if (server && !model.has("tokenizer") && !model.has("format")) {
            problems.add(
                    places.apply(pointer),
                    name
                            + ".format is missing; expected how the server's model has conversations written, or its tokenizer's folder as tokenizer.");
        }
        int sequences = model.path("sequences").asInt(1);
        if (!server && sequences > MOST_ROWS) {
            problems.add(
                    places.apply(Pointer.child(pointer, "sequences")),
                    "%s.sequences is %d; expected 1 to %d where this process runs the model."
                            .formatted(name, sequences, MOST_ROWS));
        }
        if (!server && !model.has("path")) {
            problems.add(places.apply(pointer), name + ".path is missing; expected the path of the model's folder.");
        }
    }

    private static String foreign(String name, String key, String engine) {
        var others = ENGINES.getOrDefault(key, Set.of()).stream().sorted().toList();
        return "%s.%s is no key of a model whose engine is %s. Remove it, or set engine to %s."
                .formatted(name, key, engine, String.join(" or ", others));
    }
}
