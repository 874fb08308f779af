package pantheon.night.grammar.schema;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.lucene.util.automaton.Automaton;
import org.jspecify.annotations.Nullable;
import pantheon.night.draft.UnusableSchema;
import pantheon.night.grammar.schema.ObjectShape.Others;
import pantheon.night.grammar.schema.branch.Conjunction;
import pantheon.night.grammar.schema.branch.Language;
import pantheon.night.grammar.schema.branch.Language.Kind;
import pantheon.night.grammar.schema.branch.Languages;
import pantheon.night.grammar.schema.branch.PropertyBounds;
import pantheon.night.grammar.schema.branch.PropertyBounds.Facet;
import pantheon.night.grammar.schema.branch.StringSource;
import pantheon.night.language.automaton.Automatons;

/** Splits all names by which patterns they match, so that each name belongs to one kind. */
final class NameSplit {
    /** Names of a language with at most so many words become known properties. */
    private static final int MOST_WORDS = 64;

    private static final int MOST_PATTERNS = 8;

    private final PropertyBounds bounds;
    private final List<String> patterns;
    private final Languages languages;
    private final Acceptance acceptance;
    private final Function<Conjunction, ValueSet> sets;
    private final Map<String, Conjunction> known;
    private final List<Others> others = new ArrayList<>();

    /**
     * @param known what is asked of properties by their names; few words of a kind come to it
     * @param sets the set of a conjunction, which may not be known yet
     */
    NameSplit(
            PropertyBounds bounds,
            Languages languages,
            Acceptance acceptance,
            Function<Conjunction, ValueSet> sets,
            Map<String, Conjunction> known) {
        this.bounds = bounds;
        this.languages = languages;
        this.acceptance = acceptance;
        this.sets = sets;
        this.known = known;
        patterns = bounds.patterns();
    }

    /** The kinds of names that are not known one by one; {@code names} is the language of all, null for any. */
    List<Others> others(@Nullable Automaton names) {
        split(0, List.of(), names, List.of());
        return others;
    }

    /** @param taken the patterns, or their opposites, to which names are narrowed so far */
    private void split(int at, List<String> matched, @Nullable Automaton names, List<Language> taken) {
        if (at > MOST_PATTERNS) {
            throw new UnusableSchema("", "has objects with more than " + MOST_PATTERNS + " patterns of names");
        }
        if (names != null && Languages.isEmpty(names)) {
            return;
        }
        if (at == patterns.size()) {
            asked(matched).ifPresent(conjunction -> add(conjunction, names, taken));
            return;
        }
        var pattern = new Language(Kind.PATTERN, patterns.get(at), false);
        split(at + 1, with(matched, pattern.source()), narrowed(names, pattern), with(taken, pattern));
        split(at + 1, matched, narrowed(names, pattern.opposite()), with(taken, pattern.opposite()));
    }

    private static <T> List<T> with(List<T> some, T one) {
        var more = new ArrayList<>(some);
        more.add(one);
        return more;
    }

    /** Where a kind of names came from; null where it was narrowed by more than patterns. */
    private @Nullable StringSource source(List<Language> taken) {
        return bounds.names().isEmpty() ? new StringSource(taken, List.copyOf(known.keySet())) : null;
    }

    private Automaton narrowed(@Nullable Automaton names, Language language) {
        var other = languages.get(language);
        return names == null ? other : Automatons.intersection(names, other);
    }

    /** What is asked of properties whose names match just some patterns; empty where there can be none. */
    private Optional<Conjunction> asked(List<String> matched) {
        var conjunction = Conjunction.ANY;
        for (var facet : bounds.facets()) {
            var own = asked(facet, matched);
            if (own.length == 0 && facet.others() != null) {
                if (acceptance.isNever(facet.others())) {
                    return Optional.empty();
                }
                conjunction = conjunction.and(facet.others());
            }
            conjunction = conjunction.and(own);
        }
        return Optional.of(conjunction);
    }

    private static int[] asked(Facet facet, List<String> matched) {
        return matched.stream()
                .filter(facet.patterns()::containsKey)
                .mapToInt(facet.patterns()::get)
                .toArray();
    }

    private void add(Conjunction conjunction, @Nullable Automaton names, List<Language> taken) {
        if (names == null) {
            others.add(new Others(Languages.ANY_KEY, true, sets.apply(conjunction)));
            return;
        }
        var rest = known.isEmpty() ? names : Automatons.minus(names, Automatons.words(known.keySet()));
        Languages.words(rest, MOST_WORDS)
                .ifPresentOrElse(
                        few -> few.forEach(word -> known.put(word, conjunction)),
                        () -> others.add(new Others(
                                languages.writtenKeys(rest, source(taken)), false, sets.apply(conjunction))));
    }
}
