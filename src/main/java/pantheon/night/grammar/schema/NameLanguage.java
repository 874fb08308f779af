package pantheon.night.grammar.schema;

import java.util.List;
import org.apache.lucene.util.automaton.Automaton;
import org.jspecify.annotations.Nullable;
import pantheon.night.grammar.schema.branch.Branch;
import pantheon.night.grammar.schema.branch.Conjunction;
import pantheon.night.grammar.schema.branch.Languages;
import pantheon.night.grammar.schema.branch.PropertyBounds;
import pantheon.night.grammar.schema.branch.StringBounds;
import pantheon.night.language.automaton.Automatons;
import tools.jackson.databind.JsonNode;

/** The language that all names in an object are in, as {@code propertyNames} asks. */
final class NameLanguage {
    private final Languages languages;
    private final Acceptance acceptance;

    NameLanguage(Languages languages, Acceptance acceptance) {
        this.languages = languages;
        this.acceptance = acceptance;
    }

    /** The language, null where any name will do. */
    @Nullable
    Automaton of(PropertyBounds bounds) {
        Automaton names = null;
        for (int literal : bounds.names()) {
            var fitting = fitting(literal);
            names = names == null ? fitting : Automatons.intersection(names, fitting);
        }
        return names;
    }

    private Automaton fitting(int literal) {
        return acceptance.branches(Conjunction.of(literal)).stream()
                .map(this::strings)
                .reduce(Automatons::union)
                .orElseGet(() -> Automatons.words(List.of()));
    }

    private Automaton strings(Branch side) {
        if (side.allowed() != null) {
            return Automatons.words(side.allowed().stream()
                    .filter(value -> value.isString() && acceptance.acceptsBesideEnum(side, value))
                    .map(JsonNode::stringValue)
                    .toList());
        }
        return side.allows(Branch.STRING) ? strings(side.strings()) : Automatons.words(List.of());
    }

    private Automaton strings(StringBounds bounds) {
        var strings = languages.combined(bounds.languages(), bounds.others()).orElseGet(Automatons::anyString);
        return bounds.isCounted()
                ? Automatons.intersection(strings, Automatons.lengthBetween(bounds.min(), bounds.max()))
                : strings;
    }
}
