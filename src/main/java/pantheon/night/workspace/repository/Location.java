package pantheon.night.workspace.repository;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.eclipse.jgit.lib.Constants;
import org.jspecify.annotations.Nullable;
import pantheon.night.IoReason;
import pantheon.night.NightException;
import pantheon.night.disk.RegularFile;

/**
 * Where the parts of a repository lie.
 *
 * @param path as it was given: the top of a working tree, or the repository itself where it is bare
 * @param gitFile the file {@code .git} that leads to it, as a linked work tree has one; null where there is none
 * @param gitDirectory where HEAD is
 * @param commonDirectory where objects, branches and configuration are; for a linked work tree that of its repository
 */
public record Location(Path path, @Nullable Path gitFile, Path gitDirectory, Path commonDirectory) {
    private static final String GIT_FILE = "gitdir: ";
    private static final int MOST_BYTES = 1 << 16;

    /**
     * The repository at a path.
     *
     * @throws NightException (78) where there is none
     */
    public static Location of(Path path) {
        var git = path.resolve(Constants.DOT_GIT);
        if (Files.isDirectory(git)) {
            return of(path, null, git);
        }
        if (Files.isRegularFile(git)) {
            return of(path, git, linked(path, git));
        }
        if (Files.exists(git)) {
            throw Unusable.of(path, "has a .git that is neither a folder nor a file", "Look at what is there", null);
        }
        if (isBare(path)) {
            return of(path, null, path);
        }
        throw noTop(path);
    }

    public boolean isBare() {
        return gitDirectory.equals(path);
    }

    private static boolean isBare(Path path) {
        return Files.isRegularFile(path.resolve(Constants.HEAD)) && Files.isDirectory(path.resolve("objects"));
    }

    private static Location of(Path path, @Nullable Path gitFile, Path gitDirectory) {
        var common = gitDirectory.resolve("commondir");
        return new Location(
                path,
                gitFile,
                gitDirectory,
                Files.exists(common)
                        ? gitDirectory.resolve(text(path, common).strip()).normalize()
                        : gitDirectory);
    }

    private static String text(Path path, Path file) {
        try {
            return RegularFile.text(file, MOST_BYTES);
        } catch (IOException e) {
            throw Unusable.of(
                    path,
                    "has a %s that cannot be read: %s".formatted(file, IoReason.of(e, file)),
                    "Expected a file with the path of a repository",
                    e);
        }
    }

    private static Path linked(Path path, Path gitFile) {
        var text = text(path, gitFile).stripTrailing();
        if (!text.startsWith(GIT_FILE)) {
            throw Unusable.of(
                    path, "has a file .git that does not begin with \"gitdir: \"", "Look at what is there", null);
        }
        var directory = path.resolve(text.substring(GIT_FILE.length())).normalize();
        if (!Files.isDirectory(directory)) {
            throw Unusable.of(
                    path,
                    "has a .git that leads to %s, which is no folder".formatted(directory),
                    "Run \"git worktree repair\"",
                    null);
        }
        return directory;
    }

    /** A folder inside of a repository is told its top; a repository made there would be one inside another. */
    private static NightException noTop(Path path) {
        var what = "is not the top of a git repository";
        for (var folder = path.toAbsolutePath().normalize().getParent(); folder != null; folder = folder.getParent()) {
            if (Files.exists(folder.resolve(Constants.DOT_GIT)) || isBare(folder)) {
                return Unusable.of(
                        path,
                        "%s, but lies in the one at %s".formatted(what, folder),
                        "Give that one, and the tasks their paths from there",
                        null);
            }
        }
        return Unusable.of(path, what, "Run \"git init\" and commit there", null);
    }
}
