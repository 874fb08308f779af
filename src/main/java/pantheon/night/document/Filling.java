package pantheon.night.document;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import pantheon.night.KeptOrder;
import tools.jackson.databind.JsonNode;

/**
 * How front matter is filled in: only keys that are asked for, only where nothing stands for them. What stands there
 * stays, whatever it says and however its key is spelled; a conflict of two dates is resolved to the older one.
 *
 * @param keys that are asked for
 * @param sources key → where its value comes from; the values of other keys are decided by somebody else
 * @param creates whether a document without front matter gets one
 */
public record Filling(List<String> keys, Map<String, ValueSource> sources, boolean creates) {
    public Filling {
        keys = List.copyOf(keys);
        sources = KeptOrder.map(sources);
    }

    /**
     * Of a configuration.
     *
     * @param keys a list of keys
     * @param sources key → its source, possibly missing
     * @throws pantheon.night.NightException with exit code 64 where a pattern of a table is broken
     */
    public static Filling of(JsonNode keys, JsonNode sources, boolean creates) {
        var byKey = new LinkedHashMap<String, ValueSource>();
        sources.properties().forEach(entry -> byKey.put(entry.getKey(), ValueSource.of(entry.getValue())));
        return new Filling(keys.valueStream().map(JsonNode::stringValue).toList(), byKey, creates);
    }

    /** Whether a key may be set in a document. */
    public boolean isOpen(String key, FrontMatter document) {
        return keys.contains(key) && (creates || document.isPresent()) && document.standing(key) == null;
    }

    /** The value that a source has for a key, null where none has one. */
    public @Nullable String known(String key, FrontMatter document, String path) throws FrontMatter.Unreadable {
        var source = sources.get(key);
        return source == null ? null : source.value(document, path);
    }

    /** Whether somebody may decide a key's value where no source has one. */
    public boolean isDecided(String key) {
        var source = sources.get(key);
        return source == null || !source.isAlone();
    }

    /**
     * What is to be set in a document.
     *
     * @param decided key → the value that somebody decided on; counts where no source knows better
     */
    public Map<String, String> changes(FrontMatter document, String path, Map<String, String> decided)
            throws FrontMatter.Unreadable {
        var changes = new LinkedHashMap<>(document.older());
        for (var key : keys) {
            var known = known(key, document, path);
            var value = known == null && isDecided(key) ? decided.get(key) : known;
            if (value != null && !value.isBlank() && isOpen(key, document) && !changes.containsKey(key)) {
                changes.put(key, value);
            }
        }
        return changes;
    }
}
