package pantheon.night.grammar.schema;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.apache.lucene.util.automaton.Automaton;
import org.jspecify.annotations.Nullable;
import pantheon.night.contract.Json;
import pantheon.night.grammar.schema.Language.Kind;
import pantheon.night.grammar.schema.ObjectShape.Others;
import pantheon.night.grammar.schema.ObjectShape.Property;
import pantheon.night.grammar.text.Automatons;
import pantheon.night.grammar.text.ByteTable;
import pantheon.night.grammar.text.Decimals;
import tools.jackson.databind.JsonNode;

/** Turns a branch into alternatives, one for each type that it allows. */
final class Assembly {
    /** Names of a language with at most so many words become known properties. */
    private static final int MOST_WORDS = 64;

    private static final int MOST_PATTERNS = 8;
    private static final int MOST_ZEROS = 400;

    /** The shapes that almost every schema has, made once. */
    private static final Map<List<String>, TextShape> LITERALS = new ConcurrentHashMap<>();

    private static final TextShape ANY_NUMBER = plainNumber(false);
    private static final TextShape ANY_INTEGER = plainNumber(true);

    private final Languages languages;
    private final Function<Conjunction, ValueSet> sets;
    private final Acceptance acceptance;
    private final Map<List<Object>, ByteTable> numbers;

    /** @param sets the set of a conjunction, which may not be known yet */
    Assembly(
            Languages languages,
            Function<Conjunction, ValueSet> sets,
            Acceptance acceptance,
            Map<List<Object>, ByteTable> numbers) {
        this.languages = languages;
        this.sets = sets;
        this.acceptance = acceptance;
        this.numbers = numbers;
    }

    List<Alternative> alternatives(Branch branch) {
        if (branch.allowed != null) {
            var texts = branch.allowed.stream()
                    .filter(value -> acceptance.acceptsBesideEnum(branch, value))
                    .flatMap(value -> texts(value).stream())
                    .distinct()
                    .toList();
            return texts.isEmpty() ? List.of() : List.of(new TextShape(ByteTable.of(Automatons.byteWords(texts))));
        }
        var found = new ArrayList<Alternative>();
        literals(branch, found);
        if (branch.allows(Branch.NUMBER)) {
            found.add(number(branch));
        }
        if (branch.allows(Branch.STRING)) {
            found.add(string(branch));
        }
        if (branch.allows(Branch.ARRAY)) {
            found.add(array(branch));
        }
        if (branch.allows(Branch.OBJECT)) {
            found.add(object(branch));
        }
        return found;
    }

    /** The ways in which a value is written. */
    private static List<String> texts(JsonNode value) {
        if (!value.isNumber()) {
            return List.of(Json.write(value));
        }
        var plain = value.decimalValue().stripTrailingZeros();
        var text = Math.abs((long) plain.scale()) < MOST_ZEROS ? plain.toPlainString() : Json.write(value);
        return plain.scale() <= 0 ? List.of(Json.write(value), text, text + ".0") : List.of(Json.write(value), text);
    }

    private static void literals(Branch branch, List<Alternative> found) {
        var words = new ArrayList<String>();
        if (branch.allows(Branch.NULL)) {
            words.add("null");
        }
        if (branch.allows(Branch.TRUE)) {
            words.add("true");
        }
        if (branch.allows(Branch.FALSE)) {
            words.add("false");
        }
        if (!words.isEmpty()) {
            found.add(LITERALS.computeIfAbsent(
                    words, missing -> new TextShape(ByteTable.of(Automatons.byteWords(missing)))));
        }
    }

    private static TextShape plainNumber(boolean integer) {
        return new TextShape(ByteTable.of(Decimals.language(null, false, null, false, integer, null)));
    }

