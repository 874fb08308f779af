package pantheon.night.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import pantheon.night.contract.Json;
import pantheon.night.contract.Sha256;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Puts the configuration together: defaults, then the file, then the environment, then flags.
 *
 * <p>Paths in the file are taken from the file's folder, those in the environment and in flags from the working one.
 */
public final class ConfigLoader {
    /** Variables of the launcher, not of the configuration. */
    private static final Set<String> NOT_KEYS = Set.of("PANTHEON_NIGHT_CONFIG", "PANTHEON_NIGHT_JAVA_HOME");

    private static final String VARIABLE_PREFIX = "PANTHEON_NIGHT_";
    private static final ConfigSchema SCHEMA = new ConfigSchema("/schema/config/pantheon-night.json");

    private final Path folder;
    private final Problems problems = new Problems();
    private final YamlFile yaml;
    private final ObjectNode values;
    private final Map<String, String> origins = new LinkedHashMap<>();

    private ConfigLoader(Path file) {
        this.folder = Objects.requireNonNull(file.toAbsolutePath().getParent());
        this.yaml = YamlFile.read(file, problems);
        this.values = yaml.json().deepCopy();
    }

    /**
     * The configuration in force, and where each of its values comes from.
     *
     * @param digest SHA-256 over the values
     */
    public record Loaded(NightConfig config, List<Value> values, String digest) {}

    /**
     * A value in force.
     *
     * @param origin {@code default}, {@code file:line}, the variable, or the flag
     */
    public record Value(String key, String value, String origin) {}

    /**
     * Loads a configuration.
     *
     * @param environment the process's environment
     * @param flags key path → text, for example {@code window.until} → {@code 06:00}
     * @throws pantheon.night.NightException with exit code 78 and all that is wrong
     */
    public static Loaded load(Path file, Map<String, String> environment, Map<String, String> flags) {
        var loader = new ConfigLoader(file);
        loader.problems.throwIfAny();
        loader.resolvePaths();
        loader.addEnvironment(environment);
        flags.forEach((key, text) -> loader.set(key, text, "--" + key.substring(key.lastIndexOf('.') + 1)));
        loader.addDefaults();
        SCHEMA.check(loader.values, pointer -> loader.place(pointer), loader.problems);
        loader.problems.throwIfAny();
        return new Loaded(loader.config(), loader.rows(), Sha256.hex(Json.write(loader.values)));
    }

    /** Makes the file's paths absolute: its folder is known only here. */
    private void resolvePaths() {
        SCHEMA.leaves().forEach((key, schema) -> {
            var node = values.at(pointer(key));
            if (isPath(schema) && node.isString()) {
                put(
                        key,
                        Json.MAPPER
                                .getNodeFactory()
                                .stringNode(folder.resolve(node.stringValue())
                                        .normalize()
                                        .toString()));
            }
        });
        for (var model : values.path("models")) {
            if (model instanceof ObjectNode object && model.path("path").isString()) {
                object.put(
                        "path",
                        folder.resolve(model.get("path").stringValue())
                                .normalize()
                                .toString());
            }
        }
    }

    private void addEnvironment(Map<String, String> environment) {
        var keyByVariable = new TreeMap<String, String>();
        SCHEMA.leaves().keySet().forEach(key -> keyByVariable.put(variable(key), key));
        new TreeMap<>(environment).forEach((name, text) -> {
            if (!name.startsWith(VARIABLE_PREFIX) || NOT_KEYS.contains(name)) {
                return;
            }
            var key = keyByVariable.get(name);
            if (key != null) {
                set(key, text, name);
                return;
            }
            var nearest = ConfigSchema.nearest(name, List.copyOf(keyByVariable.keySet()));
            problems.add(
                    "environment",
                    "%s is no variable of this program; expected one of %s.%s"
                            .formatted(
                                    name,
                                    keyByVariable.keySet(),
                                    nearest == null ? " Unset it." : " Did you mean " + nearest + "?"));
        });
    }

    private static String variable(String key) {
        return VARIABLE_PREFIX
                + key.replaceAll("([a-z])([A-Z])", "$1_$2").replace('.', '_').toUpperCase(Locale.ROOT);
    }

    private void set(String key, String text, String origin) {
        var schema = SCHEMA.leaves().get(key);
        var factory = Json.MAPPER.getNodeFactory();
        boolean path = schema != null && isPath(schema);
        put(
                key,
                factory.stringNode(
                        path ? Path.of(text).toAbsolutePath().normalize().toString() : text));
        origins.put(pointer(key), origin);
    }

    private void addDefaults() {
        SCHEMA.leaves().forEach((key, schema) -> {
            if (schema.has("default") && values.at(pointer(key)).isMissingNode()) {
                var value = schema.get("default");
                boolean path = isPath(schema);
                put(
                        key,
                        path
                                ? Json.MAPPER
                                        .getNodeFactory()
                                        .stringNode(folder.resolve(value.stringValue())
                                                .toString())
                                : value);
                origins.put(pointer(key), "default");
            }
        });
    }

    private static boolean isPath(JsonNode schema) {
        return schema.path("format").asString("").equals("path");
    }

    private void put(String key, JsonNode value) {
        var parts = List.of(key.split("\\."));
        var node = values;
        for (var part : parts.subList(0, parts.size() - 1)) {
            node = node.get(part) instanceof ObjectNode object ? object : node.putObject(part);
        }
        node.set(parts.getLast(), value);
    }

    private static String pointer(String key) {
        return "/" + key.replace('.', '/');
    }

    private String place(String pointer) {
        return origins.getOrDefault(pointer, yaml.place(pointer));
    }

    private List<Value> rows() {
        var rows = new ArrayList<Value>();
        rows("", values, rows);
        return rows;
    }

    private void rows(String pointer, JsonNode node, List<Value> rows) {
        if (node.isObject()) {
            node.properties().forEach(entry -> rows(pointer + "/" + entry.getKey(), entry.getValue(), rows));
        } else {
            rows.add(new Value(pointer.substring(1).replace('/', '.'), node.asString(), place(pointer)));
        }
    }

    private NightConfig config() {
        var models = new LinkedHashMap<String, NightConfig.Model>();
        values.path("models").properties().forEach(entry -> {
            var model = entry.getValue();
            models.put(
                    entry.getKey(),
                    new NightConfig.Model(
                            Path.of(model.get("path").stringValue()),
                            model.path("threads").asInt(2),
                            model.path("contextTokens").asInt(0)));
        });
        return new NightConfig(
                path("workspace"),
                path("queue"),
                path("state"),
                path("log"),
                path("agents"),
                models,
                values.at("/window/until").isString()
                        ? values.at("/window/until").stringValue()
                        : null,
                values.at("/git/name").stringValue(),
                values.at("/git/email").stringValue());
    }

    private Path path(String key) {
        return Path.of(values.get(key).stringValue());
    }
}
