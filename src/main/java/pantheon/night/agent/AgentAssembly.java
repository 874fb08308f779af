package pantheon.night.agent;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import pantheon.night.ExitCode;
import pantheon.night.KeptOrder;
import pantheon.night.NightException;
import pantheon.night.acceptance.Check;
import pantheon.night.acceptance.Checks;
import pantheon.night.contract.Durations;
import pantheon.night.contract.Json;
import pantheon.night.contract.Schema;
import pantheon.night.grammar.TurnGrammar;
import pantheon.night.outcome.Scoring;
import pantheon.night.prompt.ChatFormat;
import pantheon.night.prompt.ThickPrompt;
import pantheon.night.tool.Binding;
import pantheon.night.tool.BoundTool;
import pantheon.night.tool.Choice;
import pantheon.night.tool.NamedTool;
import pantheon.night.tool.ResultPointer;
import pantheon.night.tool.Tool;
import tools.jackson.databind.JsonNode;

/** Puts an agent together from its file: schemas compiled, tools bound, checks made. */
public final class AgentAssembly {
    /** What a limit is where an agent's file leaves it out. */
    private static final JsonNode DEFAULTS =
            Schema.resource("/schema/config/agent.json").json().requiredAt("/properties/limits/properties");

    private final Map<String, Tool> tools;

    /** @param tools the whitelisted tools by name; an agent can use no other */
    public AgentAssembly(Map<String, Tool> tools) {
        this.tools = KeptOrder.map(tools);
    }

    /**
     * Makes the agent.
     *
     * @param file an agent's file, valid against its schema
     * @param format that of its model
     * @throws NightException with exit code 78 where a schema, a tool, or a check is wrong
     */
    public Agent assemble(JsonNode file, ChatFormat format) {
        return assemble(file, format, pointer -> "");
    }

    /**
     * The same of a file whose lines are known.
     *
     * @param places JSON pointer → where its value stands, empty where that is not known
     */
    public Agent assemble(JsonNode file, ChatFormat format, UnaryOperator<String> places) {
        var name = file.required("name").stringValue();
        var part = new Part(name, places);
        var input = part.of("/input", () -> Schema.compile("input of " + name, file.required("input")));
        var output = part.of("/output", () -> Schema.compile("output of " + name, file.required("output")));
        var uses = part.each("/tools", file.required("tools"), use -> tool(use, file.required("input")));
        return new Agent(
                name,
                file.required("version").stringValue(),
                file.required("model").stringValue(),
                input,
                output,
                uses,
                limits(file.path("limits")),
                format,
                prompt(file.required("prompt")),
                part.each("/checks", file.required("checks"), this::check),
                declines(file.path("declines"), part),
                file.has("alike") ? OptionalInt.of(file.get("alike").intValue()) : OptionalInt.empty(),
                part.of("/tools", () -> grammar(file.path("constrained").asString("true"), format, uses, output)));
    }

    /** The parts of an agent's file; what is wrong with one is told with where it stands. */
    private record Part(String agent, UnaryOperator<String> places) {
        <T> T of(String pointer, Supplier<T> made) {
            try {
                return made.get();
            } catch (NightException e) {
                var place = places.apply(pointer);
                throw new NightException(
                        e.exitCode(),
                        "%sagent %s: %s".formatted(place.isEmpty() ? "" : place + ": ", agent, e.getMessage()),
                        e);
            }
        }

        <T> List<T> each(String pointer, JsonNode list, Function<JsonNode, T> made) {
            return IntStream.range(0, list.size())
                    .mapToObj(i -> of(pointer + "/" + i, () -> made.apply(list.get(i))))
                    .toList();
        }
    }

    private Map<String, List<Check>> declines(JsonNode declines, Part part) {
        var byReason = new LinkedHashMap<String, List<Check>>();
        declines.properties()
                .forEach(entry -> byReason.put(
                        entry.getKey(), part.each("/declines/" + entry.getKey(), entry.getValue(), this::check)));
        return byReason;
    }

    private Check check(JsonNode check) {
        var with = check.has("with") ? check.get("with") : Json.object();
        return Checks.named(check.required("use").stringValue(), with, tools);
    }

