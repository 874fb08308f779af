package pantheon.night.grammar.schema;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import pantheon.night.contract.Json;
import pantheon.night.grammar.schema.ObjectShape.Property;
import pantheon.night.grammar.schema.branch.Branch;
import pantheon.night.grammar.schema.branch.Conjunction;
import pantheon.night.grammar.schema.branch.ItemBounds;
import pantheon.night.grammar.schema.branch.Languages;
import pantheon.night.grammar.schema.branch.PropertyBounds;
import pantheon.night.grammar.schema.branch.StringBounds;
import pantheon.night.grammar.schema.branch.StringSource;
import pantheon.night.language.automaton.Automatons;
import pantheon.night.language.text.ByteTable;
import tools.jackson.databind.JsonNode;

/** Turns a branch into alternatives, one for each type that it allows. */
final class Assembly {
    private static final int MOST_ZEROS = 400;

    /** The words of literals → their shape, made once. */
    private static final Map<List<String>, TextShape> LITERALS = new ConcurrentHashMap<>();

    private static final TextShape NOTHING = words(List.of());

    private final Languages languages;
    private final Function<Conjunction, ValueSet> sets;
    private final Acceptance acceptance;
    private final NameLanguage nameLanguage;
    private final NumberTexts numbers = new NumberTexts();

    /** @param sets the set of a conjunction, which may not be known yet */
    Assembly(Languages languages, Function<Conjunction, ValueSet> sets, Acceptance acceptance) {
        this.languages = languages;
        this.sets = sets;
        this.acceptance = acceptance;
        nameLanguage = new NameLanguage(languages, acceptance);
    }

    List<Alternative> alternatives(Branch branch) {
        if (branch.allowed() != null) {
            return enumerated(branch, branch.allowed());
        }
        var found = new ArrayList<>(literals(branch));
        if (branch.allows(Branch.NUMBER)) {
            found.add(numbers.within(branch.numbers()));
        }
        if (branch.allows(Branch.STRING)) {
            found.add(string(branch.strings()));
        }
        if (branch.allows(Branch.ARRAY)) {
            found.add(array(branch.items()));
        }
        if (branch.allows(Branch.OBJECT)) {
            found.add(object(branch.properties()));
        }
        return found;
    }

    private List<Alternative> enumerated(Branch branch, List<JsonNode> allowed) {
        var texts = allowed.stream()
                .filter(value -> acceptance.acceptsBesideEnum(branch, value))
                .flatMap(value -> texts(value, branch.numbers().isInteger()).stream())
                .distinct()
                .toList();
        return texts.isEmpty() ? List.of() : List.of(words(texts));
    }

    private static TextShape words(List<String> texts) {
        return new TextShape(ByteTable.of(Automatons.byteWords(texts)));
    }

    /**
     * The ways in which a value is written.
     *
     * @param integer whether a number has to be an integer, which has no fraction in draft 4, not even of 0
     */
    private static List<String> texts(JsonNode value, boolean integer) {
        if (!value.isNumber()) {
            return List.of(Json.write(value));
        }
        var plain = value.decimalValue().stripTrailingZeros();
        var text = Math.abs((long) plain.scale()) < MOST_ZEROS ? plain.toPlainString() : Json.write(value);
        if (integer) {
            return List.of(text);
        }
        return plain.scale() <= 0 ? List.of(Json.write(value), text, text + ".0") : List.of(Json.write(value), text);
    }

    private static List<Alternative> literals(Branch branch) {
        var words = Stream.of(
                        branch.allows(Branch.NULL) ? "null" : "",
                        branch.allows(Branch.TRUE) ? "true" : "",
                        branch.allows(Branch.FALSE) ? "false" : "")
                .filter(word -> !word.isEmpty())
                .toList();
        return words.isEmpty() ? List.of() : List.of(LITERALS.computeIfAbsent(words, Assembly::words));
    }

    private Alternative string(StringBounds bounds) {
        var language = languages.combined(bounds.languages(), bounds.others());
        if (language.isEmpty()) {
            return new StringShape(Languages.ANY_STRING, Lengths.ALL, bounds.min(), bounds.max());
        }
        var source = new StringSource(List.copyOf(bounds.languages()), List.copyOf(bounds.others()));
        var table = languages.written(language.get(), source);
        return table.isEmpty() ? NOTHING : new StringShape(table, lengths(table, bounds), bounds.min(), bounds.max());
    }

    private static Lengths lengths(ByteTable table, StringBounds bounds) {
        return bounds.isCounted()
                ? Lengths.of(table, bounds.max() < Branch.UNBOUNDED ? bounds.max() : bounds.min() + table.between())
                : Lengths.ALL;
    }

    private Alternative array(ItemBounds bounds) {
        int count = Math.min(bounds.firstItems(), bounds.max());
        var first = IntStream.range(0, count)
                .mapToObj(i -> sets.apply(bounds.item(i)))
                .toList();
        var others = bounds.max() > count ? sets.apply(bounds.item(count)) : null;
        return new ArrayShape(first, others, bounds.min(), bounds.max());
    }

    private Alternative object(PropertyBounds bounds) {
        var known = new LinkedHashMap<String, Conjunction>();
        for (var name : bounds.knownNames()) {
            known.put(name, acceptance.property(bounds, name));
        }
        var others = new NameSplit(bounds, languages, acceptance, sets, known).others(nameLanguage.of(bounds));
        var properties = new ArrayList<Property>();
        known.forEach((name, asked) -> properties.add(property(name, asked, bounds)));
        return new ObjectShape(properties, others, bounds.min(), bounds.max());
    }

    private Property property(String name, Conjunction asked, PropertyBounds bounds) {
        boolean possible = !bounds.forbidden().contains(name) && acceptance.acceptsName(bounds, name);
        var values = possible ? sets.apply(asked) : new ValueSet();
        return new Property(Languages.written(name), values, bounds.required().contains(name));
    }
}
