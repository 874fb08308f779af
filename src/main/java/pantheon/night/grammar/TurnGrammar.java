package pantheon.night.grammar;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import pantheon.night.ExitCode;
import pantheon.night.LastUsed;
import pantheon.night.NightException;
import pantheon.night.contract.ToolCard;
import pantheon.night.draft.Loosening;
import pantheon.night.draft.UnusableSchema;
import pantheon.night.grammar.machine.Frame;
import pantheon.night.grammar.schema.SchemaCompiler;
import pantheon.night.grammar.schema.ValueSet;
import pantheon.night.grammar.schema.branch.StringSource;
import pantheon.night.grammar.token.Vocabulary;
import pantheon.night.language.text.ByteTable;
import pantheon.night.prompt.call.ArgumentTypes;
import pantheon.night.prompt.call.CallForm;

/**
 * The whole turn of an assistant: one call of one of some tools, its arguments on the tool's schema, and then the end.
 *
 * <p>Compiled once for an agent. What a task narrows shares everything else.
 */
public final class TurnGrammar {
    /** So many sets of choices are kept: tasks of an agent often have the same, and a turn's are tried more than once. */
    private static final int NARROWED = 32;

    private final CallForm form;
    private final CallSpelling spelling;
    private final Map<String, ValueSet> arguments;
    private final List<Loosening> loosenings;
    private final Map<ByteTable, StringSource> sources;
    private final TurnGrammar whole;
    private final LastUsed<List<Narrowing>, TurnGrammar> narrowed = new LastUsed<>(NARROWED);
    private final LastUsed<String, TurnGrammar> alone = new LastUsed<>(1);

    /** @param whole what it was narrowed from, null for what it is itself */
    private TurnGrammar(
            CallForm form,
            CallSpelling spelling,
            Map<String, ValueSet> arguments,
            List<Loosening> loosenings,
            Map<ByteTable, StringSource> sources,
            @Nullable TurnGrammar whole) {
        this.form = form;
        this.spelling = spelling;
        this.arguments = Collections.unmodifiableMap(arguments);
        this.loosenings = List.copyOf(loosenings);
        this.sources = Collections.unmodifiableMap(sources);
        this.whole = whole == null ? this : whole;
    }

    /**
     * Compiles the turn for some tools.
     *
     * @param form how a call is written; its ends are the control tokens of their texts, where the vocabulary has some
     * @throws NightException with exit code 78 where a tool's arguments cannot be held by a grammar
     */
    public static TurnGrammar of(CallForm form, List<ToolCard> tools) {
        var spelling = CallSpelling.of(form);
        var arguments = new LinkedHashMap<String, ValueSet>();
        var loosenings = new ArrayList<Loosening>();
        var sources = new HashMap<ByteTable, StringSource>();
        for (var tool : tools) {
            try {
                var result = SchemaCompiler.compile(tool.arguments());
                spelling.require(tool, result.values());
                arguments.put(tool.name(), result.values());
                sources.putAll(result.sources());
                result.loosenings()
                        .forEach(found -> loosenings.add(new Loosening(tool.name() + found.pointer(), found.reason())));
            } catch (UnusableSchema e) {
                throw new NightException(
                        ExitCode.CONFIG,
                        "the arguments of tool %s cannot be held by a grammar: %s. Simplify the schema, or set constrained: false."
                                .formatted(tool.name(), e.getMessage()),
                        e);
            }
        }
        return new TurnGrammar(form, spelling, arguments, loosenings, sources, null);
    }

    /** Whether less can be said in it than in another one: arguments are narrowed to some values, or tools cannot be called. */
    public boolean isNarrowed() {
        return whole != this;
    }

    /** How a call is written. */
    public CallForm form() {
        return form;
    }

    /** Of which types the tools' arguments can be. */
    public ArgumentTypes types() {
        return TypesOfArguments.of(arguments);
    }

    /** The arguments of each tool by its name, as JSON objects; an empty set where the tool cannot be called. */
    public Map<String, ValueSet> arguments() {
        return arguments;
    }

    /** Where the automata of strings in the arguments came from, as far as that is known. */
    public Map<ByteTable, StringSource> sources() {
        return sources;
    }

    /** A tool's call where the form has arguments by their names; empty where they are a JSON object. */
    public Optional<NamedCall> named(String tool) {
        return spelling.named(tool, arguments.getOrDefault(tool, ValueSet.of(List.of())));
    }

    /** The keywords that are not held exactly; what breaks them is found by validation only. */
    public List<Loosening> loosenings() {
        return loosenings;
    }

    /**
     * The same turn, with some arguments narrowed to some values; with none for an argument that is required, its tool
     * cannot be called. What was narrowed the same way before is the same grammar, so that its masks are kept.
     */
    public TurnGrammar narrowed(List<Narrowing> narrowings) {
        return narrowings.isEmpty()
                ? this
                : narrowed.get(narrowings, () -> {
                    var changed = new LinkedHashMap<>(arguments);
                    for (var narrowing : narrowings) {
                        changed.computeIfPresent(
                                narrowing.tool(),
                                (name, values) -> values.narrowed(narrowing.argument(), narrowing.values()));
                    }
                    return new TurnGrammar(form, spelling, changed, loosenings, sources, whole);
                });
    }

    /** The same turn where one tool alone can be called, as often the same grammar. */
    public TurnGrammar only(String tool) {
        return alone.get(tool, () -> {
            var left = new LinkedHashMap<>(arguments);
            left.replaceAll((name, values) -> name.equals(tool) ? values : ValueSet.of(List.of()));
            return new TurnGrammar(form, spelling, left, loosenings, sources, whole);
        });
    }

    /** The turn that this one was narrowed from, itself where nothing is narrowed. */
    public TurnGrammar whole() {
        return whole;
    }

    /** Begins a turn. */
    public TokenMatcher open(Vocabulary vocabulary, TokenMasks masks) {
        var start = new ArrayList<Frame>();
        arguments.forEach((name, values) -> {
            if (!values.isEmpty()) {
                spelling.open(name, values, vocabulary).forEach(start::add);
            }
        });
        return new TokenMatcher(masks, start);
    }
}
