package pantheon.night.grammar.export.unit;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import pantheon.night.grammar.export.tree.Part;
import pantheon.night.grammar.export.tree.Part.Range;
import pantheon.night.grammar.export.tree.Part.Text;

/** One character of some, as they are written. */
public final class Unit {
    private final List<Range> raw;
    private final SortedSet<String> escapes;
    private final List<Part> ways;

    /**
     * Some characters.
     *
     * @param raw those that stand for themselves
     * @param escapes what stands behind a backslash for others: a letter, or {@code u} and four digits
     */
    public Unit(List<Range> raw, SortedSet<String> escapes) {
        this.raw = raw;
        this.escapes = escapes;
        ways = List.copyOf(made());
    }

    public List<Range> raw() {
        return raw;
    }

    public SortedSet<String> escapes() {
        return escapes;
    }

    /** The parts of it that each begin a text of their own. */
    public List<Part> ways() {
        return ways;
    }

    private List<Part> made() {
        var ways = new ArrayList<Part>();
        if (!raw.isEmpty()) {
            ways.add(Part.characters(raw));
        }
        if (!escapes.isEmpty()) {
            ways.add(Part.sequence(new Text("\\"), behindBackslash()));
        }
        return ways;
    }

    public Part part() {
        return Part.choice(ways());
    }

    private Part behindBackslash() {
        var letters = new TreeSet<Integer>();
        SortedMap<String, TreeSet<Integer>> digits = new TreeMap<>();
        for (var escape : escapes) {
            if (escape.length() == 1) {
                letters.add((int) escape.charAt(0));
            } else {
                digits.computeIfAbsent(escape.substring(0, 4), missing -> new TreeSet<>())
                        .add((int) escape.charAt(4));
            }
        }
        var ways = new ArrayList<Part>();
        if (!letters.isEmpty()) {
            ways.add(Part.characters(ranges(letters)));
        }
        digits.forEach((head, last) -> ways.add(Part.sequence(new Text(head), Part.characters(ranges(last)))));
        return Part.choice(ways);
    }

    /** Code points in ranges. */
    public static List<Range> ranges(Iterable<Integer> rising) {
        var ranges = new ArrayList<Range>();
        rising.forEach(c -> add(c, c, ranges));
        return ranges;
    }

    /** Adds a range behind others, as part of the last one where it touches that. */
    public static void add(int first, int last, List<Range> ranges) {
        if (!ranges.isEmpty() && ranges.getLast().last() + 1 == first) {
            ranges.set(ranges.size() - 1, new Range(ranges.getLast().first(), last));
        } else {
            ranges.add(new Range(first, last));
        }
    }
}
