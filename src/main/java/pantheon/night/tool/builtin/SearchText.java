package pantheon.night.tool.builtin;

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
        var text = arguments.required("text").stringValue();
        int limit = arguments.required("limit").intValue();
        var listing = task.files().list(arguments.path("directory").asString("."), MAX_FILES);
        var result = Json.object();
        var matches = result.putArray("matches");
        boolean more = !listing.complete();
        int notSearched = 0;
        for (var path : listing.paths()) {
            var content = content(path, task);
            if (content == null) {
                notSearched++;
            } else if (!search(path, content, text, limit, matches)) {
                more = true;
                break;
            }
        }
        result.put("more", more);
        if (notSearched > 0) {
            result.put("not_searched", notSearched);
        }
        return new ToolResult.Returned(result);
    }

    private static @Nullable String content(String path, TaskFiles task) {
        try {
            return utf8(task.files().read(path));
        } catch (PathRefused e) {
            return null;
        }
    }

    /** Adds the matches of one file; false where there are more than the limit allows. */
    private static boolean search(String path, String content, String text, int limit, ArrayNode matches) {
        if (!content.contains(text)) {
            return true;
        }
        var lines = Lines.of(content);
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
