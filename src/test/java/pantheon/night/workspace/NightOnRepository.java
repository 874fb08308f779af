package pantheon.night.workspace;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import pantheon.night.workspace.branch.CommitResult;
import pantheon.night.workspace.files.PathRefused;
import pantheon.night.workspace.scratch.Scratch;

/** A repository with one commit, open as a workspace, with one scratch checkout of it. */
public final class NightOnRepository implements AutoCloseable {
    public final Git git;
    public final Workspace workspace;
    public final Scratch scratch;

    public NightOnRepository(Path directory) {
        git = Git.init(directory.resolve("repository"))
                .write("a.md", "1\n2\n3\n4\n5\n6\n7\n8\n9\n")
                .write("b.md", "b\n")
                .write("d/c.md", "c\n")
                .write("raw", new byte[] {0, 1, 2});
        git.commitAll("base");
        workspace = Workspace.open(git.directory());
        scratch = workspace.checkout(workspace.baseCommit(), directory.resolve("scratch"));
    }

    /** Commits what a task writes (or, with null, deletes), and brings the scratch back. */
    CommitResult commit(String task, Map<String, Optional<String>> files) throws PathRefused {
        for (var file : files.entrySet()) {
            if (file.getValue().isPresent()) {
                scratch.files().write(file.getKey(), file.getValue().get().getBytes(UTF_8));
            } else {
                scratch.files().delete(file.getKey());
            }
        }
        CommitResult result = workspace.commit(Commits.of(scratch.diff(), task), Commits.JUDGE);
        scratch.reset();
        return result;
    }

    public CommitResult commit(String task, String path, String content) throws PathRefused {
        return commit(task, Map.of(path, Optional.of(content)));
    }

    @Override
    public void close() {
        workspace.close();
        git.run("fsck", "--strict");
    }
}
