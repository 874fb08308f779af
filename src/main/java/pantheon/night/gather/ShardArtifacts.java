package pantheon.night.gather;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import pantheon.night.ExitCode;
import pantheon.night.IoReason;
import pantheon.night.NightException;
import pantheon.night.journal.StateFolder;

/**
 * The artifacts of a gathered night: a link for each task to where its shard left them. They stay with the shard, whose
 * signature is over them.
 */
record ShardArtifacts(StateFolder state, String run) {
    /** Links all tasks of a shard's night. */
    void link(Path folder) {
        if (!Files.isDirectory(folder)) {
            return;
        }
        var own = state.artifacts(run);
        try (var tasks = Files.newDirectoryStream(folder)) {
            Files.createDirectories(own);
            for (var task : tasks) {
                if (Files.isDirectory(task, LinkOption.NOFOLLOW_LINKS) && isTask(task)) {
                    link(own.resolve(task.getFileName()), task.toAbsolutePath());
                }
            }
        } catch (IOException e) {
            throw new NightException(
                    ExitCode.CANT_CREATE,
                    "%s cannot be written: %s. Check its owner and the disk, and gather again."
                            .formatted(own, IoReason.of(e, own)),
                    e);
        }
    }

    /** What an interrupted attempt left is hidden. */
    private static boolean isTask(Path folder) {
        return !folder.getFileName().toString().startsWith(".");
    }

    /** One that leads elsewhere is of a night in which the task was not done yet. */
    private static void link(Path link, Path target) throws IOException {
        try {
            Files.createSymbolicLink(link, target);
        } catch (FileAlreadyExistsException e) {
            if (Files.isSymbolicLink(link) && !Files.readSymbolicLink(link).equals(target)) {
                Files.delete(link);
                Files.createSymbolicLink(link, target);
            }
        }
    }
}
