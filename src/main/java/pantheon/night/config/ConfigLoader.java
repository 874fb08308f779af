package pantheon.night.config;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import pantheon.night.config.Problems.Place;
import pantheon.night.contract.Durations;
import pantheon.night.contract.Json;
import pantheon.night.contract.PlainText;
import pantheon.night.contract.Sha256;
import pantheon.night.contract.yaml.CoreScalar;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Puts the configuration together: defaults, then the file, then the environment, then flags.
 *
 * <p>Paths in the file are taken from the file's folder, those in the environment and in flags from the working one.
 */
public final class ConfigLoader {
    /** Variables of the program that are no configuration. */
    private static final Set<String> OTHER_VARIABLES = Set.of("PANTHEON_NIGHT_CONFIG", "PANTHEON_NIGHT_JAVA_HOME");

    private static final String VARIABLE_PREFIX = "PANTHEON_NIGHT_";
    private static final Path HERE = Path.of("").toAbsolutePath();
    private static final ConfigSchema SCHEMA = new ConfigSchema("/schema/config/pantheon-night.json");

    private static final String VERSION = Pointer.child(Pointer.ROOT, ConfigVersion.KEY);

    /** Between the items of a list that comes as text. */
    private static final Pattern SEPARATOR = Pattern.compile("[,\\s]+");

    private final Path folder;
    private final Problems problems = new Problems();
    private final YamlFile yaml;
    private final ObjectNode values;
    private final Map<String, JsonNode> leaves;
    private final Map<String, Place> origins = new HashMap<>();

    private ConfigLoader(Path file) {
        folder = Objects.requireNonNull(file.toAbsolutePath().getParent());
        yaml = YamlFile.read(file, problems);
        if (!yaml.isWhole()) {
            problems.throwIfAny();
        }
        values = yaml.json().deepCopy();
        if (ConfigVersion.isLater(values.path(ConfigVersion.KEY))) {
            problems.add(yaml.place(VERSION), ConfigVersion.words(values.path(ConfigVersion.KEY)));
            problems.throwIfAny(); // nothing else of it can be judged
        }
        leaves = SCHEMA.leaves(values);
        leaves.remove(VERSION); // of the file alone
        leaves.keySet().removeIf(new ModelKeys(values)::isForeign);
    }

    /**
     * The configuration in force, and where each of its values comes from.
     *
     * @param values in the schema's order
     * @param digest SHA-256 over the values, wherever they come from
     */
    public record Loaded(NightConfig config, List<Value> values, String digest) {
        public Loaded {
            values = List.copyOf(values);
        }
    }

    /**
     * A value in force.
     *
     * @param key its keys joined by dots, for example {@code window.until}
     * @param origin {@code default}, {@code file:line}, the variable, or the flag
     */
    public record Value(String key, String value, String origin) {}

    /**
     * Loads a configuration.
     *
     * @param environment the process's environment
     * @param flags keys joined by dots → text, for example {@code window.until} → {@code 06:00}
     * @throws pantheon.night.NightException with exit code 78 and all that is wrong
     */
    public static Loaded load(Path file, Map<String, String> environment, Map<String, String> flags) {
        var loader = new ConfigLoader(file);
        loader.leaves.forEach(loader::resolvePath);
        loader.addEnvironment(environment);
        loader.addFlags(flags);
        loader.leaves.forEach(loader::addDefault);
        SCHEMA.check(loader.values, loader::place, loader.problems);
        new ModelKeys(loader.values).check(loader::place, loader.problems);
        loader.checkTexts();
        loader.problems.throwIfAny();
        return loader.loaded();
    }

    /** Makes a path of the file absolute: its folder is known only here. */
    private void resolvePath(String pointer, JsonNode schema) {
        var node = values.at(pointer);
        if (isPath(schema) && node.isString()) {
            put(pointer, absolute(folder, node.stringValue(), place(pointer)));
        }
    }

    private void addEnvironment(Map<String, String> environment) {
        var pointers = pointersByVariable();
        var known = new TreeSet<>(OTHER_VARIABLES);
        known.addAll(pointers.keySet());
        new TreeMap<>(environment).forEach((name, text) -> {
            var pointer = pointers.get(name);
            if (pointer != null) {
                set(pointer, text, new Place(name));
            } else if (name.startsWith(VARIABLE_PREFIX) && !OTHER_VARIABLES.contains(name)) {
                problems.add(
                        new Place(name),
                        "there is no such variable; expected one of %s. %s"
                                .formatted(known, Slip.suggestion(name, known, "Unset it.")));
            }
        });
    }

