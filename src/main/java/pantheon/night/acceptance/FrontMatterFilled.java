package pantheon.night.acceptance;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import pantheon.night.acceptance.part.Excerpt;
import pantheon.night.contract.Json;
import pantheon.night.document.Filling;
import pantheon.night.document.FrontMatter;
import tools.jackson.databind.JsonNode;

/**
 * Front matter is filled in and nothing else: each key that is new was asked for and missing and has the value that its
 * source has, each key that a source knows is there, and without the new ones every byte is as it was.
 */
final class FrontMatterFilled extends DocumentCheck {
    private final JsonNode keys;
    private final JsonNode sources;
    private final boolean creates;

    private FrontMatterFilled(JsonNode keys, JsonNode sources, boolean creates) {
        super("front_matter_filled");
        this.keys = keys;
        this.sources = sources;
        this.creates = creates;
    }

    /** @throws pantheon.night.NightException with exit code 64 where a pattern of a table is broken */
    static FrontMatterFilled of(JsonNode with) {
        var check = new FrontMatterFilled(
                with.required("keys"), with.path("sources"), with.path("create").asBoolean(false));
        check.filling(Json.MAPPER.createArrayNode());
        return check;
    }

    private Filling filling(JsonNode asked) {
        return Filling.of(asked, sources, creates);
    }

    private JsonNode asked(Work work) {
        if (!keys.isObject()) {
            return keys;
        }
        var field = keys.required("input").stringValue();
        return work.input().has(field) ? work.input().get(field) : keys.required("value");
    }

    @Override
    @Nullable
    String problem(Work work, String path, FrontMatter before, FrontMatter after) throws FrontMatter.Unreadable {
        var filling = filling(asked(work));
        var changes = new LinkedHashMap<String, String>();
        for (var key : after.values().propertyNames()) {
            var old = before.values().path(key);
            var now = after.values().path(key);
            if (!old.equals(now)) {
                var problem = changed(key, filling, path, before, after);
                if (problem != null) {
                    return problem;
                }
                changes.put(key, now.asString());
            }
        }
        var missing = missing(filling, path, before, changes);
        return missing == null ? bytes(before, after, changes) : missing;
    }

    private static @Nullable String changed(
            String key, Filling filling, String path, FrontMatter before, FrontMatter after)
            throws FrontMatter.Unreadable {
        var now = after.values().path(key).asString("");
        var older = before.older().get(key);
        if (older != null) {
            return older.equals(now) ? null : is(key, now, older);
        }
        if (!filling.isOpen(key, before)) {
            return "%s is %s; expected it as it was, %s".formatted(key, Excerpt.of(now), quoted(before.standing(key)));
        }
        var known = filling.known(key, before, path);
        if (known == null && !filling.isDecided(key)) {
            return "%s is %s, and nothing says so; expected none".formatted(key, Excerpt.of(now));
        }
        return known == null || known.equals(now) ? null : is(key, now, known);
    }

    private static @Nullable String missing(
            Filling filling, String path, FrontMatter before, Map<String, String> changes)
            throws FrontMatter.Unreadable {
        for (var key : filling.keys()) {
            if (filling.isOpen(key, before) && !changes.containsKey(key)) {
                var known = filling.known(key, before, path);
                if (known != null || filling.isDecided(key)) {
                    return "%s is missing; expected %s".formatted(key, known == null ? "a value" : Excerpt.of(known));
                }
            }
        }
        return null;
    }

    private static @Nullable String bytes(FrontMatter before, FrontMatter after, Map<String, String> changes)
            throws FrontMatter.Unreadable {
        if (changes.isEmpty()) {
            return before.toString().equals(after.toString()) ? null : "something else changed; expected no change";
        }
        return before.with(changes).equals(after.toString())
                ? null
                : "something beside %s changed; expected every other byte as it was"
                        .formatted(String.join(", ", changes.keySet()));
    }

    private static String is(String key, String now, String expected) {
        return "%s is %s; expected %s".formatted(key, Excerpt.of(now), Excerpt.of(expected));
    }

    private static String quoted(@Nullable String text) {
        return text == null ? "missing" : Excerpt.of(text);
    }
}
