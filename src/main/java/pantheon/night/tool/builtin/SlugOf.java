package pantheon.night.tool.builtin;

import pantheon.night.contract.Json;
import pantheon.night.document.Slug;
import pantheon.night.tool.ToolResult;
import pantheon.night.workspace.files.TaskFiles;
import tools.jackson.databind.node.ObjectNode;

/** Makes the slug of a text. */
final class SlugOf extends BuiltInTool {
    SlugOf() {
        super("slug_of");
    }

    @Override
    public boolean isReadOnly() {
        return true;
    }

    @Override
    public ToolResult call(ObjectNode arguments, TaskFiles task) {
        var slug = Slug.of(arguments.required("text").stringValue());
        return slug.isEmpty()
                ? new ToolResult.Failed("empty_slug", "the text has neither letters nor digits")
                : new ToolResult.Returned(Json.object().put("slug", slug));
    }
}
