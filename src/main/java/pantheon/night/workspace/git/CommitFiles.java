package pantheon.night.workspace.git;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.eclipse.jgit.lib.Repository;
import pantheon.night.workspace.files.BaseFiles;
import pantheon.night.workspace.files.PathRefused;
import pantheon.night.workspace.files.ScratchPath;

/** A commit of a repository, as the tasks that begin with it see it. Safe for use by several threads. */
public final class CommitFiles implements BaseFiles {
    private final String commit;
    private final BaseTree tree;
    private final TreeFiles files;

    /**
     * @param commit its id, in full
     * @param tree what it holds
     */
    public CommitFiles(Repository repository, String commit, BaseTree tree) {
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
    public byte[] content(String path) throws PathRefused {
        return files.content(ScratchPath.asked(path));
    }
}
