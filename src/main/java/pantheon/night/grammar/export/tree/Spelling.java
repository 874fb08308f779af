package pantheon.night.grammar.export.tree;

import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;
import java.util.List;
import pantheon.night.grammar.export.tree.Part.Choice;
import pantheon.night.grammar.export.tree.Part.Named;
import pantheon.night.grammar.export.tree.Part.Repeat;
import pantheon.night.grammar.export.tree.Part.Sequence;
import pantheon.night.grammar.export.tree.Syntax.Level;

/** Spells a grammar: its first rule, and all others to which that one leads. */
public final class Spelling {
    /** A server takes a request of this many characters, and a grammar is only a part of it. */
    private static final int MOST_CHARACTERS = 4_000_000;

    private final Syntax syntax;
    private final Rules rules;
    private final BitSet reached = new BitSet();
    private final Deque<Part> waiting = new ArrayDeque<>();

    public Spelling(Syntax syntax, Rules rules) {
        this.syntax = syntax;
        this.rules = rules;
    }

    public String of(Part root) {
        reach(root);
        var out = new StringBuilder();
        out.append(syntax.head());
        append(syntax.first(), root, out);
        reached.stream().forEach(number -> {
            var rule = new Named(number);
            append(syntax.name(rule, rules.get(rule)), rules.get(rule), out);
        });
        return out.toString();
    }

    private void append(String name, Part part, StringBuilder out) {
        out.append(syntax.rule(name, part));
        syntax.spell(part, Level.CHOICE, rules, out);
        out.append('\n');
        if (out.length() > MOST_CHARACTERS) {
            throw new NotHeld("is longer than %,d characters there".formatted(MOST_CHARACTERS));
        }
    }

    private void reach(Part root) {
        waiting.add(root);
        while (!waiting.isEmpty()) {
            for (var part : inside(waiting.remove())) {
                waiting.add(part);
            }
        }
    }

    private List<Part> inside(Part part) {
        return switch (part) {
            case Sequence sequence -> sequence.parts();
            case Choice choice -> choice.parts();
            case Repeat repeat -> List.of(repeat.part());
            case Named rule -> definition(rule);
            case Part.Text text -> List.of();
            case Part.OneOf characters -> List.of();
            case Part.Control control -> List.of();
            case Part.Lexeme lexeme -> List.of();
        };
    }

    /** What a rule stands for, the first time that it is asked for. */
    private List<Part> definition(Named rule) {
        if (reached.get(rule.number())) {
            return List.of();
        }
        reached.set(rule.number());
        return List.of(rules.get(rule));
    }
}
