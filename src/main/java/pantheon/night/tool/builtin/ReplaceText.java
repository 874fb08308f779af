package pantheon.night.tool.builtin;

import java.util.ArrayList;
import java.util.List;
import pantheon.night.contract.Json;
import pantheon.night.tool.ToolResult;
import pantheon.night.workspace.files.PathRefused;
import pantheon.night.workspace.files.TaskFiles;
import tools.jackson.databind.node.ObjectNode;

/**
 * Replaces a text that occurs exactly as often as the caller says.
 *
 * <p>An old text that stands inside the new one counts as replaced already, and a replacement after which the old
 * text would occur again is refused: so the same call a second time changes nothing.
 */
final class ReplaceText extends BuiltInTool {
    ReplaceText() {
        super("replace_text");
    }

    @Override
    public ToolResult call(ObjectNode arguments, TaskFiles task) throws PathRefused {
        var path = arguments.required("path").stringValue();
        var text = utf8(task.files().read(path));
        if (text == null) {
            return notText(path);
        }
        return replace(path, text, arguments, task);
    }

    private static ToolResult replace(String path, String text, ObjectNode arguments, TaskFiles task)
            throws PathRefused {
        var before = arguments.required("old").stringValue();
        var after = arguments.required("new").stringValue();
        var places = places(text, before, after);
        if (places.isEmpty() && !after.isEmpty() && text.contains(after)) {
            return new ToolResult.Returned(Json.object().put("replaced", 0));
        }
        int count = arguments.path("count").intValue(1);
        if (places.size() != count) {
            return new ToolResult.Failed(
                    "count", "the old text occurs %d times; expected %d".formatted(places.size(), count));
        }
        var replaced = replaced(text, places, before.length(), after);
        if (!places(replaced, before, after).isEmpty()) {
            return new ToolResult.Failed(
                    "recurs", "after this the old text would occur again; give more of the text around it");
        }
        write(path, replaced, task);
        return new ToolResult.Returned(Json.object().put("replaced", count));
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
