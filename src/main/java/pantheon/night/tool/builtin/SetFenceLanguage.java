package pantheon.night.tool.builtin;

import java.util.Optional;
import pantheon.night.document.fence.Fence;
import pantheon.night.document.fence.Fences;
import pantheon.night.tool.ToolResult;
import pantheon.night.workspace.files.PathRefused;
import pantheon.night.workspace.files.TaskFiles;
import tools.jackson.databind.node.ObjectNode;

/** Writes the language of one code fence behind its opening marks; nothing else of the document changes. */
final class SetFenceLanguage extends BuiltInTool {
    private final FenceOffers offers;

    SetFenceLanguage(FenceOffers offers) {
        super("set_fence_language", "path");
        this.offers = offers;
    }

    @Override
    public ToolResult call(ObjectNode arguments, TaskFiles task) throws PathRefused {
        var path = arguments.required("path").stringValue();
        var text = utf8(task.files().read(path));
        if (text == null) {
            return notText(path);
        }
        int line = arguments.required("line").intValue();
        var fence = at(text, line);
        if (fence.isEmpty()) {
            return new ToolResult.Failed(
                    "no_fence", "no code fence that is closed and holds code opens on line " + line);
        }
        return set(path, text, fence.get(), arguments, task);
    }

    private static Optional<Fence> at(String text, int line) {
        return Fences.of(text).stream().filter(fence -> fence.line() == line).findFirst();
    }

    private ToolResult set(String path, String text, Fence fence, ObjectNode arguments, TaskFiles task)
            throws PathRefused {
        var language = arguments.required("language").stringValue();
        if (!fence.isBare()) {
            return fence.language().equals(language)
                    ? changed(false)
                    : new ToolResult.Failed("has_language", "the fence says its language already");
        }
        boolean offered = offers.offer(path, fence, task, FenceOffers.Terms.of(arguments)).stream()
                .anyMatch(candidate -> candidate.word().equals(language));
        if (!offered) {
            return new ToolResult.Failed("no_candidate", "that is none of the languages that next_fence names for it");
        }
        var written = text.substring(0, fence.behind()) + language + text.substring(fence.behind());
        return at(written, fence.line())
                        .filter(now -> now.language().equals(language))
                        .isPresent()
                ? changed(write(path, written, task))
                : new ToolResult.Failed("no_candidate", "the fence could not be read with that language");
    }
}