    private Map<String, String> pointersByVariable() {
        var pointers = new TreeMap<String, String>();
        for (var pointer : leaves.keySet()) {
            var other = pointers.put(variable(pointer), pointer);
            if (other != null) {
                problems.add(
                        yaml.place(pointer),
                        "%s and %s have the same variable, %s. Rename one."
                                .formatted(Pointer.dotted(pointer), Pointer.dotted(other), variable(pointer)));
            }
        }
        return pointers;
    }

    private void addFlags(Map<String, String> flags) {
        flags.forEach((key, text) -> {
            var pointer = "/" + key.replace('.', '/');
            if (!leaves.containsKey(pointer)) {
                throw new IllegalStateException("a flag sets " + key + ", which is no key of the configuration");
            }
            set(pointer, text, new Place("--" + Pointer.key(pointer)));
        });
    }

    private static String variable(String pointer) {
        return VARIABLE_PREFIX
                + String.join("_", Pointer.keys(pointer))
                        .replaceAll("([a-z])([A-Z])", "$1_$2")
                        .replaceAll("[^A-Za-z0-9]", "_")
                        .toUpperCase(Locale.ROOT);
    }

    /** Sets a value that came as text. */
    private void set(String pointer, String text, Place place) {
        origins.put(pointer, place);
        put(pointer, value(Objects.requireNonNull(leaves.get(pointer)), text, place));
    }

    private JsonNode value(JsonNode schema, String text, Place place) {
        if (isPath(schema)) {
            return absolute(HERE, text, place);
        }
        return switch (schema.path("type").asString("")) {
            case "integer" -> CoreScalar.plain(text);
            case "array" -> list(text);
            default -> string(text);
        };
    }

    private static JsonNode list(String text) {
        var list = Json.MAPPER.createArrayNode();
        SEPARATOR.splitAsStream(text.strip()).filter(item -> !item.isEmpty()).forEach(list::add);
        return list;
    }

    private void addDefault(String pointer, JsonNode schema) {
        if (schema.has("default") && values.at(pointer).isMissingNode()) {
            var place = new Place("default");
            origins.put(pointer, place);
            var value = schema.get("default");
            put(pointer, isPath(schema) ? absolute(folder, value.stringValue(), place) : value);
        }
    }

    private static boolean isPath(JsonNode schema) {
        return schema.path("format").asString("").equals("path");
    }

    /** An empty text stays one, for the schema to refuse. */
    private JsonNode absolute(Path from, String text, Place place) {
        try {
            return string(text.isEmpty() ? text : from.resolve(text).normalize().toString());
        } catch (InvalidPathException e) {
            problems.add(place, "%s is no path: %s.".formatted(Json.quote(text), e.getReason()));
            return string(text);
        }
    }

    private static JsonNode string(String text) {
        return Json.MAPPER.getNodeFactory().stringNode(text);
    }

    /** Puts a value into its section; where that is no section, the schema will say so. */
    private void put(String pointer, JsonNode value) {
        var keys = Pointer.keys(pointer);
        var node = values;
        for (var key : keys.subList(0, keys.size() - 1)) {
            var section = node.has(key) ? node.get(key) : node.putObject(key);
            if (!(section instanceof ObjectNode object)) {
                return;
            }
            node = object;
        }
        node.set(keys.getLast(), value);
    }

    /** Where a value, or what it is an item of, was set. */
    private static boolean isToldBySchema(String text) {
        return text.isEmpty() || text.indexOf('<') >= 0 || text.indexOf('>') >= 0;
    }

    /** What a schema's pattern cannot say in every dialect. */
    private void checkTexts() {
        for (var key : List.of("name", "email")) {
            var pointer = "/git/" + key;
            var value = values.at(pointer);
            if (value.isString()
                    && !isToldBySchema(value.stringValue())
                    && !PlainText.isIdentity(value.stringValue())) {
                problems.add(
                        place(pointer),
                        "git.%s is %s, which git cannot write into a commit; expected one line with a letter or a digit, without <, >, control characters and blanks at its ends."
                                .formatted(key, Json.write(value)));
            }
        }
        for (var name : values.path("models").propertyNames()) {
            if (!PlainText.isTrimmedLine(name)) {
                var pointer = Pointer.child("/models", name);
                problems.add(place(pointer), "%s is no name; expected one line.".formatted(Json.quote(name)));
            }
        }
    }

