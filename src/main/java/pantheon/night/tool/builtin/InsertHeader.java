package pantheon.night.tool.builtin;

import pantheon.night.contract.Json;
import pantheon.night.document.FirstLines;
import pantheon.night.document.FrontMatter;
import pantheon.night.document.Lines;
import pantheon.night.tool.ToolResult;
import pantheon.night.workspace.files.PathRefused;
import pantheon.night.workspace.files.TaskFiles;
import tools.jackson.databind.node.ObjectNode;

/**
 * Puts a header at the top of a text file, unless it stands there.
 *
 * <p>The top is behind {@linkplain FirstLines what has to stay first}. An empty line parts the header from what follows.
 */
final class InsertHeader extends TextTool {
    InsertHeader() {
        super("insert_header");
    }

    @Override
    ToolResult call(String path, String text, ObjectNode arguments, TaskFiles task) throws PathRefused {
        var header = header(arguments);
        if (header.isBlank()) {
            return new ToolResult.Failed("empty_header", "the header is blank");
        }
        try {
            return insert(path, text, header, task);
        } catch (FrontMatter.Unreadable e) {
            return new ToolResult.Failed("first_line", Json.quote(path) + ": " + e.problem());
        }
    }

    private static ToolResult insert(String path, String text, String header, TaskFiles task)
            throws PathRefused, FrontMatter.Unreadable {
        if (isDone(path, text, header)) {
            return changed(false);
        }
        var inserted = inserted(text, FirstLines.end(path, text), header);
        return isDone(path, inserted, header)
                ? changed(write(path, inserted, task))
                : new ToolResult.Failed("first_line", "the header has a line that has to be the first of the file");
    }

    /** A header that is itself a first line stands before what is now the top. */
    private static boolean isDone(String path, String text, String header) throws FrontMatter.Unreadable {
        return standsIn(text.substring(text.startsWith("\uFEFF") ? 1 : 0), header)
                || standsIn(text.substring(FirstLines.end(path, text)), header);
    }

    private static String header(ObjectNode arguments) {
        return arguments
                .required("header")
                .stringValue()
                .replace("\uFEFF", "")
                .replaceAll("\r\n?", "\n")
                .stripTrailing();
    }

    private static String inserted(String text, int top, String header) {
        var before = text.substring(0, top);
        var rest = text.substring(top);
        var newline = Lines.newline(text);
        var lineEnd = before.isEmpty() || before.equals("\uFEFF") || endsLine(before) ? "" : newline;
        boolean open = rest.isEmpty() || rest.startsWith("\n") || rest.startsWith("\r");
        var gap = open ? newline : newline + newline;
        return before + lineEnd + header.replace("\n", newline) + gap + rest;
    }

    private static boolean standsIn(String text, String header) {
        var here = text.replaceAll("\r\n?", "\n").stripLeading();
        var wanted = header.stripLeading();
        return here.startsWith(wanted)
                && (here.length() == wanted.length() || Character.isWhitespace(here.charAt(wanted.length())));
    }

    private static boolean endsLine(String text) {
        return text.endsWith("\n") || text.endsWith("\r");
    }
}
