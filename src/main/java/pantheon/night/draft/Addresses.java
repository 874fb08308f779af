package pantheon.night.draft;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Where the parts of a document are found: by their ids and anchors, and from there by pointers. */
final class Addresses {
    private static final String DYNAMIC = "$dynamicAnchor";
    private static final String RECURSIVE = "$recursiveAnchor";

    /** Their values are data, whatever they look like. */
    private static final Set<String> DATA = Set.of("enum", "const", "default", "examples", "example");

    /** Their values are maps from any name to a schema. */
    private static final Set<String> MAPS =
            Set.of("properties", "patternProperties", "definitions", "$defs", "dependencies", "dependentSchemas");

    private static final List<String> ANCHORS = List.of("$anchor", DYNAMIC);

    private final Dialect dialect;
    private final Map<String, JsonNode> resources = new HashMap<>();
    private final IdentityHashMap<JsonNode, String> bases = new IdentityHashMap<>();
    /** How many parts have a dynamic anchor of some name; how many recursive ones there are stands at the empty name. */
    private final Map<String, Integer> dynamic = new HashMap<>();

    Addresses(JsonNode document, Dialect dialect) {
        this.dialect = dialect;
        resources.put("", document);
        index(document, "", false);
    }

    /** The address that references in a part are relative to, empty for none. */
    String base(JsonNode part) {
        return bases.getOrDefault(part, "");
    }

    /**
     * Whether it depends on the way to a reference where that leads: it names a dynamic anchor that several parts have.
     *
     * @param target where it leads by itself
     */
    boolean isDynamic(Reference reference, JsonNode target) {
        var anchor = target.path(DYNAMIC).stringValue("");
        boolean named = !anchor.isEmpty() && anchor.equals(reference.fragment());
        boolean recursive = dialect.mayHave(RECURSIVE) && target.path(RECURSIVE).booleanValue(false);
        return dynamic.getOrDefault(named ? anchor : "", 0) > 1 && (named || recursive);
    }

    /** The part that a reference leads to, or null. */
    @Nullable
    JsonNode find(String from, Reference reference) {
        boolean here = reference.address().isEmpty();
        var base = here ? from : resolved(from, reference.address());
        var resource = here ? resources.getOrDefault(base, resources.get("")) : resources.get(base);
        if (resource == null || reference.isPointer()) {
            return resource == null ? null : walk(resource, reference.fragment());
        }
        return resources.get(base + "#" + reference.fragment());
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
            return part.contains("%") ? URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8) : part;
        } catch (IllegalArgumentException e) {
            return part; // a name with a per cent sign of its own
        }
    }

    /** @param map whether the keys of this object are names, not keywords */
    private void index(JsonNode json, String outer, boolean map) {
        if (json.isArray()) {
            json.forEach(item -> index(item, outer, false));
        }
        if (!json.isObject()) {
            return;
        }
        var base = map ? outer : named(json, outer);
        bases.put(json, base);
        json.properties().forEach(entry -> {
            if (map || !DATA.contains(entry.getKey())) {
                index(entry.getValue(), base, !map && MAPS.contains(entry.getKey()));
            }
        });
    }

    /** Takes a part up by its id and its anchors; returns its base. */
    private String named(JsonNode json, String outer) {
        var id = json.path(dialect.mayHave("$id") ? "$id" : "id");
        boolean hidden = dialect.refHidesSiblings() && json.has("$ref");
        var base = id.isString() && !hidden ? identified(json, id.stringValue(), outer) : outer;
        for (var anchor : ANCHORS) {
            if (json.path(anchor).isString() && dialect.mayHave(anchor)) {
                resources.putIfAbsent(base + "#" + json.path(anchor).stringValue(), json);
            }
        }
        count(json);
        return base;
    }

    private void count(JsonNode json) {
        if (json.path(DYNAMIC).isString()) {
            dynamic.merge(json.path(DYNAMIC).stringValue(), 1, Integer::sum);
        }
        if (json.path(RECURSIVE).booleanValue(false)) {
            dynamic.merge("", 1, Integer::sum);
        }
    }

    private String identified(JsonNode json, String id, String outer) {
        int hash = id.indexOf('#');
        var base = outer;
        if (hash != 0) {
            base = resolved(outer, hash < 0 ? id : id.substring(0, hash));
            resources.putIfAbsent(base, json);
        }
        if (hash >= 0 && hash + 1 < id.length()) {
            resources.putIfAbsent(base + id.substring(hash), json);
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
