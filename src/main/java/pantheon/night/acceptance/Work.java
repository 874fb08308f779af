package pantheon.night.acceptance;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import pantheon.night.document.link.Site;
import pantheon.night.document.prose.Neighbours;
import pantheon.night.workspace.files.PathRefused;
import pantheon.night.workspace.files.ScratchPath;
import pantheon.night.workspace.files.TaskFiles;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A finished task as its checks see it: what it was asked, what it answered, and its files as it left them and before.
 *
 * @param trace null where there is none, as for lines that were merged
 */
public record Work(
        ObjectNode input,
        ObjectNode output,
        TaskFiles.Changes changes,
        @Nullable Trace trace) {
    /** What a tool returned. */
    public record Returned(String tool, JsonNode result) {}

    /**
     * What is there of a task that has just finished.
     *
     * @param checkout its own, for commands
     * @param results what its tools returned, in their order
     */
    public record Trace(TaskFiles checkout, List<Returned> results) {
        public Trace {
            results = List.copyOf(results);
        }
    }

    /** Work of which nothing but the files is left. */
    public Work(ObjectNode input, ObjectNode output, TaskFiles.Changes changes) {
        this(input, output, changes, null);
    }

    /** The path that a field of the input names, as the changes name it. */
    String path(String field) throws PathRefused {
        return asked(input.required(field).stringValue());
    }

    /** A path as people write it, as the changes name it. */
    static String asked(String path) throws PathRefused {
        return ScratchPath.asked(path).text();
    }

    /** Whether the task left a file there. */
    boolean has(String path) {
        try {
            changes.content(path);
            return true;
        } catch (PathRefused e) {
            return false;
        }
    }

    /**
     * Where links of its pages lead, as it left the files. Folders are known where the checkout is there.
     *
     * @param roots the folders that {@code /} stands for
     */
    Site site(List<String> roots) {
        var folders = trace == null
                ? Set.<String>of()
                : Site.folders(trace.checkout().base().paths());
        return new Site(this::has, folders::contains, roots);
    }

    /** What pages beside a page say under a key of their front matter, before the task; none where the checkout is gone. */
    List<String> neighbours(String page, String key) {
        if (trace == null) {
            return List.of();
        }
        var base = trace.checkout().base();
        return Neighbours.of(page, key, base.paths(), base::found).stream()
                .map(Neighbours.Neighbour::value)
                .toList();
    }

    /** A file's text as the task left it. */
    String text(String path) throws PathRefused, CharacterCodingException {
        return text(changes.content(path));
    }

    /** The text of a file's bytes. */
    static String text(byte[] content) throws CharacterCodingException {
        return StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(content))
                .toString();
    }
}
