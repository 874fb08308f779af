package pantheon.night.grammar.export.unit;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import pantheon.night.KeptOrder;
import pantheon.night.grammar.export.tree.Part.Range;

/** All names but the known ones of an object, as they are written in keys. */
public final class OtherNames {
    private final Unit any;
    private final Units units;
    private final UnitTable out = new UnitTable();
    private final List<Node> nodes = new ArrayList<>();

    /** A place in the known names, and the characters with which they go on from it. */
    private static final class Node {
        private final Map<String, Integer> next = new TreeMap<>();
        private boolean isKnown;
    }

    /** The units of names, each made once: many objects leave out names with the same letters. */
    public static final class Units {
        private final Map<String, Unit> ones = new HashMap<>();
        private final Map<Without, Unit> rests = new HashMap<>();

        private record Without(Unit any, Set<String> taken) {}

        private Unit one(String unit) {
            return ones.computeIfAbsent(unit, OtherNames::one);
        }

        private Unit without(Unit any, Set<String> taken) {
            return rests.computeIfAbsent(
                    new Without(any, KeptOrder.set(taken)), missing -> OtherNames.without(any, taken));
        }
    }

    private OtherNames(Unit any, Units units) {
        this.any = any;
        this.units = units;
    }

    /**
     * All names but some.
     *
     * @param names takes any name
     * @param known those that are left out, as they are written in keys
     * @param units what names are made of, for all objects of a grammar
     */
    public static UnitTable of(UnitTable names, List<String> known, Units units) {
        var others = new OtherNames(names.ways(0).getFirst().unit(), units);
        others.nodes.add(new Node());
        known.forEach(others::add);
        return others.table();
    }

    private void add(String written) {
        int at = 0;
        for (var unit : units(written)) {
            var next = nodes.get(at).next;
            var known = next.get(unit);
            if (known == null) {
                known = nodes.size();
                nodes.add(new Node());
                next.put(unit, known);
            }
            at = known;
        }
        nodes.get(at).isKnown = true;
    }

    /** A name's characters, each as it is written. */
    public static List<String> units(String written) {
        var units = new ArrayList<String>();
        for (int at = 0, length; at < written.length(); at += length) {
            length = written.charAt(at) != '\\'
                    ? Character.charCount(written.codePointAt(at))
                    : written.charAt(at + 1) == 'u' ? 6 : 2;
            units.add(written.substring(at, at + length));
        }
        return units;
    }

    private UnitTable table() {
        nodes.forEach(node -> out.add(!node.isKnown));
        int free = out.add(true);
        out.connect(free, any, free);
        for (int number = 0; number < nodes.size(); number++) {
            connect(number, free);
        }
        return out;
    }

    private void connect(int number, int free) {
        var next = nodes.get(number).next;
        next.forEach((unit, to) -> out.connect(number, units.one(unit), to));
        out.connect(number, units.without(any, next.keySet()), free);
    }

    private static Unit one(String unit) {
        int c = unit.codePointAt(0);
        return c == '\\'
                ? new Unit(List.of(), new TreeSet<>(List.of(unit.substring(1))))
                : new Unit(List.of(new Range(c, c)), new TreeSet<>());
    }

    private static Unit without(Unit any, Set<String> taken) {
        var escapes = new TreeSet<>(any.escapes());
        var characters = new TreeSet<Integer>();
        for (var unit : taken) {
            if (unit.charAt(0) == '\\') {
                escapes.remove(unit.substring(1));
            } else {
                characters.add(unit.codePointAt(0));
            }
        }
        return new Unit(rangesWithout(any, characters), escapes);
    }

    private static List<Range> rangesWithout(Unit any, NavigableSet<Integer> characters) {
        var rest = new ArrayList<Range>();
        for (var range : any.raw()) {
            int from = range.first();
            for (int c : characters.subSet(range.first(), true, range.last(), true)) {
                if (from < c) {
                    rest.add(new Range(from, c - 1));
                }
                from = c + 1;
            }
            if (from <= range.last()) {
                rest.add(new Range(from, range.last()));
            }
        }
        return rest;
    }
}
