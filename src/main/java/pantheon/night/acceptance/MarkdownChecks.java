package pantheon.night.acceptance;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import pantheon.night.KeptOrder;
import pantheon.night.acceptance.part.Excerpt;
import pantheon.night.contract.Json;
import pantheon.night.contract.Schema;
import pantheon.night.document.FrontMatter;
import pantheon.night.document.Slug;
import pantheon.night.document.prose.Description;
import pantheon.night.document.prose.PageProse;

/** The checks that know Markdown and front matter. */
final class MarkdownChecks {
    private static final Pattern BLANKS = Pattern.compile("[\\s_-]+");

    private MarkdownChecks() {}

    /** What a key of the front matter says of the page is new, plain, about this page, and unlike what others say. */
    static final class DescriptionFits extends DocumentCheck {
        private final String key;
        private final Description.Bounds bounds;

        DescriptionFits(String key, Description.Bounds bounds) {
            super("description_fits");
            this.key = key;
            this.bounds = bounds;
        }

        @Override
        @Nullable
        String problem(Work work, String path, FrontMatter before, FrontMatter after) throws FrontMatter.Unreadable {
            var standing = before.standing(key);
            if (standing != null) {
                return "%s was there: %s".formatted(key, Excerpt.of(standing));
            }
            var text = after.text(key);
            if (text == null) {
                return "%s is missing".formatted(key);
            }
            var title = after.text("title");
            var heading = after.heading();
            var page = new Description.Page(
                    title != null ? title : heading != null ? heading : "",
                    PageProse.of(after.body()),
                    work.neighbours(path, key));
            var problem = new Description(text).problem(bounds, page);
            return problem == null ? null : "%s: %s".formatted(key, problem);
        }
    }

    /** The front matter, every scalar as text, is valid against a schema. */
    static final class FrontMatterOnSchema extends DocumentCheck.Alone {
        private final Schema schema;

        FrontMatterOnSchema(Schema schema) {
            super("front_matter_on_schema");
            this.schema = schema;
        }

        @Override
        @Nullable
        String problem(FrontMatter before, FrontMatter after) {
            var violations = schema.check(after.values());
            return violations.isEmpty() ? null : violations.getFirst().toString();
        }
    }

    /** The title is the title heading, or where there is none, the title that stood there before. */
    static final class TitleFromHeading extends DocumentCheck.Alone {
        TitleFromHeading() {
            super("title_from_heading");
        }

        @Override
        @Nullable
        String problem(FrontMatter before, FrontMatter after) throws FrontMatter.Unreadable {
            if (before.values().path("title").isContainer()) {
                return "title was no text; a person decides";
            }
            var heading = before.heading();
            return different("title", heading != null ? heading : before.text("title"), after.text("title"));
        }
    }

    /** The slug is the slug of the title; one that was there and is not the old title's is somebody's, and stays. */
    static final class SlugOfTitle extends DocumentCheck.Alone {
        SlugOfTitle() {
            super("slug_of_title");
        }

        @Override
        @Nullable
        String problem(FrontMatter before, FrontMatter after) throws FrontMatter.Unreadable {
            var title = after.text("title");
            if (title == null) {
                return "there is no title";
            }
            if (before.values().path("slug").isContainer()) {
                return "slug was no text; a person decides";
            }
            var old = before.text("slug");
            var slug = after.text("slug");
            if (old == null || isOfTitle(old, before)) {
                return different("slug", Slug.of(title), slug);
            }
            return old.equals(slug)
                    ? null
                    : "slug was %s, which is not the old title's; a person decides".formatted(Json.quote(old));
        }

        private static boolean isOfTitle(String slug, FrontMatter document) throws FrontMatter.Unreadable {
            var title = document.text("title");
            var heading = document.heading();
            return (title != null && slug.equals(Slug.of(title))) || (heading != null && slug.equals(Slug.of(heading)));
        }
    }

    /** A key's value is the allowed one that its old spelling stands for, or the default where it had none. */
    static final class MappedKey extends DocumentCheck.Alone {
        private final String key;
        private final String byDefault;
        private final Map<String, String> allowedBySpelling;

        /** @param spellings allowed value → how people write it, in lower case, words parted by one blank */
        MappedKey(String key, String byDefault, Map<String, List<String>> spellings) {
            super("mapped_" + key);
            this.key = key;
            this.byDefault = byDefault;
            this.allowedBySpelling = spellings.entrySet().stream()
                    .flatMap(entry -> entry.getValue().stream().map(spelling -> Map.entry(spelling, entry.getKey())))
                    .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        }

        @Override
        @Nullable
        String problem(FrontMatter before, FrontMatter after) {
            var written = before.text(key);
            if (before.values().path(key).isContainer()) {
                return key + " was no text; a person decides";
            }
            if (written == null) {
                return different(key, byDefault, after.text(key));
            }
            var allowed = allowed(written);
            return allowed == null
                    ? "%s was %s, which stands for no allowed value; a person decides"
                            .formatted(key, Json.quote(written))
                    : different(key, allowed, after.text(key));
        }

        private @Nullable String allowed(String written) {
            var lowerCase = written.strip().toLowerCase(Locale.ROOT);
            return allowedBySpelling.get(BLANKS.matcher(lowerCase).replaceAll(" "));
        }
    }

    /** Where two dates were in conflict, the older one stands. */
    static final class OlderDate extends DocumentCheck.Alone {
        OlderDate() {
            super("older_date");
        }

        @Override
        @Nullable
        String problem(FrontMatter before, FrontMatter after) {
            return before.older().entrySet().stream()
                    .map(entry -> different(entry.getKey(), entry.getValue(), after.text(entry.getKey())))
                    .filter(Objects::nonNull)
                    .findFirst()
                    .orElse(null);
        }
    }

    /** Every key but some is as it was: same value, none gone, none new. */
    static final class OtherKeysKept extends DocumentCheck.Alone {
        private final Set<String> except;

        OtherKeysKept(Set<String> except) {
            super("other_keys_kept");
            this.except = KeptOrder.set(except);
        }

        @Override
        @Nullable
        String problem(FrontMatter before, FrontMatter after) {
            var old = before.values();
            var now = after.values();
            before.older().keySet().forEach(now::remove);
            except.forEach(key -> {
                old.remove(key);
                now.remove(key);
            });
            return old.equals(now) ? null : "other keys changed: before %s, after %s".formatted(old, now);
        }
    }

    /** Everything after the front matter is as it was, byte for byte. */
    static final class BodyKept extends DocumentCheck.Alone {
        BodyKept() {
            super("body_kept");
        }

        @Override
        @Nullable
        String problem(FrontMatter before, FrontMatter after) {
            return before.body().equals(after.body()) ? null : "the body changed";
        }
    }

    private static @Nullable String different(String key, @Nullable String expected, @Nullable String actual) {
        return expected != null && expected.equals(actual)
                ? null
                : "%s is %s; expected %s".formatted(key, quoted(actual), quoted(expected));
    }

    private static String quoted(@Nullable String text) {
        return text == null ? "missing" : Json.quote(text);
    }
}
