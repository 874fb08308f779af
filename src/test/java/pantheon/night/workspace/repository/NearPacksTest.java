package pantheon.night.workspace.repository;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pantheon.night.workspace.Git;
import pantheon.night.workspace.Workspace;

/** A part of a repository's history is read from the packs that have it; the rest is there all the same. */
final class NearPacksTest {
    @TempDir
    private Path directory;

    /** What a commit on one more file is packed into, by itself. */
    private static String packed(Git git, String file) {
        git.write(file, file + "\n");
        var commit = git.commitAll(file);
        git.run("repack", "-q", "-d");
        return commit;
    }

    private Git repository() {
        return Git.init(directory.resolve("r"));
    }

    private static Repository open(Git git) throws IOException {
        return new FileRepositoryBuilder()
                .setWorkTree(git.directory().toFile())
                .setMustExist(true)
                .build();
    }

    @Test
    void the_packs_of_the_commits_alone_are_asked_first() throws IOException {
        var git = repository();
        var a = ObjectId.fromString(packed(git, "a"));
        var b = ObjectId.fromString(packed(git, "b"));
        var c = ObjectId.fromString(packed(git, "c"));
        try (var whole = open(git)) {
            assertEquals(1, NearPacks.holding(whole, List.of(b)).size());
            assertEquals(3, NearPacks.holding(whole, List.of(a, b, c, b)).size());
            for (var pack : NearPacks.holding(whole, List.of(b))) {
                assertTrue(pack.hasObject(b));
                assertFalse(pack.hasObject(c));
            }
        }
    }

    @Test
    void what_lies_in_other_packs_or_in_none_is_found_too() throws IOException {
        var git = repository();
        var a = packed(git, "a");
        var b = packed(git, "b");
        var loose = git.write("c", "c\n").commitAll("c");
        try (var whole = open(git);
                var near = NearPacks.open(whole, List.of(ObjectId.fromString(b)))) {
            assertTrue(near.getObjectDatabase().has(ObjectId.fromString(loose)));
            assertTrue(near.getObjectDatabase().has(ObjectId.fromString(a)));
        }
    }

    @Test
    void packs_that_git_made_anew_meanwhile_are_found() {
        var git = repository();
        packed(git, "a");
        var b = packed(git, "b");
        try (var workspace = Workspace.open(git.directory())) {
            var patch = workspace.patch(b);
            try (var near = workspace.near(List.of(b))) {
                git.run("gc", "-q", "--prune=now");
                assertEquals(patch, near.patch(b));
            }
            try (var near = workspace.near(List.of(b))) {
                assertEquals(patch, near.patch(b));
            }
        }
    }

    @Test
    void a_bare_one_and_a_linked_working_tree_are_opened_as_they_are() {
        var git = repository();
        packed(git, "a");
        var b = packed(git, "b");
        git.run("clone", "-q", "--bare", ".", directory.resolve("bare").toString());
        git.run("worktree", "add", "-q", directory.resolve("linked").toString());
        for (var place : List.of("r", "bare", "linked")) {
            try (var workspace = Workspace.open(directory.resolve(place));
                    var near = workspace.near(List.of(b))) {
                assertEquals(workspace.patch(b), near.patch(b), place);
            }
        }
    }
}
