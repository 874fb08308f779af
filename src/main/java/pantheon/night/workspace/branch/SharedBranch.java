package pantheon.night.workspace.branch;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import pantheon.night.workspace.repository.SharedModes;

/** Gives what was written to a repository the modes that the repository wants. */
record SharedBranch(Path git, SharedModes modes) {
    static SharedBranch of(Repository repository) {
        return new SharedBranch(repository.getCommonDirectory().toPath(), SharedModes.of(repository));
    }

    /** Of new objects, and the folders that were made for them. */
    void objects(Set<ObjectId> ids) throws IOException {
        for (var id : ids) {
            var folder = git.resolve("objects").resolve(id.name().substring(0, 2));
            modes.adjust(folder);
            modes.adjust(folder.resolve(id.name().substring(2)));
        }
    }

    /** Of a branch and its log, and of the folders above them, up to those that every repository has. */
    void branch(String name) throws IOException {
        for (var heads : List.of(git.resolve(Constants.R_HEADS), git.resolve("logs/refs/heads"))) {
            for (var file = heads.resolve(name); file != null && !file.equals(heads); file = file.getParent()) {
                modes.adjust(file);
            }
        }
    }
}
