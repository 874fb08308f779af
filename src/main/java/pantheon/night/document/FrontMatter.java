package pantheon.night.document;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import pantheon.night.contract.Json;
import tools.jackson.databind.node.ObjectNode;

/**
 * A Markdown document with its YAML front matter, as text that can be edited key by key.
 *
 * <p>Front matter stands between a first line {@code ---} and the next line {@code ---} or {@code ...}. A document has
 * none where it begins with text for certain; where it may begin with other metadata, or where metadata may stand further
 * down, it is unreadable, so that no second block is ever written above a first one. Scalars are
 * read as the text their author wrote, with no guess at types. Editing touches only the lines of the keys that are
 * set to another value; every other byte stays, line endings and comments too.
 *
 * <p>Merge-conflict markers are read where the two sides differ in dates alone; then {@link #older()} holds the older
 * one, and setting that key resolves the conflict. Any other conflict is for a person to resolve.
 */
public final class FrontMatter {
    private static final Pattern FENCE = Pattern.compile("---[ \\t]*(?:\\r?\\n)?");
    private static final Pattern CLOSE = Pattern.compile("(?:---|\\.\\.\\.)[ \\t]*(?:\\r?\\n)?");

    /** The names of keys that hold dates, which readers take as such. */
    private static final Pattern DATES =
            Pattern.compile("date|lastmod|created|updated|modified|[A-Za-z_-]*(?:_at|[_-]date|Date)");

    private final String before;
    private final List<String> lines;
    private final String after;
    private final String newline;
    private final boolean present;
    private final YamlMapping mapping;
    private final Map<String, String> older;

    private FrontMatter(
            String before, List<String> lines, String after, String newline, boolean present, Map<String, String> older)
            throws Unreadable {
        this.before = before;
        this.lines = lines;
        this.after = after;
        this.newline = newline;
        this.present = present;
        this.older = older;
        this.mapping = YamlMapping.of(lines);
    }

    /** Reads a document's text, byte-order mark and line endings as they are. */
    public static FrontMatter of(String text) throws Unreadable {
        int start = start(text);
        var mark = text.substring(0, start);
        var lines = Lines.of(text.substring(start));
        var newline = Lines.newline(text);
        if (!lines.isEmpty() && lines.getFirst().startsWith("<<<<<<<")) {
            throw new Unreadable("the document begins with a merge conflict");
        }
        if (Lines.newline(text).equals("\r")) {
            throw new Unreadable("its lines end in a carriage return alone; write line feeds");
        }
        return lines.isEmpty() || !isFence(lines.getFirst())
                ? plain(mark, text.substring(start), newline)
                : fenced(mark, lines, newline);
    }

    private static FrontMatter plain(String mark, String text, String newline) throws Unreadable {
        requireNone(Opening.doubt(text));
        requireNone(MetadataBelow.inText(text));
        return new FrontMatter(mark, List.of(), text, newline, false, Map.of());
    }

    private static void requireNone(@Nullable String doubt) throws Unreadable {
        if (doubt != null) {
            throw new Unreadable(doubt);
        }
    }

    private static FrontMatter fenced(String mark, List<String> lines, String newline) throws Unreadable {
        int close = close(lines);
        if (close == lines.size()) {
            throw new Unreadable("the front matter has no closing line ---");
        }
        var before = mark + lines.getFirst();
        var after = String.join("", lines.subList(close, lines.size()));
        var inner = lines.subList(1, close);
        requireOneEnd(inner);
        var conflict = MergeConflict.in(inner);
        var read = conflict == null
                ? new FrontMatter(before, inner, after, newline, true, Map.of())
                : new FrontMatter(before, conflict.resolved(), after, newline, true, conflict.older());
        requireNone(read.mapping.entries().isEmpty() ? read.doubtWithoutKeys() : MetadataBelow.inBody(read.body()));
        return read;
    }

    /** Some programs end front matter at any line that begins so. */
    private static void requireOneEnd(List<String> inner) throws Unreadable {
        for (int i = 0; i < inner.size(); i++) {
            if (inner.get(i).startsWith("---")) {
                throw new Unreadable("line %d: begins with --- inside the front matter".formatted(i + 2));
            }
        }
    }

    /** Lines without a key may be two rules of the page, and what stands below them the metadata. */
    private @Nullable String doubtWithoutKeys() {
        boolean rules = !lines.isEmpty() && lines.getFirst().isBlank();
        var below = Opening.doubt(body());
        return rules ? "its front matter has no keys" : below == null ? MetadataBelow.inText(body()) : below;
    }

    /** Behind the byte-order mark, where there is one. */
    private static int start(String text) {
        return text.startsWith("\uFEFF") ? 1 : 0;
    }

    /** The top-level keys with their values, in the document's order; scalars as the text their author wrote. */
    public ObjectNode values() {
        var values = mapping.values().deepCopy();
        older.keySet().forEach(values::remove);
        return values;
    }

    /** The written text of a top-level scalar, null where the key is missing, empty, or no scalar. */
    public @Nullable String text(String key) {
        var value = values().get(key);
        return value == null || !value.isString() || value.stringValue().isBlank() ? null : value.stringValue();
    }

    /** The document's text; of dates in conflict one line stands there. */
    @Override
    public String toString() {
        return before + String.join("", lines) + after;
    }

    /** Whether there is a block of front matter, be it empty. */
    public boolean isPresent() {
        return present;
    }

