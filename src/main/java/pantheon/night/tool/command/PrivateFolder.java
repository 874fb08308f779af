package pantheon.night.tool.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import pantheon.night.ExitCode;
import pantheon.night.IoReason;
import pantheon.night.NightException;
import pantheon.night.workspace.files.PathRefused;
import pantheon.night.workspace.files.ScratchFiles;
import pantheon.night.workspace.files.TaskFiles;

/** A command's own folder: an empty home, one for temporary files, and where it works on changes, both of their sides. */
record PrivateFolder(Path path, Path home, Path temporary) {
    private static final String BEFORE = "a";
    private static final String AFTER = "b";

    PrivateFolder(Path path) {
        this(path, directory(path, "home"), directory(path, "tmp"));
    }

    /** What the command may write of it. */
    List<Path> writable() {
        return List.of(home, temporary);
    }

    /**
     * Lays out each changed file as it was, under {@code a}, and as it is, under {@code b}: what a diff needs, with no
     * repository whose hooks, helpers or configuration could run.
     */
    void layOutChanges(TaskFiles task) throws PathRefused {
        var before = ScratchFiles.at(directory(path, BEFORE));
        var after = ScratchFiles.at(directory(path, AFTER));
        var changes = task.changes();
        for (var changed : changes.paths()) {
            var original = changes.original(changed);
            if (original != null) {
                before.write(changed, original);
            }
            layOut(changed, task, after);
        }
    }

    private void layOut(String changed, TaskFiles task, ScratchFiles after) throws PathRefused {
        var link = link(task.files().readOnlyRoot().resolve(changed));
        if (link.isPresent()) {
            link(path.resolve(AFTER).resolve(changed), link.get());
        } else if (isFile(task, changed)) {
            after.write(changed, task.files().read(changed));
        }
    }

    /** A path that now passes through a link is no file any more. */
    private static boolean isFile(TaskFiles task, String changed) throws PathRefused {
        try {
            return task.files().exists(changed);
        } catch (PathRefused e) {
            if (e.code() == PathRefused.Code.SYMLINK) {
                return false;
            }
            throw e;
        }
    }

    /** Where a link points to, empty where there is none or the way to it passes through another. */
    private static Optional<Path> link(Path file) {
        try {
            var parent = file.getParent();
            return parent != null
                            && Files.isSymbolicLink(file)
                            && parent.toRealPath().equals(parent)
                    ? Optional.of(Files.readSymbolicLink(file))
                    : Optional.empty();
        } catch (IOException e) {
            throw new NightException(
                    ExitCode.IO, "%s cannot be read: %s. Check the disk.".formatted(file, IoReason.of(e, file)), e);
        }
    }

    /** A copy of a link leads no further than the link itself: whoever follows it is confined. */
    private static void link(Path file, Path target) {
        try {
            Files.createDirectories(Objects.requireNonNull(file.getParent()));
            Files.createSymbolicLink(file, target);
        } catch (IOException e) {
            throw new NightException(
                    ExitCode.CANT_CREATE,
                    "the link %s cannot be made: %s. Check the disk.".formatted(file, IoReason.of(e, file)),
                    e);
        }
    }

    private static Path directory(Path folder, String name) {
        try {
            return Files.createDirectory(folder.resolve(name));
        } catch (IOException e) {
            throw new NightException(
                    ExitCode.CANT_CREATE,
                    "%s cannot be made in %s: %s. Check the disk.".formatted(name, folder, IoReason.of(e, folder)),
                    e);
        }
    }
}
