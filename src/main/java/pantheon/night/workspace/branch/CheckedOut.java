package pantheon.night.workspace.branch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.Repository;
import pantheon.night.disk.RegularFile;

/** Where a branch is somebody's: their files are of its commit, so it must not move under them. */
final class CheckedOut {
    private static final int MOST_BYTES = 1 << 16;
    private static final String SYMBOLIC = "ref: ";

    /** A branch that is being rebased is nobody's HEAD, and its end is put back when that is done. */
    private static final List<String> REBASED = List.of("rebase-merge/head-name", "rebase-apply/head-name");

    private CheckedOut() {}

    /** The file that says so; empty where no working tree has the branch. A bare repository's own HEAD has none. */
    static Optional<Path> where(Repository repository, String refName) throws IOException {
        var git = repository.getCommonDirectory().toPath();
        for (var tree : trees(git)) {
            boolean isWorkTree = !tree.equals(git) || !repository.isBare();
            if (isWorkTree && says(tree.resolve(Constants.HEAD), SYMBOLIC + refName)) {
                return Optional.of(tree.resolve(Constants.HEAD));
            }
            for (var rebased : REBASED) {
                if (says(tree.resolve(rebased), refName)) {
                    return Optional.of(tree.resolve(rebased));
                }
            }
        }
        return Optional.empty();
    }

    private static boolean says(Path file, String text) throws IOException {
        return Files.isRegularFile(file)
                && RegularFile.text(file, MOST_BYTES).strip().equals(text);
    }

    /** The folders of the repository itself and of every linked working tree. */
    private static List<Path> trees(Path git) throws IOException {
        var trees = new ArrayList<>(List.of(git));
        var linked = git.resolve("worktrees");
        if (Files.isDirectory(linked)) {
            try (var entries = Files.list(linked)) {
                entries.filter(Files::isDirectory).forEach(trees::add);
            }
        }
        return trees;
    }
}
