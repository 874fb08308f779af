package pantheon.night.workspace.git;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pantheon.night.workspace.Commits;
import pantheon.night.workspace.Git;
import pantheon.night.workspace.Workspace;
import pantheon.night.workspace.branch.CommitRequest;
import pantheon.night.workspace.files.PathRefused;
import pantheon.night.workspace.scratch.Scratch;

/** Patches and commits are two ways to the same tree: git applies the one, and finds the tree of the other. */
@SuppressWarnings("NullAway.Init") // every test begins with base()
class GitPatchTest {
    private static final List<String> NAMES = List.of(
            "plain",
            "two words.md",
            " lead",
            "trail ",
            "new\nline",
            "tab\there",
            "quote\"d",
            "d/é",
            "d/e\u0301",
            "d/日本語",
            "d/e/😀 x",
            "d/-rf",
            "d/a",
            "d-x",
            "d.x",
            "e/f",
            "e/f.x",
            "--- a",
            "*?[x]");

    @TempDir
    Path directory;

    private Git git;
    private Git applied;
    private Workspace workspace;
    private Scratch scratch;

    private void base(Git git) throws IOException {
        this.git = git;
        git.commitAll("base");
        applied = new Git(directory.resolve("applied"));
        git.run("worktree", "add", "-q", "--detach", applied.directory().toString());
        workspace = Workspace.open(git.directory());
        scratch = workspace.checkout(workspace.baseCommit(), directory.resolve("scratch"));
    }

    /** Applies the scratch's patch with git, and compares the tree with that of the commit. */
    private String apply(String task) throws PathRefused {
        Diff diff = scratch.diff();
        String patch = diff.patch();
        applied.run("reset", "-q", "--hard", "main");
        if (!diff.isEmpty()) {
            applied.feed(patch.getBytes(UTF_8), "apply", "--index", "-");
            applied.feed(patch.getBytes(UTF_8), "apply", "--index", "--reverse", "-");
            assertEquals(git.run("rev-parse", "main^{tree}"), applied.run("write-tree"), patch);
            applied.feed(patch.getBytes(UTF_8), "apply", "--index", "-");
            CommitRequest request = Commits.of(diff, task);
            request = new CommitRequest(
                    diff,
                    NightBranch.of(task),
                    request.author(),
                    request.committer(),
                    request.time(),
                    request.message(),
                    request.trailers());
            String commit = Commits.id(workspace.commit(request, Commits.JUDGE));
            assertEquals(git.run("rev-parse", commit + "^{tree}"), applied.run("write-tree"), patch);
        }
        return patch;
    }

    @Test
    void git_applies_what_any_changes_make_and_gets_the_committed_tree() throws Exception {
        Random random = new Random(20261123);
        Git repository = Git.init(directory.resolve("repository"));
        for (int i = 0; i < NAMES.size(); i += 2) {
            repository.write(NAMES.get(i), content(random));
        }
        base(repository);
        for (int round = 0; round < 40; round++) {
            int changes = 1 + random.nextInt(6);
            for (int i = 0; i < changes; i++) {
                change(random);
            }
            apply("round-" + round);
            scratch.reset();
        }
        git.run("fsck", "--strict");
    }

    private void change(Random random) throws Exception {
        String name = NAMES.get(random.nextInt(NAMES.size()));
        Path file = scratch.root().resolve(name);
        switch (random.nextInt(6)) {
            case 0, 1 -> {
                remove(file);
                scratch.files().write(name, content(random));
            }
            case 2 -> remove(file);
            case 3 -> {
                if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                    Files.setPosixFilePermissions(
                            file, PosixFilePermissions.fromString(random.nextBoolean() ? "rwxr-xr-x" : "rw-r--r--"));
                }
            }
            case 4 -> {
                remove(file);
                Files.createDirectories(file.getParent());
                Files.createSymbolicLink(file, Path.of("anywhere/é"));
            }
            default -> {
                remove(file);
                scratch.files().write(name + "/below", content(random));
            }
        }
    }

    private static void remove(Path path) throws IOException {
        if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
            try (var entries = Files.list(path)) {
                for (Path entry : entries.toList()) {
                    remove(entry);
                }
            }
        }
        Files.deleteIfExists(path);
    }

    private static byte[] content(Random random) {
        byte[] bytes = new byte[random.nextInt(300)];
        random.nextBytes(bytes);
        String lines =
                "same\n".repeat(random.nextInt(5)) + random.nextInt(9) + "\n" + "tail\n".repeat(random.nextInt(5));
        return switch (random.nextInt(8)) {
            case 0 -> new byte[0];
            case 1 -> bytes;
            case 2 -> "caf\u00e9\n".repeat(3).getBytes(ISO_8859_1);
            case 3 -> (lines + "no newline at the end " + random.nextInt(9)).getBytes(UTF_8);
            case 4 -> lines.replace("\n", "\r\n").getBytes(UTF_8);
            case 5 -> "\n".repeat(1 + random.nextInt(4)).getBytes(UTF_8);
            case 6 -> "lone \r and \u2028 é\n--- a/x\n+++ b/x\n@@ -1 +1 @@\n".getBytes(UTF_8);
            default -> lines.getBytes(UTF_8);
        };
    }

    @Test
    void a_text_patch_reads_as_git_writes_it() throws Exception {
        base(Git.init(directory.resolve("repository"))
                .write("a b.txt", "one\ntwo\n")
                .write("run.sh", "x\n"));
        scratch.files().write("a b.txt", "one\nTWO".getBytes(UTF_8));
        Files.setPosixFilePermissions(scratch.root().resolve("run.sh"), PosixFilePermissions.fromString("rwxr-xr-x"));
        String patch = apply("text");
        applied.run("reset", "-q", "--hard", "night/text");
        assertEquals(applied.run("diff", "--full-index", "main", "HEAD"), patch);
        assertTrue(patch.contains("\n-two\n+TWO\n\\ No newline at end of file\n"), patch);
    }

    @Test
    void an_untouched_checkout_makes_an_empty_patch() throws Exception {
        base(Git.init(directory.resolve("repository")).write("a", "a\n"));
        assertEquals("", apply("none"));
    }

    @Test
    void binary_content_is_exact_in_both_directions() throws Exception {
        byte[] large = new byte[3 * 1024 * 1024];
        new Random(1).nextBytes(large);
        base(Git.init(directory.resolve("repository")).write("data", large).write("latin1", "é".getBytes(ISO_8859_1)));
        large[7]++;
        scratch.files().write("data", large);
        scratch.files().write("latin1", "è".getBytes(ISO_8859_1));
        assertTrue(apply("binary").contains("GIT binary patch\nliteral " + large.length + "\n"));
    }
}
