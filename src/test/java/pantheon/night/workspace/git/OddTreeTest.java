package pantheon.night.workspace.git;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pantheon.night.ExitCode;
import pantheon.night.NightException;
import pantheon.night.workspace.Commits;
import pantheon.night.workspace.Git;
import pantheon.night.workspace.Workspace;

/** Trees as git does not write them, and others do: what cannot be shown is left out and named, and the night goes on. */
final class OddTreeTest {
    @TempDir
    private Path directory;

    private Git git;
    private String blob;
    private Path root = Path.of("");

    @BeforeEach
    void lay_out() {
        git = Git.init(directory.resolve("r")).write("plain", "x\n");
        git.commitAll("base");
        blob = git.run("rev-parse", "HEAD:plain").strip();
    }

    private static byte[] entry(String mode, String name, String id) {
        var entry = new ByteArrayOutputStream();
        entry.writeBytes((mode + " " + name + "\0").getBytes(UTF_8));
        entry.writeBytes(HexFormat.of().parseHex(id));
        return entry.toByteArray();
    }

    private String tree(byte[]... entries) {
        var tree = new ByteArrayOutputStream();
        for (var entry : entries) {
            tree.writeBytes(entry);
        }
        return store("tree", tree.toByteArray());
    }

    private String store(String type, byte[] content) {
        return new String(git.feed(content, "hash-object", "-t", type, "-w", "--literally", "--stdin"), ISO_8859_1)
                .strip();
    }

    private String commit(String tree) {
        var commit = git.run("commit-tree", "-m", "odd", tree).strip();
        git.run("update-ref", "refs/heads/main", commit);
        return commit;
    }

    /** Checks the commit out, works in it, commits that, and gives what was left out. */
    private List<String> leftOut(String commit) throws Exception {
        try (var workspace = Workspace.open(git.directory())) {
            var scratch = workspace.checkout(commit, directory.resolve("scratch"));
            root = scratch.root();
            scratch.files().write("plain", "y\n".getBytes(UTF_8));
            Commits.id(workspace.commit(Commits.of(scratch.diff(), "task-1"), Commits.JUDGE));
            assertEquals("y\n", git.run("show", Commits.BRANCH.name() + ":plain"));
            scratch.reset();
            assertEquals("x\n", Files.readString(scratch.root().resolve("plain")));
            return scratch.leftOut();
        }
    }

    @Test
    void modes_that_git_does_not_write_are_left_out_and_old_ones_are_files() throws Exception {
        var commit = commit(tree(
                entry("0", "a", blob),
                entry("20644", "b", blob),
                entry("10644", "c", blob),
                entry("100664", "d", blob),
                entry("100600", "e", blob),
                entry("100644", "plain", blob)));
        assertEquals(List.of("a", "b", "c"), leftOut(commit));
        assertTrue(Files.exists(root.resolve("d")) && Files.exists(root.resolve("e")));
    }

    @Test
    void one_name_for_two_things_is_neither() throws Exception {
        var folder = tree(entry("100644", "below", blob));
        var commit = commit(tree(
                entry("100644", "both", blob),
                entry("40000", "both", folder),
                entry("100644", "plain", blob),
                entry("100644", "twice", blob),
                entry("100755", "twice", blob)));
        assertEquals(List.of("both", "twice"), leftOut(commit));
    }

    @Test
    void names_that_are_none_are_left_out_and_lead_nowhere() throws Exception {
        var folder = tree(entry("100644", "config", blob));
        var commit = commit(tree(
                entry("100644", ".", blob),
                entry("40000", "..", folder),
                entry("40000", ".git", folder),
                entry("100644", "a/b", blob),
                entry("100644", "plain", blob)));
        assertEquals(List.of(".", "..", ".git", "a/b"), leftOut(commit));
    }

    @Test
    void links_that_are_longer_than_a_path_may_be_are_left_out() throws Exception {
        var commit = commit(tree(
                entry("120000", "empty", store("blob", new byte[0])),
                entry("120000", "huge", store("blob", new byte[17 * 1024 * 1024])),
                entry("120000", "long", store("blob", "x/".repeat(2048).getBytes(UTF_8))),
                entry("120000", "longer", store("blob", ("x/".repeat(2048) + "x").getBytes(UTF_8))),
                entry("120000", "longest", store("blob", ("x/".repeat(2047) + "x").getBytes(UTF_8))),
                entry("100644", "plain", blob)));
        assertEquals(List.of("empty", "huge", "long", "longer"), leftOut(commit));
        assertTrue(Files.isSymbolicLink(root.resolve("longest")));
    }

    @Test
    void a_tree_that_names_more_than_the_bound_is_refused_and_deep_ones_are_left_out() throws Exception {
        var tree = tree(entry("100644", "f", blob));
        for (int i = 0; i < 3; i++) {
            tree = tree(entry("40000", "a", tree), entry("40000", "b", tree)); // 3 trees name 14 folders and 8 files
        }
        var root = tree(entry("40000", "d", tree));
        assertEquals(23, read(root, 23).children().size() + 22);
        var refused = assertThrows(NightException.class, () -> read(root, 22));
        assertEquals(ExitCode.DATA, refused.exitCode());
        assertTrue(refused.getMessage().contains("more than 22 files and folders"), refused.getMessage());

        var deep = tree(entry("100644", "f", blob));
        for (int i = 0; i < 64; i++) {
            deep = tree(entry("40000", "a", deep));
        }
        var commit = commit(tree(entry("40000", "a", deep), entry("100644", "plain", blob)));
        assertEquals(List.of(String.join("/", Collections.nCopies(64, "a"))), leftOut(commit));
    }

    private BaseTree.Directory read(String tree, int maxEntries) throws IOException {
        try (var repository = new FileRepositoryBuilder()
                        .setGitDir(git.directory().resolve(".git").toFile())
                        .build();
                var blobs = new Blobs(repository)) {
            return new TreeReader(blobs, maxEntries)
                    .read(ObjectId.fromString(tree))
                    .root();
        }
    }

    @Test
    void a_tree_that_is_cut_off_or_has_no_modes_is_told_by_its_id() {
        var whole = entry("100644", "plain", blob);
        for (var broken : List.of(
                Arrays.copyOf(whole, whole.length - 1),
                Arrays.copyOf(whole, 9),
                "100644".getBytes(UTF_8),
                entry("x", "plain", blob),
                entry("100000000644", "plain", blob),
                entry("100644", "", blob))) {
            var id = store("tree", broken);
            var commit = commit(id);
            try (var workspace = Workspace.open(git.directory())) {
                var refused = assertThrows(
                        NightException.class, () -> workspace.checkout(commit, directory.resolve("scratch")));
                assertEquals(ExitCode.DATA, refused.exitCode());
                assertTrue(refused.getMessage().contains(id), refused.getMessage());
            }
        }
    }
}
