package pantheon.night.grammar.schema;

import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A JSON Schema document: its subschemas, numbered as they are met, and where each {@code $ref} leads. */
final class SchemaDocument {
    /** Their values are data, whatever they look like. */
    private static final Set<String> DATA = Set.of("enum", "const", "default", "examples", "example");

    /** Their values are maps from any name to a schema. */
    private static final Set<String> MAPS =
            Set.of("properties", "patternProperties", "definitions", "$defs", "dependencies", "dependentSchemas");

    private final List<Subschema> subschemas = new ArrayList<>();
    private final IdentityHashMap<JsonNode, Subschema> known = new IdentityHashMap<>();
    private final IdentityHashMap<JsonNode, String> bases = new IdentityHashMap<>();
    private final Map<String, JsonNode> resources = new HashMap<>();
    private final Dialect dialect;
    private final Subschema root;

    SchemaDocument(JsonNode json) {
        dialect = Dialect.of(json);
        resources.put("", json);
        index(json, "", false);
        root = at(json, "");
    }

    Dialect dialect() {
        return dialect;
    }

    Subschema root() {
        return root;
    }

    Subschema get(int literal) {
        return subschemas.get(literal >> 1);
    }

    /** The subschema below another one. */
    Subschema child(Subschema parent, String keyword) {
        return at(parent.json().get(keyword), parent.pointer() + "/" + keyword);
    }

    /** The subschema with a name, or an index, below a keyword of another one. */
    Subschema child(Subschema parent, String keyword, String name) {
        return at(
                parent.json().get(keyword).get(name),
                parent.pointer() + "/" + keyword + "/" + name.replace("~", "~0").replace("/", "~1"));
    }

    List<Subschema> children(Subschema parent, String keyword) {
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

    /** Where a reference leads. */
    Subschema resolve(Subschema from, String reference) {
        int hash = reference.indexOf('#');
        var address = hash < 0 ? reference : reference.substring(0, hash);
        var fragment = hash < 0 ? "" : reference.substring(hash + 1);
        var base = address.isEmpty() ? from.base() : resolved(from.base(), address);
        var resource = resources.get(base);
        if (resource == null && address.isEmpty()) {
            resource = resources.get("");
        }
        JsonNode target = resource == null
                ? null
                : fragment.isEmpty() || fragment.startsWith("/")
                        ? walk(resource, fragment)
                        : resources.get(base + "#" + fragment);
        if (target == null) {
            throw new UnusableSchema(
                    from.pointer() + "/$ref",
                    "is \"%s\", which leads nowhere in this document; nothing is ever fetched".formatted(reference));
        }
        return at(target, "#" + fragment);
    }

    private static @Nullable JsonNode walk(JsonNode resource, String pointer) {
        var node = resource;
        for (var part : pointer.isEmpty() ? new String[0] : pointer.substring(1).split("/", -1)) {
            var name = percentDecoded(part).replace("~1", "/").replace("~0", "~");
            node = node.isArray() && name.matches("\\d{1,9}") ? node.get(Integer.parseInt(name)) : node.get(name);
            if (node == null) {
                return null;
            }
        }
        return node;
    }

    private static String percentDecoded(String part) {
        try {
            return part.contains("%")
                    ? java.net.URLDecoder.decode(part.replace("+", "%2B"), java.nio.charset.StandardCharsets.UTF_8)
                    : part;
        } catch (IllegalArgumentException e) {
            return part; // a name with a per cent sign of its own
        }
    }

    private Subschema at(JsonNode json, String pointer) {
        var there = known.get(json);
        if (there == null) {
            there = new Subschema(subschemas.size(), json, pointer, bases.getOrDefault(json, ""));
            subschemas.add(there);
            known.put(json, there);
        }
        return there;
    }

    /** @param map whether the keys of this object are names, not keywords */
    private void index(JsonNode json, String outer, boolean map) {
        if (json.isArray()) {
            json.forEach(item -> index(item, outer, false));
        }
        if (!json.isObject()) {
            return;
        }
        var base = map ? outer : base(json, outer);
        bases.put(json, base);
        json.properties().forEach(entry -> {
            if (map || !DATA.contains(entry.getKey())) {
                index(entry.getValue(), base, !map && MAPS.contains(entry.getKey()));
            }
        });
    }

    private String base(JsonNode json, String outer) {
        var id = json.path("$id").isString() ? json.path("$id") : json.path("id");
        var base = outer;
        if (id.isString() && !(dialect.refHidesSiblings() && json.has("$ref"))) {
            var text = id.stringValue();
            int hash = text.indexOf('#');
            if (hash != 0) {
                base = resolved(outer, hash < 0 ? text : text.substring(0, hash));
                resources.putIfAbsent(base, json);
            }
            if (hash >= 0 && hash + 1 < text.length()) {
                resources.putIfAbsent(base + text.substring(hash), json);
            }
        }
        for (var anchor : List.of("$anchor", "$dynamicAnchor")) {
            if (json.path(anchor).isString()) {
                resources.putIfAbsent(base + "#" + json.path(anchor).stringValue(), json);
            }
        }
        return base;
    }

    private static String resolved(String base, String address) {
        try {
            return base.isEmpty() ? address : URI.create(base).resolve(address).toString();
        } catch (IllegalArgumentException e) {
            return address; // no URI, so it can only be meant literally
        }
    }
}
