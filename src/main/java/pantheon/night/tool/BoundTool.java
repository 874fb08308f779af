package pantheon.night.tool;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import pantheon.night.ExitCode;
import pantheon.night.KeptOrder;
import pantheon.night.NightException;
import pantheon.night.contract.Json;
import pantheon.night.contract.Schema;
import pantheon.night.contract.ToolCard;
import pantheon.night.outcome.Scoring;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A tool as one agent may use it: some arguments bound, some narrowed.
 *
 * <p>A bound argument is not in the schema that the model sees. A narrowed one has the agent's schema there in place
 * of the tool's; the tool's own still holds, so an agent can only take away. A choice narrows an argument to what a
 * field of the task's input lists, or to what tools have returned in the same task.
 */
public final class BoundTool {
    private final Tool tool;
    private final Map<String, Binding> bindings;
    private final Map<String, Choice> choices;
    private final ObjectNode given;
    private final Schema givenSchema;

    /**
     * @param narrowed argument → the schema that the agent allows
     * @param choices argument → where its allowed values come from
     */
    public BoundTool(
            Tool tool, Map<String, Binding> bindings, Map<String, JsonNode> narrowed, Map<String, Choice> choices) {
        this.tool = tool;
        this.bindings = KeptOrder.map(bindings);
        this.choices = KeptOrder.map(choices);
        requireKnownOnce(tool, List.of(bindings.keySet(), narrowed.keySet(), choices.keySet()));
        bindings.forEach((name, binding) -> requireFitting(tool, name, binding));
        this.given = without(tool, bindings.keySet());
        narrowed.forEach((name, schema) -> ((ObjectNode) given.get("properties")).set(name, schema));
        this.givenSchema = Schema.compile("arguments of " + tool.name(), given);
    }

    private BoundTool(Tool tool, BoundTool like) {
        this.tool = tool;
        this.bindings = like.bindings;
        this.choices = like.choices;
        this.given = like.given;
        this.givenSchema = like.givenSchema;
    }

    /** The same over another tool of the same name and schemas. */
    public BoundTool over(Tool other) {
        return new BoundTool(other, this);
    }

    public Tool tool() {
        return tool;
    }

    public String name() {
        return tool.name();
    }

    /** The fields of a task's input that name files which must be there for the tool. */
    public Set<String> fileFields() {
        var fields = new TreeSet<String>();
        bindings.forEach((argument, binding) -> {
            if (binding instanceof Binding.FromInput input && tool.files().contains(argument)) {
                fields.add(input.field());
            }
        });
        return fields;
    }

    /** The tool as the model sees it; the same for every task of the agent. */
    public ToolCard card() {
        return new ToolCard(tool.name(), tool.description(), given);
    }

    /** The arguments that are limited to some values, and where these come from. */
    public Map<String, Choice> choices() {
        return choices;
    }

    /** Those of them whose values come from results. */
    public List<String> choicesFromResults() {
        return choices.entrySet().stream()
                .filter(choice -> choice.getValue() instanceof Choice.FromResults)
                .map(Map.Entry::getKey)
                .toList();
    }

    /** Whether one of them asks how sure the model is. */
    public boolean asksConfidence() {
        return choices.values().stream()
                .anyMatch(choice -> choice instanceof Choice.FromResults from && from.leastConfidence() > 0);
    }

    /** Whether the model is to choose by whole values in one of them. */
    public boolean scoresValues() {
        return choices.values().stream()
                .anyMatch(choice -> choice instanceof Choice.FromResults from && from.scoring() != Scoring.PATH);
    }

    /** The schema of the arguments that the model gives where nothing limits them. */
    public Schema given() {
        return givenSchema;
    }

    /** The same with arguments limited to what is offered. */
    public Schema given(List<Offer> offers) {
        var narrowed = given.deepCopy();
        var properties = (ObjectNode) narrowed.get("properties");
        for (var offer : offers) {
            var allowed = Json.MAPPER.createArrayNode();
            offer.values().forEach(allowed::add);
            properties.set(offer.argument(), Json.object().set("enum", allowed));
        }
        return Schema.compile("arguments of " + tool.name(), narrowed);
    }

