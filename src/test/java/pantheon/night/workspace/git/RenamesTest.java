package pantheon.night.workspace.git;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pantheon.night.workspace.Git;
import pantheon.night.workspace.files.BaseFiles.Moved;

class RenamesTest {
    private static final String TEXT = "one\ntwo\nthree\nfour\nfive\nsix\nseven\neight\n";

    @TempDir
    Path directory;

    private Git git;

    @BeforeEach
    void init() {
        git = Git.init(directory);
        git.write("a.md", TEXT).write("z.md", "z").commitAll("first");
    }

    private List<Moved> moved(int most) throws IOException {
        try (var repository = new FileRepositoryBuilder()
                .setGitDir(directory.resolve(".git").toFile())
                .build()) {
            return new Renames(repository, most)
                    .before(git.run("rev-parse", "HEAD").strip());
        }
    }

    @Test
    void tells_renames_and_deletions_oldest_first() throws Exception {
        git.run("mv", "a.md", "b.md");
        git.commitAll("rename");
        git.run("rm", "-q", "z.md");
        git.commitAll("delete");
        git.run("mv", "b.md", "c.md");
        git.write("c.md", TEXT + "nine\n").write("new.md", "new").commitAll("rename and change");
        var moved = List.of(new Moved("a.md", "b.md"), new Moved("z.md", null), new Moved("b.md", "c.md"));
        assertEquals(moved, moved(100));
        assertEquals(moved.subList(1, 3), moved(2));
    }

    @Test
    void a_merge_counts_as_what_it_brought() throws Exception {
        git.run("checkout", "-q", "-b", "side");
        git.run("mv", "a.md", "x.md");
        git.commitAll("there");
        git.run("mv", "x.md", "y.md");
        git.commitAll("and further");
        git.run("checkout", "-q", "main");
        git.write("other.md", "other").commitAll("meanwhile");
        git.run("merge", "-q", "--no-ff", "-m", "merge", "side");
        assertEquals(List.of(new Moved("a.md", "y.md")), moved(100));
    }

    @Test
    void a_shallow_clone_tells_what_it_has() throws Exception {
        git.run("mv", "a.md", "b.md");
        git.commitAll("rename");
        git.run("mv", "b.md", "c.md");
        git.commitAll("again");
        var clone = directory.resolve("clone");
        git.run("clone", "-q", "--depth", "2", "file://" + directory, clone.toString());
        try (var repository = new FileRepositoryBuilder()
                .setGitDir(clone.resolve(".git").toFile())
                .build()) {
            assertEquals(
                    List.of(new Moved("b.md", "c.md")),
                    new Renames(repository, 100)
                            .before(git.run("rev-parse", "HEAD").strip()));
        }
    }
}
