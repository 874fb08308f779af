package pantheon.night.grammar.schema.keyword;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import pantheon.night.draft.SchemaDocument;
import pantheon.night.draft.Subschema;
import pantheon.night.draft.UnusableSchema;
import pantheon.night.grammar.schema.branch.Branch;
import pantheon.night.grammar.schema.branch.Conjunction;
import pantheon.night.grammar.schema.branch.Demands;
import pantheon.night.grammar.schema.branch.Language;
import pantheon.night.grammar.schema.branch.Language.Kind;
import pantheon.night.grammar.schema.branch.Languages;
import pantheon.night.grammar.schema.branch.Loosenings;
import pantheon.night.grammar.schema.branch.Option;
import pantheon.night.grammar.schema.branch.PropertyBounds.Facet;

/** {@code properties}, {@code patternProperties}, and {@code additionalProperties}, which means those beside the two. */
public final class Properties implements Keyword {
    private final SchemaDocument document;
    private final Languages languages;
    private final Loosenings loosenings;

    public Properties(SchemaDocument document, Languages languages, Loosenings loosenings) {
        this.document = document;
        this.languages = languages;
        this.loosenings = loosenings;
    }

    @Override
    public void held(Subschema schema, Demands demands) {
        var named = new LinkedHashMap<String, Conjunction>();
        literals(schema, "properties").forEach((name, literal) -> named.put(name, Conjunction.of(literal)));
        var patterns = literals(schema, "patternProperties");
        List.copyOf(patterns.entrySet()).forEach(pattern -> spell(pattern, schema, patterns, named));
        var others = schema.has("additionalProperties")
                ? document.child(schema, "additionalProperties").positive()
                : null;
        if (!named.isEmpty() || !patterns.isEmpty() || others != null) {
            var facet = new Facet(named, patterns, others);
            demands.constraint(branch -> branch.add(facet));
        }
    }

    @Override
    public void opposite(Subschema schema, List<Option> ways) {
        if (schema.keyword("properties").isObject()) {
            schema.json().get("properties").propertyNames().forEach(name -> ways.add(breaking(name, schema)));
        }
        for (var keyword : List.of("patternProperties", "additionalProperties")) {
            if (schema.has(keyword) && !schema.isTrue(keyword)) {
                ways.add(loosenings.anything(schema, keyword, Branch.OBJECT));
            }
        }
    }

    private Map<String, Integer> literals(Subschema schema, String keyword) {
        var named = new LinkedHashMap<String, Integer>();
        if (schema.keyword(keyword).isObject()) {
            for (var name : schema.json().get(keyword).propertyNames()) {
                named.put(name, document.child(schema, keyword, name).positive());
            }
        }
        return named;
    }

    /** Where few names match a pattern, puts those in its place. */
    private void spell(
            Map.Entry<String, Integer> entry,
            Subschema schema,
            Map<String, Integer> patterns,
            Map<String, Conjunction> named) {
        var language = new Language(Kind.PATTERN, entry.getKey(), false);
        if (!languages.isKnown(language, schema, "patternProperties")) {
            throw new UnusableSchema(
                    schema.pointer() + "/patternProperties", "has a pattern that no grammar holds: " + entry.getKey());
        }
        languages.fewWords(language).ifPresent(names -> {
            var own = Conjunction.of(entry.getValue());
            patterns.remove(entry.getKey());
            names.forEach(name -> named.merge(name, own, (one, other) -> one.and(other.literals())));
        });
    }

    /** An object whose property with a name is there, and does not fit. */
    private Option breaking(String name, Subschema schema) {
        var facet = Facet.of(name, document.child(schema, "properties", name).negative());
        return Option.that(Branch.OBJECT, branch -> branch.require(name) && branch.add(facet));
    }
}
