package pantheon.night.agent;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import pantheon.night.KeptOrder;
import pantheon.night.acceptance.Check;
import pantheon.night.contract.Schema;
import pantheon.night.contract.ToolCard;
import pantheon.night.grammar.Narrowing;
import pantheon.night.grammar.TurnGrammar;
import pantheon.night.grammar.TypesOfArguments;
import pantheon.night.prompt.ChatFormat;
import pantheon.night.prompt.ThickPrompt;
import pantheon.night.prompt.call.ArgumentTypes;
import pantheon.night.tool.BoundTool;
import pantheon.night.tool.NamedTool;
import pantheon.night.tool.Offer;
import pantheon.night.tool.Tool;
import pantheon.night.tool.ToolCall;
import tools.jackson.databind.node.ObjectNode;

/**
 * A specialist: what it is told, which tools it may use and how, its bounds, and when its work is accepted.
 *
 * @param model the name of the model it runs on
 * @param input the schema of a task's input
 * @param output the schema of {@code final}'s arguments; {@code status} is {@code done} or {@code fail} in it
 * @param format how its model has conversations written
 * @param checks what its work has to pass
 * @param declines reason → what has to be true where it declines a task for that; any other reason is taken at its word
 * @param alike after how many tasks in a row that failed alike its others wait for a person, 0 for never; empty where that
 *     is the night's to say
 * @param grammar what its turns are held to while they are generated; empty where they are only validated
 */
public record Agent(
        String name,
        String version,
        String model,
        Schema input,
        Schema output,
        List<BoundTool> tools,
        Limits limits,
        ChatFormat format,
        ThickPrompt prompt,
        List<Check> checks,
        Map<String, List<Check>> declines,
        OptionalInt alike,
        Optional<TurnGrammar> grammar) {
    public Agent {
        tools = List.copyOf(tools);
        checks = List.copyOf(checks);
        declines = KeptOrder.map(declines);
    }

    /** The same with each tool over another of the same name and schemas. */
    public Agent over(UnaryOperator<Tool> other) {
        var changed =
                tools.stream().map(tool -> tool.over(other.apply(tool.tool()))).toList();
        return with(changed, check -> check.over(other));
    }

    /** The same with each check in place of another. */
    public Agent judgedBy(UnaryOperator<Check> other) {
        return with(tools, other);
    }

    private Agent with(List<BoundTool> otherTools, UnaryOperator<Check> other) {
        var declining = new TreeMap<String, List<Check>>();
        declines.forEach((reason, judges) ->
                declining.put(reason, judges.stream().map(other).toList()));
        var judging = checks.stream().map(other).toList();
        return new Agent(
                name,
                version,
                model,
                input,
                output,
                otherTools,
                limits,
                format,
                prompt,
                judging,
                declining,
                alike,
                grammar);
    }

    /** The tools that it or one of its checks uses, each under its own name. */
    public Stream<Tool> usedTools() {
        var judging = Stream.concat(checks.stream(), declines.values().stream().flatMap(List::stream));
        return Stream.concat(
                tools.stream().map(tool -> NamedTool.own(tool.tool())),
                judging.flatMap(check -> check.usedTool().stream()));
    }

    /**
     * The fields of a task's input that name files which must be there: those that tools are bound to, and those that the
     * checks allow to change where no tool could make such a file.
     */
    public Set<String> fileFields() {
        var fields = new TreeSet<String>();
        tools.forEach(tool -> fields.addAll(tool.fileFields()));
        boolean makesFiles = tools.stream()
                .map(BoundTool::tool)
                .anyMatch(tool -> !tool.isReadOnly() && tool.files().isEmpty());
        if (!makesFiles) {
            checks.forEach(check -> fields.addAll(check.fileFields()));
        }
        return fields;
    }

    /** The fields of a task's input that name files which it is about, there or not: those, and what its checks look at. */
    public Set<String> pathFields() {
        var fields = new LinkedHashSet<>(fileFields());
        checks.forEach(check -> fields.addAll(check.fileFields()));
        return fields;
    }

    /** What has to be true of a task that ended with some output. */
    List<Check> judges(ObjectNode output) {
        return State.declines(output)
                ? declines.getOrDefault(output.path("reason").asString(""), List.of())
                : checks;
    }

    /** How many checks a task is judged by at most. */
    public int mostChecks() {
        int declining = declines.values().stream().mapToInt(List::size).max().orElse(0);
        return Math.max(checks.size(), declining);
    }

    /** Whether it asks how sure its model is of a choice. */
    public boolean asksConfidence() {
        return tools.stream().anyMatch(BoundTool::asksConfidence);
    }

    /** Whether its model is to choose by whole values. */
    public boolean scoresValues() {
        return tools.stream().anyMatch(BoundTool::scoresValues);
    }

    /** The tools as the model sees them, {@code final} last. */
    public List<ToolCard> cards() {
        return cards(tools, output);
    }

    /** The cards of some tools and of {@code final} with some schema. */
    public static List<ToolCard> cards(List<BoundTool> tools, Schema output) {
        var cards = new ArrayList<>(tools.stream().map(BoundTool::card).toList());
        cards.add(new ToolCard(ToolCall.FINAL, "End the task.", output.json()));
        return cards;
    }

    /** The grammar of a turn in which arguments are limited to what is offered. */
    public Optional<TurnGrammar> grammar(List<Offer> offers) {
        var narrowings = offers.stream()
                .map(offer -> new Narrowing(offer.tool(), offer.argument(), offer.values()))
                .toList();
        return grammar.map(whole -> whole.narrowed(narrowings));
    }

    /**
     * Of which types the tools' arguments can be.
     *
     * @param held the grammar of the turn
     */
    ArgumentTypes types(Optional<TurnGrammar> held) {
        return held.map(TurnGrammar::types).orElseGet(() -> TypesOfArguments.of(cards()));
    }

    public String templateHash() {
        return prompt.templateHash(format, cards());
    }
}
