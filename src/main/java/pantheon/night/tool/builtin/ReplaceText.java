package pantheon.night.tool.builtin;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import pantheon.night.contract.Json;
import pantheon.night.document.LineEnds;
import pantheon.night.tool.ToolResult;
import pantheon.night.workspace.files.PathRefused;
import pantheon.night.workspace.files.ScratchPath;
import pantheon.night.workspace.files.TaskFiles;
import tools.jackson.databind.node.ObjectNode;

/**
 * Replaces a text that occurs exactly as often as the caller says.
 *
 * <p>Both texts are taken with the file's line ends. Where the file mixes them they are taken as they are, and the new
 * one brings no other than the old one has.
 *
 * <p>An old text that stands inside the new one counts as replaced already, and a replacement after which the old
 * text would occur again is refused: so the same call a second time changes nothing. It succeeds where this very edit
 * has been made, that is where both texts are one, where each old text stands inside a new one, or where the file is what
 * the edit makes of the base; that the new text stands somewhere proves nothing.
 */
final class ReplaceText extends TextTool {
    ReplaceText() {
        super("replace_text");
    }

    @Override
    ToolResult call(String path, String text, ObjectNode arguments, TaskFiles task) throws PathRefused {
        var ends = LineEnds.of(text);
        var asked = arguments.required("old").stringValue();
        var before = ends.adopt(asked);
        var after = ends.adopt(arguments.required("new").stringValue());
        if (before.equals(after) && !asked.equals(arguments.required("new").stringValue())) {
            return new ToolResult.Failed("line_ends", "the texts differ in line ends alone; the file keeps its own");
        }
        if (ends == LineEnds.MIXED && !lineEnds(before).containsAll(lineEnds(after))) {
            return new ToolResult.Failed(
                    "line_ends",
                    "the file mixes line ends (LF, CRLF or CR); the new text may have those of the old one");
        }
        return replace(
                path, text, new Edit(before, after, arguments.path("count").intValue(1)), task);
    }

    private static ToolResult replace(String path, String text, Edit edit, TaskFiles task) throws PathRefused {
        var places = edit.places(text);
        if (places.isEmpty() && (edit.stands(text) || isDone(path, text, edit, task))) {
            return new ToolResult.Returned(Json.object().put("replaced", 0));
        }
        if (places.size() != edit.count()) {
            boolean mixed = LineEnds.of(text) == LineEnds.MIXED
                    && !lineEnds(edit.before()).isEmpty();
            return new ToolResult.Failed(
                    "count",
                    "the old text occurs %d times; expected %d".formatted(places.size(), edit.count())
                            + (mixed ? "; the file mixes line ends (LF, CRLF or CR)" : ""));
        }
        var replaced = edit.made(text);
        if (!edit.places(replaced).isEmpty()) {
            return new ToolResult.Failed(
                    "recurs", "after this the old text would occur again; give more of the text around it");
        }
        write(path, replaced, task);
        return new ToolResult.Returned(Json.object().put("replaced", edit.count()));
    }

    /** Whether the file is what this edit makes of the base. */
    private static boolean isDone(String path, String text, Edit edit, TaskFiles task) throws PathRefused {
        var original = task.changes().original(ScratchPath.asked(path).text());
        var base = original == null ? null : utf8(original);
        return base != null
                && edit.places(base).size() == edit.count()
                && edit.made(base).equals(text);
    }

    /** One replacement. */
    private record Edit(String before, String after, int count) {
        /** Whether it stands for certain: the old text occurs, inside of the new one. */
        boolean stands(String text) {
            return after.contains(before) && text.contains(after);
        }

        /** Where the old text stands, but not inside the new one. */
        List<Integer> places(String text) {
            return ReplaceText.places(text, before, after);
        }

        String made(String text) {
            return replaced(text, places(text), before.length(), after);
        }
    }

    /** The kinds of line ends that a text has. */
    private static Set<String> lineEnds(String text) {
        return Pattern.compile("\\r\\n|\\n|\\r")
                .matcher(text)
                .results()
                .map(MatchResult::group)
                .collect(Collectors.toSet());
    }

    /** Where the old text stands, but not inside the new one. */
    private static List<Integer> places(String text, String before, String after) {
        var offsets = offsets(before, after);
        var places = new ArrayList<Integer>();
        int at = text.indexOf(before);
        while (at >= 0) {
            int place = at;
            boolean inside = offsets.stream().anyMatch(offset -> text.startsWith(after, place - offset));
            if (!inside) {
                places.add(at);
            }
            at = text.indexOf(before, at + (inside ? 1 : before.length()));
        }
        return places;
    }

    private static List<Integer> offsets(String before, String after) {
        var offsets = new ArrayList<Integer>();
        for (int at = after.indexOf(before); at >= 0; at = after.indexOf(before, at + 1)) {
            offsets.add(at);
        }
        return offsets;
    }

    private static String replaced(String text, List<Integer> places, int length, String after) {
        var out = new StringBuilder();
        int from = 0;
        for (int place : places) {
            out.append(text, from, place).append(after);
            from = place + length;
        }
        return out.append(text, from, text.length()).toString();
    }
}
