package pantheon.night.report.section;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import pantheon.night.contract.Sha256;
import pantheon.night.disk.RegularFile;
import pantheon.night.report.page.Span;
import pantheon.night.report.record.TaskRecord;
import pantheon.night.review.Review;

/** What a task left on the disk, as far as it is still there. */
public final class TaskArtifacts {
    /** More than any diff of a task may take. */
    private static final int MOST_BYTES = 1 << 27;

    /** In the order in which a person would look at them. */
    private static final List<String> NAMES = List.of(
            "error.json",
            "tests.log",
            "prompt.txt",
            "tool_calls.jsonl",
            "output.json",
            "diff.patch",
            Review.FILE,
            "input.json",
            "metrics.json");

    private final Places places;
    private final @Nullable Path folder;

    public TaskArtifacts(Places places, String task) {
        this.places = places;
        this.folder = folder(places.artifacts(), task);
    }

    /** Null where the id, which anybody may have written into a journal, leads elsewhere. */
    private static @Nullable Path folder(Path artifacts, String task) {
        try {
            var folder = artifacts.resolve(task);
            return artifacts.equals(folder.normalize().getParent()) && Files.isDirectory(folder) ? folder : null;
        } catch (InvalidPathException e) {
            return null;
        }
    }

    /** Links to those that are there, one after the other. */
    List<Span> links() {
        if (folder == null) {
            return List.of(Span.text("no artifacts on the disk"));
        }
        var links = new ArrayList<Span>();
        for (var name : NAMES) {
            var file = folder.resolve(name);
            if (Files.isRegularFile(file)) {
                links.add(Span.text(links.isEmpty() ? "" : "  "));
                links.add(Span.link(name, places.href(file)));
            }
        }
        return links;
    }

    public Optional<String> text(String name) {
        if (folder == null || !Files.isRegularFile(folder.resolve(name))) {
            return Optional.empty();
        }
        try {
            return Optional.of(new String(RegularFile.bytes(folder.resolve(name), MOST_BYTES), StandardCharsets.UTF_8));
        } catch (IOException e) {
            return Optional.empty(); // told as missing, as it is for the reader
        }
    }

    /** A link to one of them, null where it is not there. */
    @Nullable
    String href(String name) {
        return folder == null || !Files.isRegularFile(folder.resolve(name)) ? null : places.href(folder.resolve(name));
    }

    /** The task's diff, if it is the one that the journal tells of. */
    public Optional<String> diff(TaskRecord task) {
        return text("diff.patch").filter(patch -> Sha256.hex(patch).equals(task.diffDigest()));
    }
}
