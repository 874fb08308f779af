package pantheon.night.tool.builtin;

import pantheon.night.contract.Json;
import pantheon.night.document.FrontMatter;
import pantheon.night.document.Lines;
import pantheon.night.document.prose.Neighbours;
import pantheon.night.document.prose.PageProse;
import pantheon.night.tool.ToolResult;
import pantheon.night.workspace.files.PathRefused;
import pantheon.night.workspace.files.TaskFiles;
import tools.jackson.databind.node.ObjectNode;

/** Shows a page's title and running text, and what the pages beside it say of themselves. */
final class ViewPage extends TextTool {
    private static final int MOST_CHARS = 4000;
    private static final int MOST_BESIDE = 8;

    ViewPage() {
        super("view_page");
    }

    @Override
    public boolean isReadOnly() {
        return true;
    }

    @Override
    ToolResult call(String path, String text, ObjectNode arguments, TaskFiles task) throws PathRefused {
        try {
            var key = arguments.path("key").asString("description");
            var base = task.base();
            var page = view(FrontMatter.of(text), text, key);
            var beside = page.putArray("beside");
            Neighbours.of(path, key, base.paths(), base::found).stream()
                    .limit(MOST_BESIDE)
                    .forEach(other ->
                            beside.addObject().put("path", other.path()).put("value", other.value()));
            return new ToolResult.Returned(page);
        } catch (FrontMatter.Unreadable e) {
            return new ToolResult.Failed("unreadable", e.problem());
        }
    }

    private static ObjectNode view(FrontMatter document, String text, String key) throws FrontMatter.Unreadable {
        var title = document.text("title");
        return Json.object()
                .put("title", title == null ? document.heading() : title)
                .put("front_matter", document.isPresent())
                .put("value", document.standing(key))
                .put("text", Lines.cut(PageProse.of(text).strip(), MOST_CHARS));
    }
}
