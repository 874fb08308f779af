package pantheon.night.grammar.export.tree;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import pantheon.night.grammar.export.tree.Part.Named;
import pantheon.night.grammar.export.tree.Syntax.Level;

/** Spells a grammar: its first rule, and all others to which that one leads. */
public final class Spelling {
    /** A server takes a request of this many characters, and a grammar is only a part of it. */
    private static final int MOST_CHARACTERS = 4_000_000;

    private final Syntax syntax;
    private final Rules rules;
    /** Each rule's line, empty until it is spelled; null where nothing refers to it. */
    private final @Nullable String[] lines;

    private final Deque<Named> waiting = new ArrayDeque<>();
    private int characters;

    public Spelling(Syntax syntax, Rules rules) {
        this.syntax = syntax;
        this.rules = rules;
        lines = new String[rules.size()];
    }

    public String of(Part root) {
        var first = line(syntax.first(), root);
        while (!waiting.isEmpty()) {
            var rule = waiting.remove();
            var part = rules.get(rule);
            lines[rule.number()] = line(syntax.name(rule, part), part);
        }
        var out = new StringBuilder(characters).append(syntax.head()).append(first);
        Arrays.stream(lines).filter(Objects::nonNull).forEach(out::append);
        return out.toString();
    }

    private String line(String name, Part part) {
        var out = new StringBuilder(syntax.rule(name, part));
        syntax.spell(part, Level.CHOICE, this, out);
        characters += out.length() + 1;
        if (characters > MOST_CHARACTERS) {
            throw new NotHeld("is longer than %,d characters there".formatted(MOST_CHARACTERS));
        }
        return out.append('\n').toString();
    }

    /** A rule's name, where it is referred to. */
    String name(Named rule) {
        if (lines[rule.number()] == null) {
            lines[rule.number()] = "";
            waiting.add(rule);
        }
        return syntax.name(rule, rules.get(rule));
    }
}
