package pantheon.night.workspace.branch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import pantheon.night.workspace.repository.SharedModes;

/** Gives what was written to a repository the modes that the repository wants. */
public record SharedBranch(Path git, SharedModes modes) {
    public static SharedBranch of(Repository repository) {
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

    /** Of the packs, and what is beside them. */
    public void packs() throws IOException {
        var folder = git.resolve("objects/pack");
        if (Files.isDirectory(folder)) {
            try (var files = Files.newDirectoryStream(folder)) {
                for (var file : files) {
                    modes.adjust(file);
                }
            }
        }
    }

    /** Of a branch and its log, and of the folders above them, up to those that every repository has. */
    public void branch(String name) throws IOException {
        for (var heads : List.of(git.resolve(Constants.R_HEADS), git.resolve("logs/refs/heads"))) {
            for (var file = heads.resolve(name); file != null && !file.equals(heads); file = file.getParent()) {
                modes.adjust(file);
            }
        }
    }
}
