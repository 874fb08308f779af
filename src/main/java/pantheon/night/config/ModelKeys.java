package pantheon.night.config;

import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import pantheon.night.config.Problems.Place;
import tools.jackson.databind.JsonNode;

/** Which keys a model has hangs on what runs it: this process ({@code onnx}), or a server. */
final class ModelKeys {
    private static final Pattern KEY = Pattern.compile("/models/([^/]+)/([^/]+)");
    private static final Set<String> PROCESS = Set.of("path", "threads", "decoding");
    private static final Set<String> SERVER = Set.of("socket", "model", "adapter", "tokenizer", "patience", "silence");
    private static final int MOST_ROWS = 64;

    private final JsonNode values;

    /** @param values the whole configuration, as it is put together */
    ModelKeys(JsonNode values) {
        this.values = values;
    }

    static boolean isServer(JsonNode model) {
        return model.path("engine").asString("").equals("server");
    }

    /** Whether a value is one of a model that is run otherwise; it then has neither a default nor a variable. */
    boolean isForeign(String pointer) {
        var key = KEY.matcher(pointer);
        return key.matches()
                && foreign(values.path("models").path(key.group(1))).contains(key.group(2));
    }

    private static Set<String> foreign(JsonNode model) {
        return isServer(model) ? PROCESS : SERVER;
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
            if (foreign(model).contains(key)) {
                problems.add(
                        places.apply(Pointer.child(pointer, key)),
                        "%s.%s is no key of a model whose engine is %s. Remove it, or set engine to %s."
                                .formatted(name, key, server ? "server" : "onnx", server ? "onnx" : "server"));
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
}