    private Alternative number(Branch branch) {
        if (branch.minimum == null
                && branch.maximum == null
                && !branch.fractional
                && branch.multiples.isEmpty()
                && branch.otherNumbers.isEmpty()) {
            return branch.integer ? ANY_INTEGER : ANY_NUMBER;
        }
        var key = new ArrayList<Object>();
        key.add(String.valueOf(branch.minimum));
        key.add(String.valueOf(branch.maximum));
        key.add(branch.exclusiveMinimum);
        key.add(branch.exclusiveMaximum);
        key.add(branch.integer);
        key.add(branch.fractional);
        key.add(branch.multiples);
        key.add(branch.otherNumbers);
        return new TextShape(numbers.computeIfAbsent(key, missing -> ByteTable.of(decimals(branch))));
    }

    private static Automaton decimals(Branch branch) {
        var all = bounded(branch, branch.multiples.isEmpty() ? null : branch.multiples.getFirst());
        for (var multiple : branch.multiples.stream().skip(1).toList()) {
            all = Automatons.intersection(all, bounded(branch, multiple));
        }
        if (branch.fractional) {
            all = Automatons.intersection(all, Decimals.fractional());
        }
        if (!branch.otherNumbers.isEmpty()) {
            all = Automatons.intersection(all, Decimals.plain());
        }
        for (var value : branch.otherNumbers) {
            all = Automatons.minus(all, Decimals.language(value, false, value, false, false, null));
        }
        return all;
    }

    private static Automaton bounded(Branch branch, @Nullable BigDecimal multipleOf) {
        return Decimals.language(
                branch.minimum,
                branch.exclusiveMinimum,
                branch.maximum,
                branch.exclusiveMaximum,
                branch.integer,
                multipleOf);
    }

    private Alternative string(Branch branch) {
        var language = languages.combined(branch.languages, branch.otherStrings);
        if (language.isEmpty()) {
            return new StringShape(Languages.ANY_STRING, Lengths.ALL, branch.minLength, branch.maxLength);
        }
        var table = languages.written(language.get());
        boolean bounded = branch.minLength > 0 || branch.maxLength < Branch.UNBOUNDED;
        if (table.isEmpty()) {
            return new TextShape(table);
        }
        int bound = branch.maxLength < Branch.UNBOUNDED ? branch.maxLength : branch.minLength + table.size();
        return new StringShape(
                table, bounded ? Lengths.of(table, bound) : Lengths.ALL, branch.minLength, branch.maxLength);
    }

    private Alternative array(Branch branch) {
        int count = Math.min(branch.firstItems(), branch.maxItems);
        var first = new ArrayList<ValueSet>();
        for (int i = 0; i < count; i++) {
            first.add(sets.apply(branch.item(i)));
        }
        boolean more = branch.maxItems > count;
        return new ArrayShape(first, more ? sets.apply(branch.item(count)) : null, branch.minItems, branch.maxItems);
    }

    private Alternative object(Branch branch) {
        var known = new LinkedHashMap<String, Conjunction>();
        for (var name : branch.knownNames()) {
            known.put(name, acceptance.property(branch, name));
        }
        var others = new ArrayList<Others>();
        var patterns = branch.objects.stream()
                .flatMap(facet -> facet.patterns().keySet().stream())
                .distinct()
                .toList();
        var names = names(branch);
        if (patterns.isEmpty() && names == null) {
            others(branch, List.of(), known, null, others);
        } else {
            split(branch, patterns, 0, new ArrayList<>(), names, known, others);
        }
        var properties = new ArrayList<Property>();
        known.forEach((name, conjunction) -> {
            boolean possible = !branch.forbidden.contains(name)
                    && branch.names.stream().allMatch(literal -> acceptance.accepts(literal, name));
            properties.add(new Property(
                    Languages.written(name),
                    possible ? sets.apply(conjunction) : new ValueSet(),
                    branch.required.contains(name)));
        });
        return new ObjectShape(properties, others, branch.minProperties, branch.maxProperties);
    }