    private Place place(String pointer) {
        for (var at = pointer; !at.isEmpty(); at = at.substring(0, at.lastIndexOf('/'))) {
            var origin = origins.get(at);
            if (origin != null) {
                return origin;
            }
        }
        return yaml.place(pointer);
    }

    private Loaded loaded() {
        var rows = new ArrayList<Value>();
        var sorted = new TreeMap<String, String>();
        for (var pointer : leaves.keySet()) {
            var value = values.at(pointer);
            if (!value.isMissingNode()) {
                var text = text(value);
                rows.add(new Value(Pointer.dotted(pointer), text, place(pointer).toString()));
                sorted.put(pointer, text);
            }
        }
        return new Loaded(config(), rows, Sha256.hex(Json.write(Json.MAPPER.valueToTree(sorted))));
    }

    private static String text(JsonNode value) {
        return value.isArray()
                ? String.join(", ", value.valueStream().map(JsonNode::asString).toList())
                : value.asString();
    }

    private NightConfig config() {
        var until = values.at("/window/until");
        var signingKey = values.at("/signing/key");
        return new NightConfig(
                path(values.get("workspace")),
                path(values.get("queue")),
                path(values.get("state")),
                path(values.get("log")),
                path(values.get("agents")),
                path(values.get("tools")),
                models(),
                values.at("/slots").intValue(0),
                values.at("/shards").intValue(0),
                duration(values.at("/lease")),
                until.isMissingNode() ? null : until.stringValue(),
                duration(values.at("/window/grace")),
                duration(values.at("/window/overdue")),
                values.at("/window/attempts").intValue(),
                values.at("/window/alike").intValue(),
                values.at("/window/tasks").intValue(0),
                values.at("/window/tokens").longValue(0),
                egress(),
                values.at("/git/name").stringValue(),
                values.at("/git/email").stringValue(),
                signingKey.isMissingNode() ? null : path(signingKey),
                retention());
    }

    private Map<String, NightConfig.Model> models() {
        var models = new LinkedHashMap<String, NightConfig.Model>();
        values.get("models").properties().forEach(entry -> models.put(entry.getKey(), model(entry.getValue())));
        return models;
    }

    private static NightConfig.Model model(JsonNode model) {
        boolean served = ModelKeys.isServer(model);
        return new NightConfig.Model(
                optionalPath(model.path(served ? "tokenizer" : "path")),
                model.path("threads").intValue(1),
                model.path("contextTokens").intValue(0),
                served ? 1 : model.path("sequences").intValue(1),
                optional(model.path("format")),
                model.path("decoding").asString("fast"),
                served ? server(model) : null,
                ModelKeys.isOpenVino(model) ? openVino(model) : null);
    }

    private static NightConfig.OpenVino openVino(JsonNode model) {
        return new NightConfig.OpenVino(
                optionalPath(model.path("libraries")),
                model.path("device").asString("CPU"),
                model.path("precision").asString("f32"));
    }

    private static NightConfig.Server server(JsonNode model) {
        return new NightConfig.Server(
                path(model.get("socket")),
                optional(model.path("model")),
                optional(model.path("adapter")),
                model.path("sequences").intValue(0),
                duration(model.get("patience")),
                duration(model.get("silence")));
    }

    private static @Nullable String optional(JsonNode text) {
        return text.isMissingNode() ? null : text.stringValue();
    }

    private static @Nullable Path optionalPath(JsonNode text) {
        return text.isMissingNode() ? null : path(text);
    }

    private NightConfig.Egress egress() {
        var required = values.at("/egress/require")
                .valueStream()
                .map(JsonNode::stringValue)
                .toList();
        return new NightConfig.Egress(required, path(values.at("/egress/gate")));
    }

    private NightConfig.Retention retention() {
        return new NightConfig.Retention(
                values.at("/retention/nights").intValue(0),
                Size.bytes(values.at("/retention/size").asString("0B")),
                values.at("/retention/prune").stringValue().equals("nightly"));
    }

    private static Duration duration(JsonNode text) {
        return Durations.of(text.stringValue());
    }

    private static Path path(JsonNode text) {
        return Path.of(text.stringValue());
    }
}
