package pantheon.night.grammar.schema.branch;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import pantheon.night.draft.Loosening;
import pantheon.night.draft.Subschema;

/** The keywords of one schema that its grammar does not hold exactly, each once. */
public final class Loosenings {
    private final Set<Loosening> found = new LinkedHashSet<>();

    public void add(Subschema schema, String keyword, String reason) {
        found.add(new Loosening(schema.pointer() + "/" + keyword, reason));
    }

    /** Fits anything; where the branch has the type, the report names the keyword. */
    public Predicate<Branch> loosened(Subschema schema, String keyword, String reason, int type) {
        return branch -> {
            if (branch.allows(type)) {
                add(schema, keyword, reason);
            }
            return true;
        };
    }

    /** A way of breaking a keyword that cannot be held: any value of the type, and the report says so. */
    public Option anything(Subschema schema, String keyword, int type) {
        return Option.that(branch -> branch.only(type))
                .and(loosened(schema, keyword, "its opposite is not held", type));
    }

    public List<Loosening> list() {
        return List.copyOf(found);
    }
}
