package pantheon.night.workspace.scratch;

import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import pantheon.night.workspace.files.FileKind;
import pantheon.night.workspace.files.FileStamp;
import pantheon.night.workspace.files.OpenDirectory;
import pantheon.night.workspace.git.BaseTree;

/**
 * The stamps of the files as they were written, like git's index: it tells without reading them which files are still
 * those of the base commit. In doubt it reads. Of directories, and of files in doubt, it tells whether they carry what
 * one that was just made does not.
 */
final class CheckoutRecord {
    /** A stamp, and when it was taken. */
    private record Seen(FileStamp stamp, Instant at) {}

    private final FreshTraits fresh;
    private final boolean stampsTell;
    private final Map<String, Seen> seen = new HashMap<>();
    private final Map<String, FileStamp> folders = new HashMap<>();
    private FileTime top = FileTime.fromMillis(0);

    /** @param stampsTell whether a stamp tells of every way to write; where not, every file is in doubt */
    CheckoutRecord(FreshTraits fresh, boolean stampsTell) {
        this.fresh = fresh;
        this.stampsTell = stampsTell;
    }

    /** Notes what should be in a directory and below, but for some paths. */
    void noteAll(OpenDirectory directory, BaseTree.Directory expected, String prefix, Set<String> except)
            throws IOException {
        for (var child : expected.children().entrySet()) {
            var name = Path.of(child.getKey());
            var path = prefix + child.getKey();
            switch (child.getValue()) {
                case BaseTree.Leaf leaf -> {
                    if (!except.contains(path)) {
                        note(directory, name, path);
                    }
                }
                case BaseTree.Directory content -> noteBelow(directory, name, content, path, except);
            }
        }
    }

    private void noteBelow(OpenDirectory parent, Path name, BaseTree.Directory content, String path, Set<String> except)
            throws IOException {
        if (parent.kind(name) == FileKind.DIRECTORY) {
            try (var directory = parent.open(name)) {
                noteAll(directory, content, path + "/", except);
            }
            bringTimesBack(parent, name, path);
        }
    }

    /**
     * Gives a directory the times again that it had when it was noted first, so that they tell nothing from one task to
     * another.
     */
    void bringTimesBack(OpenDirectory parent, Path name, String path) throws IOException {
        var noted = folders.get(path);
        var stamp = FileStamp.of(parent, name);
        if (noted != null && !stamp.equals(Optional.of(noted))) {
            parent.setTimes(name, noted.modified());
            stamp = FileStamp.of(parent, name);
        }
        stamp.ifPresent(s -> folders.put(path, s));
    }

    /** Notes the times of the checkout's own directory. */
    void noteTop(Path root) throws IOException {
        top = Files.getLastModifiedTime(root);
    }

    void bringTopTimesBack(Path root) throws IOException {
        Files.getFileAttributeView(root, BasicFileAttributeView.class).setTimes(top, top, null);
    }

    /** Notes a file that is as it was written. */
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
        if (stampsTell && noted.stamp().settledBefore(noted.at())) {
            return true;
        }
        if (!fresh.isLikeNew(directory, name, leaf.mode())
                || !idOf(directory, name).equals(leaf.id())) {
            return false;
        }
        seen.put(path, new Seen(noted.stamp(), now));
        return true;
    }

    /** Makes sure that the checkout's own directory carries nothing that it did not before. */
    void requireLikeNew(OpenDirectory top) throws IOException {
        if (!fresh.isLikeNewRoot(top)) {
            throw new FileSystemException(
                    top.resolve(Path.of("")).toString(), null, "a tool gave it attributes, flags or another owner");
        }
    }

    /** Whether a directory carries nothing that one which was just made does not. */
    boolean isLikeNew(OpenDirectory directory, Path name) throws IOException {
        return fresh.isLikeNewDirectory(directory, name);
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
