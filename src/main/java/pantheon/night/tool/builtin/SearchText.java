package pantheon.night.tool.builtin;

import java.util.List;
import org.jspecify.annotations.Nullable;
import pantheon.night.contract.Json;
import pantheon.night.document.Lines;
import pantheon.night.tool.ToolResult;
import pantheon.night.workspace.files.PathRefused;
import pantheon.night.workspace.files.TaskFiles;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Finds the lines that hold a text, letter by letter. */
final class SearchText extends BuiltInTool {
    private static final int MAX_FILES = 20_000;
    private static final int MAX_LINE_CHARS = 300;

    SearchText() {
        super("search_text");
    }

    @Override
    public boolean isReadOnly() {
        return true;
    }

    @Override
    public ToolResult call(ObjectNode arguments, TaskFiles task) throws PathRefused {
        var listing = task.files().list(arguments.path("directory").asString("."), MAX_FILES);
        var search = new Search(
                arguments.required("text").stringValue(),
                arguments.required("limit").intValue());
        boolean whole = listing.paths().stream().allMatch(path -> search.add(path, task));
        var result = Json.object();
        result.set("matches", search.matches);
        result.put("more", !whole || !listing.complete());
        if (search.notSearched > 0) {
            result.put("not_searched", search.notSearched);
        }
        return new ToolResult.Returned(result);
    }

    /** One call's search, file by file. */
    private static final class Search {
        private final String text;
        private final int limit;
        private final ArrayNode matches = Json.MAPPER.createArrayNode();
        private int notSearched;

        private Search(String text, int limit) {
            this.text = text;
            this.limit = limit;
        }

        /** Adds the matches of one file; false where there are more than the limit allows. */
        private boolean add(String path, TaskFiles task) {
            var content = content(path, task);
            if (content == null) {
                notSearched++;
            }
            return content == null || !content.contains(text) || add(path, Lines.of(content));
        }

        private boolean add(String path, List<String> lines) {
            for (int i = 0; i < lines.size(); i++) {
                int at = lines.get(i).indexOf(text);
                if (at >= 0) {
                    if (matches.size() == limit) {
                        return false;
                    }
                    matches.addObject().put("path", path).put("line", i + 1).put("text", excerpt(lines.get(i), at));
                }
            }
            return true;
        }
    }

    private static @Nullable String content(String path, TaskFiles task) {
        try {
            return utf8(task.files().read(path));
        } catch (PathRefused e) {
            return null;
        }
    }

    /** A line without its end, or of a long one the part around the match. */
    private static String excerpt(String line, int at) {
        var whole = line.stripTrailing();
        if (whole.length() <= MAX_LINE_CHARS) {
            return whole;
        }
        int from = Math.clamp(at - MAX_LINE_CHARS / 3, 0, whole.length() - MAX_LINE_CHARS);
        from -= Character.isLowSurrogate(whole.charAt(from)) ? 1 : 0;
        return Lines.cut(whole.substring(from), MAX_LINE_CHARS);
    }
}
