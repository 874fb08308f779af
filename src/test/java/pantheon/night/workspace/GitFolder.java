package pantheon.night.workspace;

import java.nio.file.Path;
import java.util.Map;
import pantheon.night.workspace.scratch.Scratch;

/** A scratch checkout of a real repository with one commit, for tests outside of this package. */
public final class GitFolder implements AutoCloseable {
    private final Workspace workspace;
    private final Scratch scratch;

    /** @param files the commit's files by their paths */
    public GitFolder(Path directory, Map<String, String> files) {
        var git = Git.init(directory.resolve("repository"));
        files.forEach(git::write);
        git.commitAll("base");
        workspace = Workspace.open(git.directory());
        scratch = workspace.checkout(workspace.baseCommit(), directory.resolve("scratch"));
    }

    public Scratch scratch() {
        return scratch;
    }

    @Override
    public void close() {
        workspace.close();
    }
}
