package pantheon.night.grammar.export;

import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import pantheon.night.grammar.export.tree.Part;
import pantheon.night.grammar.export.tree.Part.Repeat;
import pantheon.night.grammar.export.tree.Part.Text;
import pantheon.night.grammar.export.tree.Rules;
import pantheon.night.grammar.export.unit.CountedTable;
import pantheon.night.grammar.export.unit.OtherNames;
import pantheon.night.grammar.export.unit.Unit;
import pantheon.night.grammar.export.unit.UnitReader;
import pantheon.night.grammar.export.unit.UnitTable;
import pantheon.night.grammar.schema.ObjectShape;
import pantheon.night.grammar.schema.ObjectShape.Others;
import pantheon.night.grammar.schema.ObjectShape.Property;
import pantheon.night.grammar.schema.StringShape;
import pantheon.night.grammar.schema.branch.Branch;
import pantheon.night.language.text.ByteTable;

/** Regular languages as rules, for engines that know characters alone. */
final class RuleWords implements Words {
    private static final Text QUOTE = new Text("\"");

    private final Rules rules;
    private final RepeatForm repeats;
    private final Places places;
    private final Map<ByteTable, UnitTable> names = new HashMap<>();
    private final Map<NameKey, Part> keys = new HashMap<>();
    private final OtherNames.Units others = new OtherNames.Units();
    private final IdentityHashMap<Unit, List<Part>> begins = new IdentityHashMap<>();

    /** Names but some known ones; none are left out where it has none. */
    private record NameKey(ByteTable names, List<String> known) {}

    RuleWords(Rules rules, RepeatForm repeats, Places places) {
        this.places = places;
        this.rules = rules;
        this.repeats = repeats;
    }

    @Override
    public Part text(ByteTable texts) {
        return written(UnitReader.read(texts, false), Map.of(), Part.NOTHING);
    }

    @Override
    public Part string(StringShape string) {
        var table = UnitReader.read(string.texts(), !string.isBare());
        var quote = quote(string);
        int max = string.max() == Branch.UNBOUNDED ? Repeat.ENDLESS : string.max();
        boolean counts = string.isCounted() && !table.isBetween(string.min(), max);
        var rest = counts ? counted(table, string.min(), max, quote) : written(table, Map.of(), quote);
        return Part.sequence(quote, rest);
    }

    private static Part quote(StringShape string) {
        return string.isBare()
                ? Part.NOTHING
                : new Text(Character.toString(string.quote().closing()));
    }

    private Part counted(UnitTable table, int min, int max, Part quote) {
        var bounds = repeats.held(min, max, "characters", places);
        var counted = CountedTable.of(table, bounds.min(), bounds.max(), repeats.mostCounted());
        if (counted.isEmpty()) {
            places.loosen(LENGTH_LET_GO);
            return written(table, Map.of(), quote);
        }
        return written(counted.get().table(), counted.get().loops(), quote);
    }

    /** Objects with the same names share their rules. */
    @Override
    public Part key(Others others, ObjectShape object) {
        boolean leavesOut = others.any() && object.knowsNames();
        var known =
                leavesOut ? object.properties().stream().map(Property::written).toList() : List.<String>of();
        return keys.computeIfAbsent(new NameKey(others.names(), known), this::key);
    }

    private Part key(NameKey key) {
        var table = names.computeIfAbsent(key.names(), all -> UnitReader.read(all, true));
        var left = key.known().isEmpty() ? table : OtherNames.of(table, key.known(), others);
        return Part.sequence(QUOTE, written(left, Map.of(), QUOTE));
    }

    private Part written(UnitTable table, Map<Integer, CountedTable.Repeats> loops, Part end) {
        return new LinearRules(rules, repeats, table, loops, end, begins).written();
    }
}
