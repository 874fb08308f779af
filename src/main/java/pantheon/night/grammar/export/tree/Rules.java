package pantheon.night.grammar.export.tree;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import pantheon.night.grammar.export.tree.Part.Named;

/** The rules of a grammar under way, by their numbers; those of a narrowed one go on where those of the whole one end. */
public final class Rules {
    /** A grammar with more rules than this is of no use to a server. */
    static final int MOST = 100_000;

    private final @Nullable Rules base;
    private final int first;
    private final List<Part> parts = new ArrayList<>();
    private final Map<Part, Named> numbers = new HashMap<>();

    public Rules() {
        base = null;
        first = 0;
    }

    /**
     * Rules beside others.
     *
     * @param base rules that can be referred to, and stay as they are
     */
    public Rules(Rules base) {
        this.base = base;
        first = base.size();
    }

    public int size() {
        return first + parts.size();
    }

    /** A rule that is defined later, so that it can refer to itself. */
    public Named reserve() {
        if (size() >= MOST) {
            throw new NotHeld("needs more than %d rules".formatted(MOST));
        }
        parts.add(Part.NOTHING);
        return new Named(size() - 1);
    }

    public void define(Named rule, Part part) {
        parts.set(rule.number() - first, part);
    }

    /** The rule with a part, made once. */
    public Named named(Part part) {
        var known = find(part);
        if (known == null) {
            known = reserve();
            define(known, part);
            numbers.put(part, known);
        }
        return known;
    }

    private @Nullable Named find(Part part) {
        var known = base == null ? null : base.find(part);
        return known == null ? numbers.get(part) : known;
    }

    public Part get(Named rule) {
        return base != null && rule.number() < first ? base.get(rule) : parts.get(rule.number() - first);
    }
}