    /** The language that all keys are in, null for any. */
    private @Nullable Automaton names(Branch branch) {
        Automaton names = null;
        for (int literal : branch.names) {
            Automaton fitting = null;
            for (var side : acceptance.branches(Conjunction.of(literal))) {
                var strings = strings(side);
                fitting = fitting == null ? strings : Automatons.union(fitting, strings);
            }
            fitting = fitting == null ? Automatons.words(List.of()) : fitting;
            names = names == null ? fitting : Automatons.intersection(names, fitting);
        }
        return names;
    }

    private Automaton strings(Branch side) {
        if (side.allowed != null) {
            return Automatons.words(side.allowed.stream()
                    .filter(value -> value.isString() && acceptance.acceptsBesideEnum(side, value))
                    .map(JsonNode::stringValue)
                    .toList());
        }
        if (!side.allows(Branch.STRING)) {
            return Automatons.words(List.of());
        }
        var strings = languages.combined(side.languages, side.otherStrings).orElseGet(Automatons::anyString);
        return side.minLength == 0 && side.maxLength == Branch.UNBOUNDED
                ? strings
                : Automatons.intersection(strings, Automatons.lengthBetween(side.minLength, side.maxLength));
    }

    /** Splits all names by which patterns they match, so that each name belongs to one kind. */
    private void split(
            Branch branch,
            List<String> patterns,
            int at,
            List<String> matched,
            @Nullable Automaton names,
            Map<String, Conjunction> known,
            List<Others> found) {
        if (at > MOST_PATTERNS) {
            throw new UnusableSchema("", "has objects with more than " + MOST_PATTERNS + " patterns of names");
        }
        if (names != null && Languages.isEmpty(names)) {
            return;
        }
        if (at == patterns.size()) {
            others(branch, matched, known, names, found);
            return;
        }
        var pattern = new Language(Kind.PATTERN, patterns.get(at), false);
        var matching = languages.get(pattern);
        var more = new ArrayList<>(matched);
        more.add(pattern.source());
        split(
                branch,
                patterns,
                at + 1,
                more,
                names == null ? matching : Automatons.intersection(names, matching),
                known,
                found);
        if (branch.objects.stream()
                .allMatch(facet -> isClosed(facet) && facet.patterns().isEmpty())) {
            return;
        }
        var other = languages.get(new Language(Kind.PATTERN, pattern.source(), true));
        split(
                branch,
                patterns,
                at + 1,
                matched,
                names == null ? other : Automatons.intersection(names, other),
                known,
                found);
    }

    private boolean isClosed(Branch.ObjectFacet facet) {
        return facet.others() != null && acceptance.isNever(facet.others());
    }

    private void others(
            Branch branch,
            List<String> matched,
            Map<String, Conjunction> known,
            @Nullable Automaton names,
            List<Others> found) {
        var conjunction = Conjunction.ANY;
        for (var facet : branch.objects) {
            boolean named = false;
            for (var pattern : matched) {
                var literal = facet.patterns().get(pattern);
                if (literal != null) {
                    conjunction = conjunction.and(literal);
                    named = true;
                }
            }
            if (!named && facet.others() != null) {
                if (acceptance.isNever(facet.others())) {
                    return;
                }
                conjunction = conjunction.and(facet.others());
            }
        }
        if (names == null) {
            found.add(new Others(Languages.ANY_KEY, true, sets.apply(conjunction)));
            return;
        }
        var rest = known.isEmpty() ? names : Automatons.minus(names, Automatons.words(known.keySet()));
        if (Languages.isEmpty(rest)) {
            return;
        }
        if (Automatons.isFinite(rest)) {
            var words = Languages.words(rest, MOST_WORDS + 1);
            if (words.size() <= MOST_WORDS) {
                for (var word : words) {
                    known.put(word, conjunction);
                }
                return;
            }
        }
        found.add(new Others(languages.writtenKeys(rest), false, sets.apply(conjunction)));
    }
}
