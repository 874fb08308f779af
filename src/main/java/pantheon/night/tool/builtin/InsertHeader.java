package pantheon.night.tool.builtin;

import pantheon.night.document.FrontMatter;
import pantheon.night.document.Lines;
import pantheon.night.tool.ToolResult;
import pantheon.night.workspace.files.PathRefused;
import pantheon.night.workspace.files.TaskFiles;
import tools.jackson.databind.node.ObjectNode;

/**
 * Puts a header at the top of a text file, unless it stands there.
 *
 * <p>The top is after a byte-order mark, and after a first line that must stay the first ({@code #!…}, {@code <?xml
 * …}) or the front matter. An empty line parts the header from what follows.
 */
final class InsertHeader extends BuiltInTool {
    InsertHeader() {
        super("insert_header");
    }

    @Override
    public ToolResult call(ObjectNode arguments, TaskFiles task) throws PathRefused {
        var path = arguments.required("path").stringValue();
        var text = utf8(task.files().read(path));
        if (text == null) {
            return notText(path);
        }
        var header = header(arguments);
        if (header.isBlank()) {
            return new ToolResult.Failed("empty_header", "the header is blank");
        }
        return changed(!standsIn(text, top(text), header) && write(path, inserted(text, top(text), header), task));
    }

    private static String header(ObjectNode arguments) {
        return arguments
                .required("header")
                .stringValue()
                .replace("\uFEFF", "")
                .replaceAll("\r\n?", "\n")
                .stripTrailing();
    }

    /** A header that is itself a first line or front matter stands before what is now the top. */
    private static boolean standsIn(String text, int top, String header) {
        return standsIn(text.substring(top), header)
                || standsIn(text.substring(text.startsWith("\uFEFF") ? 1 : 0), header);
    }

    private static String inserted(String text, int top, String header) {
        var before = text.substring(0, top);
        var rest = text.substring(top);
        var newline = Lines.newline(text);
        var lineEnd = before.isEmpty() || before.endsWith("\n") || before.equals("\uFEFF") ? "" : newline;
        var gap = rest.isEmpty() || rest.startsWith("\n") || rest.startsWith("\r\n") ? newline : newline + newline;
        return before + lineEnd + header.replace("\n", newline) + gap + rest;
    }

    private static boolean standsIn(String text, String header) {
        var here = text.replace("\r\n", "\n").stripLeading();
        var wanted = header.stripLeading();
        return here.startsWith(wanted)
                && (here.length() == wanted.length() || Character.isWhitespace(here.charAt(wanted.length())));
    }

    private static int top(String text) {
        int start = text.startsWith("\uFEFF") ? 1 : 0;
        if (text.startsWith("#!", start) || text.startsWith("<?xml", start)) {
            int end = text.indexOf('\n', start);
            return end < 0 ? text.length() : end + 1;
        }
        return FrontMatter.end(text);
    }
}
