package pantheon.night.tool.builtin;

import java.util.ArrayList;
import java.util.List;
import pantheon.night.contract.Json;
import pantheon.night.document.Lines;
import pantheon.night.document.fence.Fence;
import pantheon.night.document.fence.Fences;
import pantheon.night.document.fence.RepositoryLanguages.Candidate;
import pantheon.night.tool.ToolResult;
import pantheon.night.workspace.files.PathRefused;
import pantheon.night.workspace.files.TaskFiles;
import tools.jackson.databind.node.ObjectNode;

/** Finds a document's first code fence without a language for which one is likely enough. */
final class NextFence extends BuiltInTool {
    private static final int SHOWN_CHARS = 600;
    private static final int LINES_ABOVE = 3;

    private final FenceOffers offers;

    NextFence(FenceOffers offers) {
        super("next_fence", "path");
        this.offers = offers;
    }

    @Override
    public boolean isReadOnly() {
        return true;
    }

    @Override
    public ToolResult call(ObjectNode arguments, TaskFiles task) throws PathRefused {
        var path = arguments.required("path").stringValue();
        var text = utf8(task.files().read(path));
        if (text == null) {
            return notText(path);
        }
        var bare = Fences.of(text).stream().filter(Fence::isBare).toList();
        var terms = FenceOffers.Terms.of(arguments);
        int unsure = 0;
        for (var fence : bare) {
            var candidates = offers.offer(path, fence, task, terms);
            if (!candidates.isEmpty()) {
                return new ToolResult.Returned(found(text, fence, candidates).put("unsure", unsure));
            }
            unsure++;
        }
        return new ToolResult.Returned(Json.object().put("found", false).put("unsure", unsure));
    }

    private static ObjectNode found(String text, Fence fence, List<Candidate> candidates) {
        var found = Json.object()
                .put("found", true)
                .put("line", fence.line())
                .put("above", above(text, fence))
                .put("code", Lines.cut(fence.code(), SHOWN_CHARS));
        var list = found.putArray("candidates");
        for (var candidate : candidates) {
            list.addObject()
                    .put("language", candidate.word())
                    .put("probability", Math.round(candidate.probability() * 100) / 100.0);
        }
        return found;
    }

    /** The last lines of text above. */
    private static String above(String text, Fence fence) {
        var lines = Lines.of(text);
        var above = new ArrayList<String>();
        for (int i = fence.line() - 2; i >= 0 && above.size() < LINES_ABOVE; i--) {
            if (!lines.get(i).isBlank()) {
                above.addFirst(Lines.cut(lines.get(i).strip(), SHOWN_CHARS / LINES_ABOVE));
            }
        }
        return String.join("\n", above);
    }
}
