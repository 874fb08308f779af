package pantheon.night.grammar.schema;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The keywords of one schema that its grammar does not hold exactly, each once. */
final class Loosenings {
    private final Set<Loosening> found = new LinkedHashSet<>();

    void add(Subschema schema, String keyword, String reason) {
        found.add(new Loosening(schema.pointer() + "/" + keyword, reason));
    }

    List<Loosening> list() {
        return List.copyOf(found);
    }
}