    /**
     * What stands for a key, under its name or under one that differs in case or in signs that nobody sees; null where
     * nothing does. A list or a mapping is its JSON.
     */
    public @Nullable String standing(String key) {
        for (var entry : mapping.entries()) {
            boolean own = entry.key().equals(key);
            var text = entry.text();
            if (entry.isSpellingOf(key) || (own && (text == null || !text.isBlank()))) {
                return text == null ? Json.write(mapping.values().path(entry.key())) : text;
            }
        }
        return null;
    }

    /** For each key in conflict the older of its two dates, as written; empty where there is no conflict. */
    public Map<String, String> older() {
        return older;
    }

    /**
     * The text of the document's title heading, null where it has none that is certain. Beside a title of the front
     * matter, a heading behind text, or one of several, is a section's.
     *
     * @throws Unreadable where the text is too long to be sure
     */
    public @Nullable String heading() throws Unreadable {
        return text("title") == null ? Headings.title(body()) : Headings.onlyTitle(body());
    }

    /** Everything after the closing line, or the whole text where there is no front matter. */
    public String body() {
        if (!present) {
            return after;
        }
        int end = after.indexOf('\n');
        return end < 0 ? "" : after.substring(end + 1);
    }

    /**
     * The document with some keys set: replaced where they stand, added at the end where they do not.
     *
     * <p>The result is read again: it holds the values that were set, every other value and the body as they were.
     *
     * @throws Unreadable where a key in conflict is not among them, or where the front matter is written in a way
     *     that would not survive the change, for example with an anchor on a value that is set
     */
    public String with(Map<String, String> changes) throws Unreadable {
        requireResolved(changes);
        requireOneSpelling(changes.keySet());
        var fence = present ? "" : "---" + newline;
        var out = new StringBuilder(before).append(fence);
        var missing = new LinkedHashMap<>(changes);
        writeEntries(missing, out);
        missing.forEach((key, value) -> out.append(newEntry(key, value)));
        var result = out.append(fence).append(after).toString();
        requireReadsBack(result, changes);
        return result;
    }

    private void requireResolved(Map<String, String> changes) throws Unreadable {
        for (var key : older.keySet()) {
            if (!changes.containsKey(key)) {
                throw new Unreadable("the conflict over %s is not resolved by this call".formatted(key));
            }
        }
    }

    /**
     * Refuses keys that stand there in another case: some readers fold it, some do not.
     *
     * @param keys the keys that somebody reads or sets
     */
    public void requireOneSpelling(Collection<String> keys) throws Unreadable {
        for (var entry : mapping.entries()) {
            for (var key : keys) {
                if (entry.isSpellingOf(key)) {
                    throw new Unreadable(
                            "line %d: %s is %s in another case or with signs that nobody sees; write it one way"
                                    .formatted(entry.firstLine() + 2, Json.quote(entry.key()), Json.quote(key)));
                }
            }
        }
    }

    /** Writes the lines, changed where their keys are; what is left of the changes stands nowhere yet. */
    private void writeEntries(Map<String, String> changes, StringBuilder out) {
        int at = 0;
        for (var entry : mapping.entries()) {
            var value = changes.remove(entry.key());
            if (value != null && !value.equals(entry.text())) {
                lines.subList(at, entry.firstLine()).forEach(out::append);
                out.append(entry.writtenKey()).append(": ").append(written(entry, value));
                out.append(entry.comment()).append(newline);
                at = entry.lastLine() + 1;
            }
        }
        lines.subList(at, lines.size()).forEach(out::append);
    }

    private String newEntry(String key, String value) {
        return mapping.indentation() + YamlScalar.write(key) + ": " + written(key, value) + newline;
    }

    /** A value in place of another; one that stood in quotes goes on to. */
    private String written(YamlMapping.Entry entry, String value) {
        return entry.quoted() ? YamlScalar.quoted(value) : written(entry.key(), value);
    }

    private String written(String key, String value) {
        boolean date = older.containsKey(key) || DATES.matcher(key).matches();
        return date ? YamlScalar.date(value) : YamlScalar.write(value);
    }

    private void requireReadsBack(String result, Map<String, String> changes) throws Unreadable {
        var expected = mapping.values().deepCopy();
        changes.forEach(expected::put);
        var again = of(result);
        if (!again.values().equals(expected) || !again.body().equals(body())) {
            throw new Unreadable("the front matter is written in a way that does not survive the change");
        }
    }

    /** Where a text's front matter ends by its fences alone: after the byte-order mark where there is none. */
    public static int end(String text) {
        int start = start(text);
        var lines = Lines.of(text.substring(start));
        if (lines.isEmpty() || !isFence(lines.getFirst())) {
            return start;
        }
        int close = close(lines);
        int length = lines.stream().limit(close + 1L).mapToInt(String::length).sum();
        return close == lines.size() ? start : start + length;
    }

    private static boolean isFence(String line) {
        return FENCE.matcher(line).matches();
    }

    /** The index of the closing line, the number of lines where there is none. */
    private static int close(List<String> lines) {
        int close = 1;
        while (close < lines.size() && !CLOSE.matcher(lines.get(close)).matches()) {
            close++;
        }
        return close;
    }

    /** Front matter that no program can read with certainty; the problem is one line for the model and the log. */
    public static final class Unreadable extends Exception {
        private static final long serialVersionUID = 1L;

        private final String problem;

        Unreadable(String problem) {
            super(problem);
            this.problem = problem;
        }

        public String problem() {
            return problem;
        }
    }
}
