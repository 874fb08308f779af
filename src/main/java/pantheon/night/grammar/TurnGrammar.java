package pantheon.night.grammar;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import pantheon.night.ExitCode;
import pantheon.night.NightException;
import pantheon.night.contract.Json;
import pantheon.night.contract.ToolCard;
import pantheon.night.grammar.machine.Frame;
import pantheon.night.grammar.machine.Literal;
import pantheon.night.grammar.machine.LiteralFrame;
import pantheon.night.grammar.schema.Loosening;
import pantheon.night.grammar.schema.SchemaCompiler;
import pantheon.night.grammar.schema.UnusableSchema;
import pantheon.night.grammar.schema.ValueSet;
import pantheon.night.grammar.token.Vocabulary;
import tools.jackson.databind.node.StringNode;

/**
 * The whole turn of an assistant: one call of one of some tools, its arguments on the tool's schema, and then the end.
 *
 * <pre>{@code
 * <tool_call>
 * {"name": …, "arguments": …}
 * </tool_call>
 * }</pre>
 *
 * <p>Compiled once for an agent. What a task narrows shares everything else.
 */
public final class TurnGrammar {
    private final String open;
    private final String close;
    private final Map<String, ValueSet> arguments;
    private final List<Loosening> loosenings;

    private TurnGrammar(String open, String close, Map<String, ValueSet> arguments, List<Loosening> loosenings) {
        this.open = open;
        this.close = close;
        this.arguments = Collections.unmodifiableMap(arguments);
        this.loosenings = List.copyOf(loosenings);
    }

    /**
     * Compiles the turn for some tools.
     *
     * @param open what stands before a call; the control token of that text, where the vocabulary has one
     * @param close what stands behind it
     * @throws NightException with exit code 78 where a tool's arguments cannot be held by a grammar
     */
    public static TurnGrammar of(String open, String close, List<ToolCard> tools) {
        var arguments = new LinkedHashMap<String, ValueSet>();
        var loosenings = new ArrayList<Loosening>();
        for (var tool : tools) {
            try {
                var result = SchemaCompiler.compile(tool.arguments());
                arguments.put(tool.name(), result.values());
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
        return new TurnGrammar(open, close, arguments, loosenings);
    }

    /** The keywords that are not held exactly; what breaks them is found by validation only. */
    public List<Loosening> loosenings() {
        return loosenings;
    }

    /**
     * The same turn, with one argument of one tool narrowed to some strings; with none, where the argument is required,
     * the tool cannot be called.
     */
    public TurnGrammar narrowed(String tool, String argument, List<String> choices) {
        var changed = new LinkedHashMap<>(arguments);
        changed.computeIfPresent(tool, (name, values) -> values.narrowed(argument, choices));
        return new TurnGrammar(open, close, changed, loosenings);
    }

    /** Begins a turn. */
    public TokenMatcher open(Vocabulary vocabulary, TokenMasks masks) {
        var end = LiteralFrame.of(Literal.of(utf8("}\n"), vocabulary.literal(close)), null, Frame.END);
        var start = new ArrayList<Frame>();
        arguments.forEach((name, values) -> {
            if (!values.isEmpty()) {
                var head = "\n{\"name\": %s, \"arguments\": ".formatted(Json.write(StringNode.valueOf(name)));
                start.add(LiteralFrame.of(Literal.of(vocabulary.literal(open), utf8(head)), values, end));
            }
        });
        return new TokenMatcher(masks, start);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
