package pantheon.night.grammar.schema.document;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** A JSON Schema document: its subschemas, numbered as they are met, and where each {@code $ref} leads. */
public final class SchemaDocument {
    private final List<Subschema> subschemas = new ArrayList<>();
    private final IdentityHashMap<JsonNode, Subschema> known = new IdentityHashMap<>();
    private final Dialect dialect;
    private final Addresses addresses;
    private final Subschema root;

    public SchemaDocument(JsonNode json) {
        dialect = Dialect.of(json);
        addresses = new Addresses(json, dialect);
        root = at(json, "");
    }

    public Dialect dialect() {
        return dialect;
    }

    public Subschema root() {
        return root;
    }

    public Subschema get(int literal) {
        return subschemas.get(literal >> 1);
    }

    /** The subschema below another one. */
    public Subschema child(Subschema parent, String keyword) {
        return at(parent.json().get(keyword), parent.pointer() + "/" + keyword);
    }

    /** The subschema with a name, or an index, below a keyword of another one. */
    public Subschema child(Subschema parent, String keyword, String name) {
        return at(
                parent.json().get(keyword).get(name),
                parent.pointer() + "/" + keyword + "/" + name.replace("~", "~0").replace("/", "~1"));
    }

    public List<Subschema> children(Subschema parent, String keyword) {
        var list = parent.json().get(keyword);
        if (!list.isArray()) {
            throw new UnusableSchema(parent.pointer() + "/" + keyword, "is no list of schemas");
        }
        var children = new ArrayList<Subschema>();
        for (int i = 0; i < list.size(); i++) {
            children.add(at(list.get(i), parent.pointer() + "/" + keyword + "/" + i));
        }
        return children;
    }

    /** Where the {@code $ref} of a subschema leads. */
    public Subschema target(Subschema from) {
        var text = from.json().get("$ref").stringValue();
        var reference = Reference.of(text);
        var target = addresses.find(from.base(), reference);
        if (target == null) {
            throw new UnusableSchema(
                    from.pointer() + "/$ref",
                    "is \"%s\", which leads nowhere in this document; nothing is ever fetched".formatted(text));
        }
        return at(target, "#" + reference.fragment());
    }

    private Subschema at(JsonNode json, String pointer) {
        var there = known.get(json);
        if (there == null) {
            there = new Subschema(subschemas.size(), json, pointer, addresses.base(json));
            subschemas.add(there);
            known.put(json, there);
        }
        return there;
    }
}
