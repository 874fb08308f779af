package pantheon.night.workspace.scratch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pantheon.night.ExitCode;
import pantheon.night.NightException;
import pantheon.night.workspace.Git;
import pantheon.night.workspace.TreeSnapshot;
import pantheon.night.workspace.Workspace;
import pantheon.night.workspace.files.PathRefused;
import pantheon.night.workspace.files.PathRefused.Code;
import pantheon.night.workspace.git.Change;
import pantheon.night.workspace.git.Diff;

class ScratchTest {
    @TempDir
    Path directory;

    private Git git;
    private Workspace workspace;
    private Scratch scratch;
    private Path root;
    private SortedMap<String, String> fresh;

    @BeforeEach
    void check_out() throws IOException {
        git = Git.init(directory.resolve("repository"));
        git.write("a.txt", "a\n")
                .write("crlf.txt", "one\r\ntwo\r\n")
                .write("docs/guide/b.md", "B\n")
                .write("docs/guide/c.md", "C\n")
                .write("docs/new\nline é 😀.md", "odd\n")
                .write("empty", "")
                .write("raw.bin", new byte[] {0, 1, (byte) 0xff, '\n', '\r'})
                .write("run.sh", "#!/bin/sh\n")
                .write(".gitattributes", "* text=auto eol=crlf\n*.md filter=lfs diff=lfs\n")
                .write(".gitignore", "*.log\n");
        Files.setPosixFilePermissions(git.directory().resolve("run.sh"), PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.createSymbolicLink(git.directory().resolve("docs/link"), Path.of("guide/b.md"));
        Files.createSymbolicLink(git.directory().resolve("out"), Path.of(".."));
        git.commitAll("base");
        workspace = Workspace.open(git.directory());
        scratch = workspace.checkout(workspace.baseCommit(), directory.resolve("scratch"));
        root = scratch.root();
        fresh = TreeSnapshot.of(root);
    }

    @AfterEach
    void close() {
        workspace.close();
    }

    @Test
    void holds_exactly_the_stored_blobs_and_nothing_else() throws IOException {
        for (String path : git.names("ls-tree", "-r", "-z", "--name-only", "HEAD")) {
            Path file = root.resolve(path);
            byte[] content = Files.isSymbolicLink(file)
                    ? Files.readSymbolicLink(file).toString().getBytes(UTF_8)
                    : Files.readAllBytes(file);
            assertArrayEquals(git.feed(new byte[0], "cat-file", "blob", "HEAD:" + path), content, path);
        }
        assertEquals("100755", Integer.toOctalString((int) Files.getAttribute(root.resolve("run.sh"), "unix:mode")));
        assertEquals("100644", Integer.toOctalString((int) Files.getAttribute(root.resolve("a.txt"), "unix:mode")));
        assertFalse(Files.exists(root.resolve(".git")));
        assertEquals(12 + 3, fresh.size()); // with the root and two directories
        assertEquals(List.of(), scratch.leftOut());
    }

    @Test
    void an_untouched_checkout_has_no_diff() throws Exception {
        assertTrue(scratch.diff().isEmpty());
        assertEquals("", scratch.diff().patch());
    }

    @Test
    void reset_undoes_everything_that_can_be_done_to_it() throws Exception {
        Files.writeString(root.resolve("a.txt"), "changed");
        Files.setPosixFilePermissions(root.resolve("run.sh"), PosixFilePermissions.fromString("rw-r--r--"));
        Files.setPosixFilePermissions(root.resolve("empty"), PosixFilePermissions.fromString("---------"));
        Files.delete(root.resolve("crlf.txt"));
        Files.createDirectory(root.resolve("crlf.txt"));
        Files.writeString(root.resolve("crlf.txt/inside"), "x");
        Files.delete(root.resolve("raw.bin"));
        Files.createSymbolicLink(root.resolve("raw.bin"), Path.of("/etc/passwd"));
        Files.delete(root.resolve("docs/link"));
        Files.createSymbolicLink(root.resolve("docs/link"), Path.of("guide/c.md"));
        Files.delete(root.resolve("out"));
        Files.delete(root.resolve(".gitignore"));
        Files.move(root.resolve("docs/guide"), root.resolve("docs/elsewhere"));
        Files.createSymbolicLink(root.resolve("docs/guide"), Path.of("elsewhere"));
        Files.createDirectories(root.resolve("added/.git/objects"));
        Files.writeString(root.resolve("added/.git/HEAD"), "x");
        shell(
                "mkfifo added/pipe; printf x > \"$(printf 'added/\\377')\"; chmod 000 added; chmod 555 docs; chmod 700 .");

        scratch.reset();

        assertEquals(fresh, TreeSnapshot.of(root));
        assertTrue(scratch.diff().isEmpty());
    }

    @Test
    void reset_deletes_nothing_outside_that_a_link_points_to() throws Exception {
        Path outside = Files.createDirectory(directory.resolve("outside"));
        Files.writeString(outside.resolve("kept"), "kept");
        shell("rm -r docs");
        Files.createSymbolicLink(root.resolve("docs"), outside);
        Files.createSymbolicLink(root.resolve("more"), outside);
        scratch.reset();
        assertEquals(fresh, TreeSnapshot.of(root));
        assertEquals("kept", Files.readString(outside.resolve("kept")));
    }

    @Test
    void reset_removes_trees_deeper_than_files_can_be_opened() throws Exception {
        Path deep = Files.createDirectories(root.resolve("x" + "/d".repeat(1500)));
        Files.createDirectories(root.resolve("y" + "/d".repeat(1500)));
        Files.move(root.resolve("y"), deep.resolve("y")); // now beyond what any path can name
        assertEquals(
                Code.BAD_NAME, assertThrows(PathRefused.class, scratch::diff).code());
        scratch.reset();
        assertEquals(fresh, TreeSnapshot.of(root));
    }

    @Test
    void a_change_that_keeps_size_and_times_is_found_at_once() throws Exception {
        BasicFileAttributeView view = Files.getFileAttributeView(root.resolve("a.txt"), BasicFileAttributeView.class);
        FileTime modified = view.readAttributes().lastModifiedTime();
        Files.writeString(root.resolve("a.txt"), "b\n");
        view.setTimes(modified, null, null);
        assertEquals(List.of("a.txt"), paths(scratch.diff()));
        scratch.reset();
        assertEquals(fresh, TreeSnapshot.of(root));
    }

    @Test
    void a_change_that_keeps_size_and_times_is_found_after_the_stamps_have_settled() throws Exception {
        settle();
        BasicFileAttributeView view = Files.getFileAttributeView(root.resolve("a.txt"), BasicFileAttributeView.class);
        FileTime modified = view.readAttributes().lastModifiedTime();
        Files.writeString(root.resolve("a.txt"), "b\n");
        view.setTimes(modified, null, null);
        assertEquals(List.of("a.txt"), paths(scratch.diff()));
        scratch.reset();
        assertEquals(fresh, TreeSnapshot.of(root));
    }

    @Test
    void a_settled_file_is_not_written_again_and_a_touched_one_is() throws Exception {
        settle();
        Path file = root.resolve("a.txt");
        Object before = Files.getAttribute(file, "unix:ctime");
        scratch.reset();
        assertEquals(before, Files.getAttribute(file, "unix:ctime"));
        Files.setLastModifiedTime(file, FileTime.fromMillis(0));
        scratch.reset();
        assertNotEquals(FileTime.fromMillis(0), Files.getLastModifiedTime(file));
    }

    private void settle() throws Exception {
        Thread.sleep(1100);
        scratch.reset();
    }

    @Test
    void the_diff_names_every_change_with_modes_and_blobs() throws Exception {
        scratch.files().write("a.txt", "A\n".getBytes(UTF_8));
        scratch.files().move("docs/guide/b.md", "docs/moved.md");
        scratch.files().write("ignored.log", new byte[0]);
        Files.setPosixFilePermissions(root.resolve("run.sh"), PosixFilePermissions.fromString("rw-r--r--"));
        Files.createDirectory(root.resolve("empty-directory"));
        Files.setLastModifiedTime(root.resolve("empty"), FileTime.fromMillis(0));
        Files.delete(root.resolve("out"));
        Files.writeString(root.resolve("out"), "a file now");

        Diff diff = scratch.diff();

        assertEquals(workspace.baseCommit(), diff.baseCommit());
        assertEquals(
                List.of(
                        "MODIFIED a.txt 100644 100644",
                        "DELETED docs/guide/b.md 100644 -",
                        "ADDED docs/moved.md - 100644",
                        "ADDED ignored.log - 100644",
                        "MODIFIED out 120000 100644",
                        "MODIFIED run.sh 100755 100644"),
                diff.changes().stream()
                        .map(c -> c.kind() + " " + c.path() + " " + mode(c.before()) + " " + mode(c.after()))
                        .toList());
        Change.Entry moved = Objects.requireNonNull(diff.changes().get(2).after());
        assertEquals(git.run("rev-parse", "HEAD:docs/guide/b.md").strip(), moved.id());
        assertArrayEquals("a\n".getBytes(UTF_8), diff.before("a.txt").orElseThrow());
        assertArrayEquals("A\n".getBytes(UTF_8), diff.after("a.txt").orElseThrow());
        assertTrue(diff.before("docs/moved.md").isEmpty());
        assertTrue(diff.after("docs/guide/b.md").isEmpty());
        assertTrue(diff.before("crlf.txt").isEmpty());
    }

    private static String mode(Change.@Nullable Entry entry) {
        return entry == null ? "-" : entry.mode().octal();
    }

    @Test
    void the_diff_refuses_what_no_commit_of_a_night_may_hold() throws Exception {
        refused(Code.GIT, "mkdir -p x/.git; touch x/.git/config");
        refused(Code.NOT_REGULAR, "mkfifo pipe");
        refused(Code.TOO_LARGE, "truncate -s 16777217 large");
        refused(Code.BAD_NAME, "printf x > \"$(printf 'bad\\377name')\"");
        refused(Code.BAD_NAME, "mkdir \"$(printf 'bad\\377name')\"; touch \"$(printf 'bad\\377name')/x\"");
        refused(Code.TOO_LARGE, "mkdir many; cd many; seq 10001 | xargs touch");
        shell("truncate -s 16777216 large");
        assertEquals(List.of("large"), paths(scratch.diff())); // the control: the largest size is fine
    }

    private void refused(Code code, String command) throws Exception {
        shell(command);
        assertEquals(
                code, assertThrows(PathRefused.class, scratch::diff, command).code(), command);
        scratch.reset();
        assertEquals(fresh, TreeSnapshot.of(root), command);
    }

    @Test
    void submodules_and_what_cannot_be_made_exactly_are_left_out_and_left_alone() throws Exception {
        String blob = new String(git.feed("x".getBytes(UTF_8), "hash-object", "-w", "--stdin"), UTF_8).strip();
        String slash = new String(git.feed("docs//guide/".getBytes(UTF_8), "hash-object", "-w", "--stdin"), UTF_8);
        String head = workspace.baseCommit();
        String entries = "160000 commit " + head + "\tsub\0" + "100644 blob " + blob + "\tgit~1\0" + "120000 blob "
                + slash.strip() + "\tlink\0" + "100644 blob " + blob + "\tplain\0";
        byte[] bytes = entries.getBytes(UTF_8);
        String tree = new String(git.feed(bytes, "mktree", "-z"), UTF_8).strip();
        String commit = git.run("commit-tree", "-m", "odd", tree).strip();

        Scratch odd = workspace.checkout(commit, directory.resolve("odd"));

        assertEquals(List.of("git~1", "link"), odd.leftOut());
        assertEquals(
                List.of("", "plain", "sub"),
                List.copyOf(TreeSnapshot.of(odd.root()).keySet()));
        assertTrue(odd.diff().isEmpty());
        Files.writeString(odd.root().resolve("sub/new"), "x");
        assertEquals(List.of("sub", "sub/new"), paths(odd.diff()));
        odd.reset();
        assertEquals(
                List.of("", "plain", "sub"),
                List.copyOf(TreeSnapshot.of(odd.root()).keySet()));
    }

    @Test
    void a_second_checkout_stands_elsewhere_in_the_directory_of_a_crashed_night() throws Exception {
        Files.writeString(root.resolve("a.txt"), "half done");
        Files.writeString(root.resolve(".night-0123456789abcdef"), "temporary");
        Scratch again = workspace.checkout(workspace.baseCommit(), directory.resolve("scratch"));
        assertEquals(fresh, TreeSnapshot.of(again.root()));
        assertNotEquals(root, again.root(), "what may still run from the night before reaches no other folder");
        assertTrue(Files.notExists(root));
    }

    @Test
    void what_is_still_open_of_an_earlier_checkout_leads_into_no_later_one() throws Exception {
        var survivor = new ProcessBuilder("sh", "-c", "read line; : > late; : > ../late && echo written")
                .directory(root.toFile())
                .start();
        var again = workspace.checkout(workspace.baseCommit(), directory.resolve("scratch"));
        survivor.getOutputStream().write('\n');
        survivor.getOutputStream().close();
        assertEquals(
                "", new String(survivor.getInputStream().readAllBytes(), UTF_8)); // its folder has no name any more
        assertEquals(fresh, TreeSnapshot.of(again.root()));
    }

    @Test
    void a_directory_with_someone_elses_files_is_refused() throws IOException {
        Path theirs = Files.createDirectory(directory.resolve("theirs"));
        Files.writeString(theirs.resolve("thesis.txt"), "years of work");
        NightException refused =
                assertThrows(NightException.class, () -> workspace.checkout(workspace.baseCommit(), theirs));
        assertEquals(ExitCode.CANT_CREATE, refused.exitCode());
        assertEquals("years of work", Files.readString(theirs.resolve("thesis.txt")));
    }

    @Test
    void the_users_repository_and_files_are_only_read() throws Exception {
        SortedMap<String, String> before = TreeSnapshot.of(git.directory());
        FileTime index = Files.getLastModifiedTime(git.directory().resolve(".git/index"));
        scratch.files().write("a.txt", new byte[] {1});
        scratch.diff().patch();
        scratch.reset();
        assertEquals(before, TreeSnapshot.of(git.directory()));
        assertEquals(index, Files.getLastModifiedTime(git.directory().resolve(".git/index")));
    }

    private static List<String> paths(Diff diff) {
        return diff.changes().stream().map(Change::path).toList();
    }

    private void shell(String command) throws IOException, InterruptedException {
        assertTrue(Files.isDirectory(root, LinkOption.NOFOLLOW_LINKS));
        Process process = new ProcessBuilder("sh", "-c", command)
                .directory(root.toFile())
                .inheritIO()
                .start();
        assertEquals(0, process.waitFor(), command);
    }
}
