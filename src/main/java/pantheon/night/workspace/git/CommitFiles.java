package pantheon.night.workspace.git;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.eclipse.jgit.lib.Repository;
import pantheon.night.ExitCode;
import pantheon.night.IoReason;
import pantheon.night.NightException;
import pantheon.night.workspace.files.BaseFiles;
import pantheon.night.workspace.files.PathRefused;
import pantheon.night.workspace.files.ScratchPath;

/** A commit of a repository, as the tasks that begin with it see it. Safe for use by several threads. */
public final class CommitFiles implements BaseFiles {
    private final Repository repository;
    private final String commit;
    private final BaseTree tree;
    private final TreeFiles files;

    /**
     * @param commit its id, in full
     * @param tree what it holds
     */
    public CommitFiles(Repository repository, String commit, BaseTree tree) {
        this.repository = repository;
        this.commit = commit;
        this.tree = tree;
        this.files = TreeFiles.ofCommit(repository, commit);
    }

    @Override
    public String commit() {
        return commit;
    }

    @Override
    public List<String> paths() {
        var paths = new ArrayList<String>();
        BaseTree.forEachLeaf(tree.root(), "", (path, leaf) -> {
            if (leaf.mode().isFile()) {
                paths.add(path.substring(1));
            }
        });
        Collections.sort(paths);
        return paths;
    }

    @Override
    public List<Moved> moved() {
        try {
            return new Renames(repository, Renames.MOST_COMMITS).before(commit);
        } catch (IOException e) {
            var directory = repository.getDirectory().toPath();
            throw new NightException(
                    ExitCode.DATA,
                    "the history of %s cannot be read: %s. Run \"git fsck\" there."
                            .formatted(directory, IoReason.of(e, directory)),
                    e);
        }
    }

    @Override
    public byte[] content(String path) throws PathRefused {
        return files.content(ScratchPath.asked(path));
    }
}
