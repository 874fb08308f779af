package pantheon.night.grammar.export;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import pantheon.night.grammar.export.tree.NotHeld;
import pantheon.night.grammar.export.tree.Part;
import pantheon.night.grammar.export.tree.Part.Repeat;
import pantheon.night.grammar.export.tree.Part.Text;
import pantheon.night.grammar.export.tree.Rules;
import pantheon.night.grammar.schema.ObjectShape;

/**
 * Writes an object's properties as a grid: for each known property that can still come, and each count of properties as
 * far as it matters, what may follow. A property that is passed over cannot come later, and other names stand before the
 * next known one, so that each text has one way through the grid.
 */
final class ObjectRules {
    private static final int MOST_PLACES = 20_000;
    private static final int NOWHERE = -1;

    private final Rules rules;
    private final Around around;
    private final ObjectShape object;
    private final RepeatForm.Bounds bounds;
    private final List<Part> known;
    private final @Nullable Part other;
    private final int columns;
    /** What may follow a property, other names included; null where the object cannot end from there. */
    private final @Nullable Part[][] behind;
    /** The same without other names before the next known one. */
    private final @Nullable Part[][] onward;

    /** What stands before and behind all properties, and between two. */
    record Around(Text open, Text between, Text close) {
        static final Around JSON = new Around(new Text("{"), new Text(", "), new Text("}"));
    }

    /**
     * @param bounds how many properties there may be
     * @param known each known property's key and value, anything where it can have none
     * @param other any other key and its value, null where there can be none
     */
    ObjectRules(
            Rules rules,
            Around around,
            ObjectShape object,
            RepeatForm.Bounds bounds,
            List<Part> known,
            @Nullable Part other) {
        this.rules = rules;
        this.around = around;
        this.object = object;
        this.bounds = bounds;
        this.known = known;
        this.other = other;
        int counted = bounds.max() == Repeat.ENDLESS ? bounds.min() : bounds.max();
        columns = (other == null ? Math.min(counted, known.size()) : counted) + 1;
        if ((known.size() + 1L) * columns > MOST_PLACES) {
            throw new NotHeld("counts more than %d places of properties".formatted(MOST_PLACES));
        }
        behind = new Part[known.size() + 1][columns];
        onward = new Part[known.size() + 1][columns];
    }

    Part written() {
        for (int from = known.size(); from >= 0; from--) {
            for (int count = columns - 1; count >= 0; count--) {
                onward[from][count] = onward(from, count);
                behind[from][count] = behind(from, count);
            }
        }
        return Part.sequence(around.open(), first());
    }

    private @Nullable Part onward(int from, int count) {
        var ways = new ArrayList<Part>();
        if (from == known.size()) {
            return count >= bounds.min() ? around.close() : null;
        }
        addKnown(from, count, around.between(), ways);
        if (!isRequired(from)) {
            add(Part.NOTHING, onward[from + 1][count], ways);
        }
        return ways.isEmpty() ? null : named(Part.choice(ways));
    }

    private @Nullable Part behind(int from, int count) {
        int more = next(count);
        var rest = onward[from][count];
        if (other == null || more == NOWHERE || (more == count ? rest : behind[from][more]) == null) {
            return rest;
        }
        var rule = rules.reserve();
        behind[from][count] = rule;
        var ways = new ArrayList<Part>();
        add(Part.sequence(around.between(), other), behind[from][more], ways);
        add(Part.NOTHING, rest, ways);
        rules.define(rule, Part.choice(ways));
        return rule;
    }

    /** What stands behind the opening brace. */
    private Part first() {
        var ways = new ArrayList<Part>();
        if (other != null && next(0) != NOWHERE) {
            add(other, behind[0][next(0)], ways);
        }
        int from = 0;
        while (from < known.size()) {
            addKnown(from, 0, Part.NOTHING, ways);
            if (isRequired(from++)) {
                return Part.choice(ways);
            }
        }
        if (bounds.min() == 0) {
            ways.add(around.close());
        }
        return Part.choice(ways);
    }

    private void addKnown(int from, int count, Part before, List<Part> ways) {
        int more = next(count);
        if (more != NOWHERE && object.isUsable(from)) {
            add(Part.sequence(before, known.get(from)), behind[from + 1][more], ways);
        }
    }

    private static void add(Part begin, @Nullable Part rest, List<Part> ways) {
        if (rest != null) {
            ways.add(Part.sequence(begin, rest));
        }
    }

    private Part named(Part part) {
        return part instanceof Part.Named || part instanceof Text ? part : rules.named(part);
    }

    private boolean isRequired(int index) {
        return object.properties().get(index).required();
    }

    /** The count behind one more property. */
    private int next(int count) {
        if (bounds.max() == Repeat.ENDLESS) {
            return Math.min(count + 1, columns - 1);
        }
        return count + 1 < columns ? count + 1 : NOWHERE;
    }
}
