package pantheon.night.document;

import java.util.List;
import org.jspecify.annotations.Nullable;
import pantheon.night.workspace.glob.Glob;
import tools.jackson.databind.JsonNode;

/** Where the value of a key comes from that nobody has to decide. */
public sealed interface ValueSource {
    /** The value for a document, null where there is none. */
    @Nullable
    String value(FrontMatter document, String path) throws FrontMatter.Unreadable;

    /** Whether the key stays out where the source has no value; else somebody may decide. */
    boolean isAlone();

    /** The document's title heading. */
    record Heading() implements ValueSource {
        @Override
        public @Nullable String value(FrontMatter document, String path) throws FrontMatter.Unreadable {
            return document.heading();
        }

        @Override
        public boolean isAlone() {
            return true;
        }
    }

    /** The slug of the title that stands there, or else of the title heading. */
    record OfTitle() implements ValueSource {
        @Override
        public @Nullable String value(FrontMatter document, String path) throws FrontMatter.Unreadable {
            var standing = document.standing("title");
            var title = standing == null ? document.heading() : standing;
            var slug = title == null ? "" : Slug.of(title);
            return slug.isEmpty() ? null : slug;
        }

        @Override
        public boolean isAlone() {
            return true;
        }
    }

    /** A table by path; the first row that has a matching pattern counts. */
    record Table(List<Row> rows) implements ValueSource {
        public Table {
            rows = List.copyOf(rows);
        }

        @Override
        public @Nullable String value(FrontMatter document, String path) {
            for (var row : rows) {
                if (row.paths().stream().anyMatch(pattern -> pattern.matches(path))) {
                    return row.value();
                }
            }
            return null;
        }

        @Override
        public boolean isAlone() {
            return false;
        }
    }

    /** The value of the documents that some patterns match. */
    record Row(List<Glob> paths, String value) {
        public Row {
            paths = List.copyOf(paths);
        }

        private static Row of(JsonNode row) {
            var paths = row.required("paths").valueStream().map(path -> Glob.of(path.stringValue()));
            return new Row(paths.toList(), row.required("value").stringValue());
        }
    }

    /**
     * Of a configuration: {@code {from: heading}}, {@code {from: title}}, or {@code {table: rows}}.
     *
     * @throws pantheon.night.NightException with exit code 64 where a pattern of a table is broken
     */
    static ValueSource of(JsonNode source) {
        if (source.has("table")) {
            return new Table(source.get("table").valueStream().map(Row::of).toList());
        }
        return source.required("from").stringValue().equals("heading") ? new Heading() : new OfTitle();
    }
}
