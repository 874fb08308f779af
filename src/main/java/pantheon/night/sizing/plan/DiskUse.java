package pantheon.night.sizing.plan;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import pantheon.night.ExitCode;
import pantheon.night.IoReason;
import pantheon.night.NightException;
import pantheon.night.disk.FileTree;
import pantheon.night.journal.Journal;
import pantheon.night.journal.LogFolder;
import pantheon.night.journal.StateFolder;
import pantheon.night.past.History;

/**
 * What a task leaves on the disk, journal and artifacts together.
 *
 * @param bytesPerTask as the newest night left it, or assumed
 * @param isMeasured whether a night was there to measure
 * @param freeBytes what is free where the state is
 */
public record DiskUse(double bytesPerTask, boolean isMeasured, long freeBytes) {
    /** What a task is taken to leave where no night has left anything. */
    private static final double ASSUMED_BYTES = 64 * 1024;

    private static final int MOST_TASKS = 500;

    public static DiskUse of(StateFolder state, LogFolder log) {
        try {
            long free =
                    Files.getFileStore(existing(state.path().toAbsolutePath())).getUsableSpace();
            for (var journal : History.journals(log.path()).reversed()) {
                var folder = state.artifacts(Journal.run(journal));
                if (Files.isDirectory(folder)) {
                    return measured(journal, folder, free);
                }
            }
            return new DiskUse(ASSUMED_BYTES, false, free);
        } catch (IOException | UncheckedIOException e) {
            throw new NightException(
                    ExitCode.IO,
                    "%s cannot be looked at: %s. Check its permissions."
                            .formatted(state.path(), IoReason.of(e, state.path())),
                    e);
        }
    }

    private static DiskUse measured(Path journal, Path folder, long free) throws IOException {
        try (var entries = Files.list(folder)) {
            var tasks = entries.filter(Files::isDirectory).toList();
            long sampled = 0;
            var some = tasks.subList(0, Math.min(MOST_TASKS, tasks.size()));
            for (var task : some) {
                sampled += FileTree.size(task);
            }
            return tasks.isEmpty()
                    ? new DiskUse(ASSUMED_BYTES, false, free)
                    : new DiskUse(
                            sampled / (double) some.size() + Files.size(journal) / (double) tasks.size(), true, free);
        }
    }

    private static Path existing(Path folder) {
        var parent = folder.getParent();
        return Files.exists(folder) || parent == null ? folder : existing(parent);
    }
}
