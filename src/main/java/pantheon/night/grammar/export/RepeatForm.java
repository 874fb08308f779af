package pantheon.night.grammar.export;

import java.util.ArrayList;
import java.util.List;
import pantheon.night.grammar.export.tree.Part;
import pantheon.night.grammar.export.tree.Part.Repeat;
import pantheon.night.grammar.export.tree.Rules;
import pantheon.night.grammar.export.unit.Unit;
import pantheon.night.grammar.schema.ObjectShape;
import pantheon.night.grammar.schema.branch.Branch;

/** How an engine's language bears repeats. */
enum RepeatForm {
    /** As they are: the bounds cost nothing. */
    NATIVE {
        @Override
        Part of(Rules rules, Part part, int min, int max, Part behind) {
            return Part.sequence(repeat(part, min, max), behind);
        }
    },

    /** In blocks of 16, for an engine that takes an upper bound above 2,000 for none. */
    BLOCKS {
        @Override
        Part of(Rules rules, Part part, int min, int max, Part behind) {
            var atom = part instanceof Part.OneOf ? part : rules.named(part);
            return Part.sequence(blocks(rules, atom, min, max), behind);
        }
    },

    /** By a rule for each count that ends with the next one, for an engine that is slow with all else. */
    CHAIN {
        @Override
        Part of(Rules rules, Part part, int min, int max, Part behind) {
            return chain(rules, List.of(part), min, max, behind);
        }

        @Override
        Part of(Rules rules, Unit unit, int min, int max, Part behind) {
            return chain(rules, unit.ways(), min, max, behind);
        }
    };

    /** Bounds of a repeat. */
    record Bounds(int min, int max) {}

    private static final int BLOCK = 16;
    private static final int MOST_PLAIN = 64;
    private static final int MOST_INLINE = 3;
    /** llguidance ends over rules that lead to one another some thousands deep. */
    private static final int MOST_IN_GRID = 500;
    /** A step of a chain costs xgrammar some 20 ms while it compiles, with a vocabulary of 151,000 tokens. */
    private static final int LONGEST_CHAIN = 128;

    /** How many states the automaton of a pattern may have together with a count. */
    int mostCounted() {
        return switch (this) {
            case NATIVE -> 8_000;
            case BLOCKS -> 60_000;
            case CHAIN -> 1_000;
        };
    }

    /** The bounds that are held in place of some; where they are others, the place is told so. */
    Bounds held(int min, int max, String what, Places places) {
        boolean isHeld = this != CHAIN || Math.max(min, max == Repeat.ENDLESS ? 0 : max) <= LONGEST_CHAIN;
        if (isHeld) {
            return new Bounds(min, max);
        }
        places.loosen("bounds above %d %s are not held".formatted(LONGEST_CHAIN, what));
        return new Bounds(Math.min(min, LONGEST_CHAIN), max <= LONGEST_CHAIN ? max : Repeat.ENDLESS);
    }

    /** The bounds of an object's properties that are held, each count of them by rules of its own. */
    Bounds heldInGrid(ObjectShape object, Places places) {
        int max = object.max() == Branch.UNBOUNDED ? Repeat.ENDLESS : object.max();
        boolean isHeld = object.min() <= MOST_IN_GRID
                && (max == Repeat.ENDLESS
                        || max <= MOST_IN_GRID
                        || max < object.properties().size());
        if (isHeld) {
            return new Bounds(object.min(), max);
        }
        places.loosen("bounds above %d properties are not held".formatted(MOST_IN_GRID));
        return new Bounds(Math.min(object.min(), MOST_IN_GRID), Repeat.ENDLESS);
    }

    /** A part that stands in many rules: as it is, or as a rule of its own where that is shorter. */
    Part shared(Rules rules, Part part) {
        boolean isLong = part instanceof Part.Sequence
                || (part instanceof Part.OneOf characters && characters.ranges().size() > MOST_INLINE);
        return this == BLOCKS && isLong ? rules.named(part) : part;
    }

    /** A part so many times, and what comes behind it. */
    abstract Part of(Rules rules, Part part, int min, int max, Part behind);

    Part of(Rules rules, Unit unit, int min, int max, Part behind) {
        return of(rules, unit.part(), min, max, behind);
    }

    private static Part repeat(Part part, int min, int max) {
        if (max == 0) {
            return Part.NOTHING;
        }
        return min == 1 && max == 1 ? part : new Repeat(part, min, max);
    }

    private static Part blocks(Rules rules, Part atom, int min, int max) {
        if (min <= MOST_PLAIN && (max == Repeat.ENDLESS || max <= MOST_PLAIN)) {
            return repeat(atom, min, max);
        }
        var block = rules.named(new Repeat(atom, BLOCK, BLOCK));
        var parts = new ArrayList<Part>();
        if (min >= BLOCK) {
            parts.add(blocks(rules, block, min / BLOCK, min / BLOCK));
        }
        parts.add(repeat(atom, min % BLOCK, min % BLOCK));
        if (max == Repeat.ENDLESS) {
            parts.add(new Repeat(atom, 0, Repeat.ENDLESS));
        } else {
            addOptional(rules, atom, block, max - min, parts);
        }
        return Part.sequence(parts);
    }

    /** Blocks, and up to two blocks' worth of single ones, so that every count is reached. */
    private static void addOptional(Rules rules, Part atom, Part block, int most, List<Part> parts) {
        int whole = Math.max(0, (most + 1) / BLOCK - 1);
        if (whole > 0) {
            parts.add(blocks(rules, block, 0, whole));
        }
        parts.add(repeat(atom, 0, most - whole * BLOCK));
    }

    private static Part chain(Rules rules, List<Part> ways, int min, int max, Part behind) {
        boolean isEndless = max == Repeat.ENDLESS;
        int length = isEndless ? min : max;
        var rest = isEndless ? endless(rules, ways, behind) : behind;
        for (int taken = length - 1; taken >= 0; taken--) {
            rest = rules.named(Part.choice(link(ways, rest, taken >= min, behind)));
        }
        return rest;
    }

    private static Part endless(Rules rules, List<Part> ways, Part behind) {
        var rule = rules.reserve();
        rules.define(rule, Part.choice(link(ways, rule, true, behind)));
        return rule;
    }

    /** One more, and what follows it; or the end, where that may be. */
    private static List<Part> link(List<Part> ways, Part rest, boolean mayEnd, Part behind) {
        var links = new ArrayList<Part>();
        ways.forEach(way -> links.add(Part.sequence(way, rest)));
        if (mayEnd) {
            links.add(behind);
        }
        return links;
    }
}
