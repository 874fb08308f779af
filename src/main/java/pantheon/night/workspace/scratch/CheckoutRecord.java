package pantheon.night.workspace.scratch;

import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import pantheon.night.workspace.files.FileKind;
import pantheon.night.workspace.files.FileStamp;
import pantheon.night.workspace.files.OpenDirectory;
import pantheon.night.workspace.git.BaseTree;

/**
 * The stamps of the files as they were written, like git's index: it tells without reading them which files are still
 * those of the base commit. In doubt it reads.
 */
final class CheckoutRecord {
    /** A stamp, and when it was taken. */
    private record Seen(FileStamp stamp, Instant at) {}

    private final Map<String, Seen> seen = new HashMap<>();

    /** Notes a file that was just written. */
    void note(OpenDirectory directory, Path name, String path) throws IOException {
        var now = Instant.now();
        var stamp = FileStamp.of(directory, name);
        stamp.ifPresent(s -> seen.put(path, new Seen(s, now)));
    }

    /** Whether a file or link is the very one that was written, untouched. */
    boolean isUntouched(OpenDirectory directory, Path name, String path, BaseTree.Leaf leaf) throws IOException {
        var noted = seen.get(path);
        var now = Instant.now();
        var stamp = FileStamp.of(directory, name);
        if (noted == null || !stamp.equals(Optional.of(noted.stamp()))) {
            return false;
        }
        if (noted.stamp().settledBefore(noted.at())) {
            return true;
        }
        if (!idOf(directory, name).equals(leaf.id())) {
            return false;
        }
        seen.put(path, new Seen(noted.stamp(), now));
        return true;
    }

    /** The id of the blob that a file's bytes, or a link's target, make. */
    private static ObjectId idOf(OpenDirectory directory, Path name) throws IOException {
        try (var formatter = new ObjectInserter.Formatter()) {
            if (directory.kind(name) == FileKind.SYMLINK) {
                // The JDK reads a target by path only; it is compared here, never followed.
                var target = Files.readSymbolicLink(directory.resolve(name)).toString();
                return formatter.idFor(Constants.OBJ_BLOB, target.getBytes(StandardCharsets.UTF_8));
            }
            try (var channel = directory.read(name);
                    var content = Channels.newInputStream(channel)) {
                return formatter.idFor(Constants.OBJ_BLOB, channel.size(), content);
            }
        }
    }
}
