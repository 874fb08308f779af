package pantheon.night.grammar.export.tree;

import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;
import pantheon.night.grammar.export.tree.Part.Named;
import pantheon.night.grammar.export.tree.Syntax.Level;

/** Spells a grammar: its first rule, and all others to which that one leads. */
public final class Spelling {
    /** A server takes a request of this many characters, and a grammar is only a part of it. */
    private static final int MOST_CHARACTERS = 4_000_000;

    private final Syntax syntax;
    private final Rules rules;
    /** The lines of all rules that something refers to, in the order in which they were met. */
    private final StringBuilder lines = new StringBuilder();
    /** Where each rule's line begins in these, and where it ends; 0 where it is not spelled, or nothing refers to it. */
    private final int[] begins;

    private final int[] ends;
    private final BitSet known;
    private final Deque<Named> waiting = new ArrayDeque<>();

    public Spelling(Syntax syntax, Rules rules) {
        this.syntax = syntax;
        this.rules = rules;
        begins = new int[rules.size()];
        ends = new int[rules.size()];
        known = new BitSet(rules.size());
    }

    public String of(Part root) {
        lines.append(syntax.first());
        line(root);
        int first = lines.length();
        while (!waiting.isEmpty()) {
            var rule = waiting.remove();
            begins[rule.number()] = lines.length();
            syntax.name(rule, rules, lines);
            line(rules.get(rule));
            ends[rule.number()] = lines.length();
        }
        var out = new StringBuilder(syntax.head().length() + lines.length());
        out.append(syntax.head()).append(lines, 0, first);
        known.stream().forEach(rule -> out.append(lines, begins[rule], ends[rule]));
        return out.toString();
    }

    private void line(Part part) {
        lines.append(syntax.behindName());
        syntax.spell(part, Level.CHOICE, this, lines);
        lines.append('\n');
        if (lines.length() > MOST_CHARACTERS) {
            throw new NotHeld("is longer than %,d characters there".formatted(MOST_CHARACTERS));
        }
    }

    /** Writes a rule's name where it is referred to. */
    void name(Named rule, StringBuilder out) {
        if (!known.get(rule.number())) {
            known.set(rule.number());
            waiting.add(rule);
        }
        syntax.name(rule, rules, out);
    }
}