    /** The tool's own schema of one argument, of an object that has no other. */
    Schema alone(String argument) {
        var schema = (ObjectNode) tool.arguments().json().deepCopy();
        schema.set("properties", Json.object().set(argument, properties(tool).get(argument)));
        schema.retain("$schema", "$defs", "definitions", "properties");
        return Schema.compile("argument %s of %s".formatted(argument, tool.name()), schema);
    }

    /**
     * The arguments that the tool runs with: the bound ones, which nothing the model gives replaces, and the model's.
     * A field that the input leaves out binds nothing.
     */
    public ObjectNode bind(ObjectNode arguments, ObjectNode input) {
        var whole = Json.object();
        bindings.forEach((name, binding) -> {
            var value = binding.value(input);
            if (!value.isNull() && !value.isMissingNode()) {
                whole.set(name, value);
            }
        });
        arguments.properties().stream()
                .filter(argument -> !bindings.containsKey(argument.getKey()))
                .forEach(argument -> whole.set(argument.getKey(), argument.getValue()));
        return whole;
    }

    private static void requireKnownOnce(Tool tool, List<Set<String>> groups) {
        var seen = new HashSet<String>();
        for (var name : groups.stream().flatMap(Set::stream).toList()) {
            requireKnown(tool, name);
            if (!seen.add(name)) {
                throw new NightException(
                        ExitCode.CONFIG,
                        "argument \"%s\" of tool %s is bound, narrowed, or chosen twice. Keep one in the agent."
                                .formatted(name, tool.name()));
            }
        }
    }

    /** A constant that the tool refuses would fail each call of each task. */
    private static void requireFitting(Tool tool, String name, Binding binding) {
        var constant = binding.constant();
        if (constant != null) {
            var schema = Schema.compile(
                    "argument %s of %s".formatted(name, tool.name()),
                    properties(tool).get(name));
            var wrong = schema.check(constant);
            if (!wrong.isEmpty()) {
                throw new NightException(
                        ExitCode.CONFIG,
                        "argument \"%s\" of tool %s is bound to %s: %s. Correct the agent."
                                .formatted(name, tool.name(), Json.write(constant), wrong.getFirst()));
            }
        }
    }

    /**
     * Makes sure that what is bound to the task's input is of the argument's type, where both schemas name just one.
     *
     * @param input the schema of the agent's input
     * @throws NightException with exit code 78 where an argument is of another type
     */
    public void requireTypes(JsonNode input) {
        bindings.forEach((name, binding) -> {
            if (binding instanceof Binding.FromInput from) {
                var given = type(input.path("properties").path(from.field()));
                var taken = type(properties(tool).get(name));
                boolean fits = given.equals(taken) || (given.equals("integer") && taken.equals("number"));
                if (!given.isEmpty() && !taken.isEmpty() && !fits) {
                    throw new NightException(
                            ExitCode.CONFIG,
                            "argument \"%s\" of tool %s is bound to the input's field \"%s\" of type %s; expected one of type %s. Correct the agent's input, or bind another field."
                                    .formatted(name, tool.name(), from.field(), given, taken));
                }
            }
        });
    }

    /** The one type that a schema names; empty where it names none, or several. */
    private static String type(JsonNode schema) {
        return schema.path("type").asString("");
    }

    private static void requireKnown(Tool tool, String name) {
        var known = properties(tool);
        if (!known.has(name)) {
            throw new NightException(
                    ExitCode.CONFIG,
                    "tool %s has no argument \"%s\" to bind or narrow; it has %s. Correct the agent."
                            .formatted(tool.name(), name, new TreeSet<>(known.propertyNames())));
        }
    }

    private static ObjectNode properties(Tool tool) {
        return (ObjectNode) tool.arguments().json().required("properties");
    }

    private static ObjectNode without(Tool tool, Iterable<String> bound) {
        var schema = (ObjectNode) tool.arguments().json().deepCopy();
        var required = Json.MAPPER.createArrayNode();
        for (var name : bound) {
            ((ObjectNode) schema.get("properties")).remove(name);
        }
        for (var name : schema.path("required")) {
            if (schema.get("properties").has(name.asString())) {
                required.add(name);
            }
        }
        schema.set("required", required);
        return schema;
    }
}