    /** @param constrained {@code true}, {@code false}, or {@code loosened} */
    private static Optional<TurnGrammar> grammar(
            String constrained, ChatFormat format, List<BoundTool> tools, Schema output) {
        if (constrained.equals("false")) {
            requireNothingOfGrammar(tools);
            return Optional.empty();
        }
        var grammar = TurnGrammar.of(format.call(), Agent.cards(tools, output));
        if (constrained.equals("true") && !grammar.loosenings().isEmpty()) {
            throw new NightException(
                    ExitCode.CONFIG,
                    "a grammar cannot hold all of its schemas: %s. Simplify them, or set constrained: loosened."
                            .formatted(grammar.loosenings().getFirst()));
        }
        return Optional.of(grammar);
    }

    /** How likely a choice is among what was offered is known where nothing else could be written. */
    private static void requireNothingOfGrammar(List<BoundTool> tools) {
        for (var tool : tools) {
            if (tool.asksConfidence() || tool.scoresValues()) {
                throw new NightException(
                        ExitCode.CONFIG,
                        "tool %s has a choice with %s, which needs turns that are held to a grammar; expected no constrained: false. Remove one of the two."
                                .formatted(tool.name(), tool.asksConfidence() ? "leastConfidence" : "score"));
            }
        }
    }

    /** @param input the schema of the agent's input */
    private BoundTool tool(JsonNode use, JsonNode input) {
        var name = use.required("name").stringValue();
        var tool = tools.get(name);
        if (tool == null) {
            throw new NightException(
                    ExitCode.CONFIG,
                    "there is no tool \"%s\"; expected one of %s. Correct the agent, or add the tool."
                            .formatted(name, tools.keySet().stream().sorted().toList()));
        }
        var bound = new BoundTool(
                named(tool, use.path("as")),
                entries(use.path("bind"), AgentAssembly::binding),
                entries(use.path("narrow"), schema -> schema),
                entries(use.path("choices"), AgentAssembly::choice));
        bound.requireTypes(input);
        return bound;
    }

    private static Tool named(Tool tool, JsonNode as) {
        return as.isMissingNode()
                ? tool
                : new NamedTool(
                        tool,
                        as.required("name").stringValue(),
                        as.required("description").stringValue());
    }

    private static Binding binding(JsonNode source) {
        if (!source.has("input")) {
            return new Binding.Constant(source.required("value"));
        }
        return new Binding.FromInput(source.get("input").stringValue(), source.get("value"));
    }

    private static Choice choice(JsonNode source) {
        return source.has("input")
                ? new Choice.FromInput(source.get("input").stringValue())
                : new Choice.FromResults(
                        source.required("from").stringValue(),
                        new ResultPointer(source.required("at").stringValue()),
                        source.path("last").asBoolean(false),
                        source.path("leastConfidence").asDouble(0),
                        Scoring.valueOf(source.path("score").asString("path").toUpperCase(Locale.ROOT)));
    }

    private static <T> Map<String, T> entries(JsonNode object, Function<JsonNode, T> convert) {
        var map = new LinkedHashMap<String, T>();
        object.properties().forEach(entry -> map.put(entry.getKey(), convert.apply(entry.getValue())));
        return map;
    }

    private static Limits limits(JsonNode limits) {
        return new Limits(
                count(limits, "steps"),
                count(limits, "failures"),
                count(limits, "toolErrors"),
                count(limits, "identicalCalls"),
                count(limits, "idleSteps"),
                count(limits, "stepTokens"),
                count(limits, "taskTokens"),
                count(limits, "keptResults"),
                Durations.of(limit(limits, "toolTime").stringValue()),
                Durations.of(limit(limits, "taskTime").stringValue()));
    }

    private static int count(JsonNode limits, String name) {
        return limit(limits, name).intValue();
    }

    private static JsonNode limit(JsonNode limits, String name) {
        return limits.has(name) ? limits.get(name) : DEFAULTS.requiredAt("/%s/default".formatted(name));
    }

    private static ThickPrompt prompt(JsonNode prompt) {
        return new ThickPrompt(
                prompt.required("role").stringValue(),
                sentences(prompt.path("constraints")),
                sentences(prompt.path("conventions")),
                sentences(prompt.path("goals")),
                prompt.path("context").asString(""),
                texts(prompt.path("shows")));
    }

    private static Map<String, String> texts(JsonNode fields) {
        var texts = new LinkedHashMap<String, String>();
        fields.properties()
                .forEach(field -> texts.put(field.getKey(), field.getValue().stringValue()));
        return texts;
    }

    private static List<String> sentences(JsonNode list) {
        return list.valueStream().map(JsonNode::stringValue).toList();
    }
}
