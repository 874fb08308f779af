package pantheon.night.draft;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A JSON Schema document: its subschemas, numbered as they are met, and where each reference leads. */
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

    /**
     * Where a reference of a subschema leads.
     *
     * @param keyword {@code $ref}, {@code $dynamicRef} or {@code $recursiveRef}
     */
    public Subschema target(Subschema from, String keyword) {
        return found(from, keyword)
                .orElseThrow(() -> new UnusableSchema(
                        from.pointer() + "/" + keyword,
                        "is \"%s\", which leads nowhere in this document; nothing is ever fetched"
                                .formatted(from.keyword(keyword).asString(""))));
    }

    /** The same; empty where it leads nowhere in this document. */
    Optional<Subschema> found(Subschema from, String keyword) {
        var reference = Reference.of(from.keyword(keyword).asString(""));
        return Optional.ofNullable(addresses.find(from.base(), reference))
                .map(target -> at(target, "#" + reference.fragment()));
    }

    /** Whether it depends on the way to a subschema where its dynamic or recursive reference leads. */
    public boolean isDynamic(Subschema from, String keyword) {
        if (keyword.equals("$ref")) {
            return false;
        }
        return addresses.isDynamic(
                Reference.of(from.keyword(keyword).asString("")),
                target(from, keyword).json());
    }

    private Subschema at(JsonNode json, String pointer) {
        var there = known.get(json);
        if (there == null) {
            there = new Subschema(subschemas.size(), defined(json, pointer), pointer, addresses.base(json));
            subschemas.add(there);
            known.put(json, there);
        }
        return there;
    }

    /** A schema without the keywords that its draft does not have; they are notes. */
    private JsonNode defined(JsonNode json, String pointer) {
        if (!pointer.isEmpty() && json.path("$schema").isString() && Dialect.of(json) != dialect) {
            throw new UnusableSchema(pointer + "/$schema", "is another draft than that of the whole schema");
        }
        if (!(json instanceof ObjectNode object)
                || json.propertyNames().stream().allMatch(dialect::mayHave)) {
            return json;
        }
        var kept = JsonNodeFactory.instance.objectNode();
        object.forEachEntry((name, value) -> {
            if (dialect.mayHave(name)) {
                kept.set(name, value);
            }
        });
        return kept;
    }
}
