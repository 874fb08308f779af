package pantheon.night.workspace.files;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import pantheon.night.workspace.files.PathRefused.Code;

class ScratchFilesTest {
    @TempDir
    Path directory;

    private Path root;
    private Path outside;
    private ScratchFiles files;

    @BeforeEach
    void lay_out() throws IOException {
        root = Files.createDirectory(directory.resolve("root"));
        outside = Files.createDirectory(directory.resolve("outside"));
        Files.writeString(outside.resolve("secret"), "secret");
        Files.createDirectories(root.resolve("docs/deep"));
        Files.writeString(root.resolve("docs/a.md"), "A");
        Files.writeString(root.resolve("docs/deep/b.md"), "B");
        files = ScratchFiles.at(root);
    }

    private static void refused(Code code, Executable call) {
        assertEquals(code, assertThrows(PathRefused.class, call).code());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }

    @Test
    void reads_what_is_there_byte_for_byte() throws Exception {
        byte[] content = {0, (byte) 0xff, '\r', '\n', (byte) 0xc3};
        Files.write(root.resolve("docs/raw"), content);
        assertArrayEquals(content, files.read("docs/raw"));
        assertArrayEquals(bytes("B"), files.read("docs/deep/b.md"));
        refused(Code.NOT_FOUND, () -> files.read("docs/none.md"));
        refused(Code.NOT_FOUND, () -> files.read("none/a.md"));
        refused(Code.NOT_DIRECTORY, () -> files.read("docs/a.md/x"));
        refused(Code.IS_DIRECTORY, () -> files.read("docs"));
    }

    @Test
    void writes_new_files_with_their_directories() throws Exception {
        files.write("new/er/est.md", bytes("N"));
        assertEquals("N", Files.readString(root.resolve("new/er/est.md")));
        refused(Code.IS_DIRECTORY, () -> files.write("docs", bytes("x")));
        refused(Code.NOT_DIRECTORY, () -> files.write("docs/a.md/x", bytes("x")));
    }

    @Test
    void a_file_is_replaced_as_a_whole_and_keeps_its_executable_bit() throws Exception {
        Path script = root.resolve("run.sh");
        Files.writeString(script, "old");
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
        Path link = outside.resolve("hard");
        Files.createLink(link, script);

        files.write("run.sh", bytes("new"));

        assertEquals("new", Files.readString(script));
        assertTrue(Files.isExecutable(script));
        assertEquals("old", Files.readString(link)); // replaced by renaming, not written through
        try (var entries = Files.list(root)) {
            assertEquals(
                    List.of("docs", "run.sh"),
                    entries.map(p -> p.getFileName().toString()).sorted().toList());
        }
    }

    @Test
    void existence_is_told_of_files_and_directories() throws Exception {
        assertTrue(files.exists("docs/a.md"));
        assertTrue(files.exists("docs"));
        assertFalse(files.exists("docs/none"));
        assertFalse(files.exists("none/none"));
        assertFalse(files.exists("docs/a.md/none"));
    }

    @Test
    void moves_to_a_new_name_and_overwrites_nothing() throws Exception {
        files.move("docs/a.md", "moved/here.md");
        assertEquals("A", Files.readString(root.resolve("moved/here.md")));
        assertFalse(files.exists("docs/a.md"));

        refused(Code.EXISTS, () -> files.move("moved/here.md", "docs/deep/b.md"));
        refused(Code.EXISTS, () -> files.move("moved/here.md", "docs"));
        refused(Code.EXISTS, () -> files.move("moved/here.md", "moved/here.md"));
        refused(Code.NOT_FOUND, () -> files.move("docs/a.md", "x.md"));
        refused(Code.IS_DIRECTORY, () -> files.move("docs", "x"));
        refused(Code.NOT_DIRECTORY, () -> files.move("moved/here.md", "docs/deep/b.md/x"));
        assertEquals("B", Files.readString(root.resolve("docs/deep/b.md")));
        assertEquals("A", Files.readString(root.resolve("moved/here.md")));
    }

    @Test
    void deletes_files_only() throws Exception {
        files.delete("docs/a.md");
        assertFalse(Files.exists(root.resolve("docs/a.md")));
        refused(Code.NOT_FOUND, () -> files.delete("docs/a.md"));
        refused(Code.IS_DIRECTORY, () -> files.delete("docs"));
    }

    @Test
    void lists_sorted_with_a_limit() throws Exception {
        for (String path : List.of("docs-x", "docs.y", "z", "docs/deep/.hidden", ".github/w.yml")) {
            files.write(path, new byte[0]);
        }
        List<String> all =
                List.of(".github/w.yml", "docs-x", "docs.y", "docs/a.md", "docs/deep/.hidden", "docs/deep/b.md", "z");
        assertEquals(new Listing(all, true), files.list("", 7));
        assertEquals(all.stream().sorted().toList(), all);
        assertEquals(new Listing(all, true), files.list(".", 100));
        assertEquals(new Listing(all.subList(0, 6), false), files.list("", 6));
        assertEquals(new Listing(List.of("docs/deep/.hidden", "docs/deep/b.md"), true), files.list("docs/deep", 9));
        assertEquals(new Listing(List.of(), false), files.list("docs", 0));
        refused(Code.NOT_FOUND, () -> files.list("none", 9));
        refused(Code.NOT_DIRECTORY, () -> files.list("docs/a.md", 9));
        refused(Code.PARENT, () -> files.list("..", 9));
    }

    @Test
    void git_links_and_special_names_are_not_listed() throws Exception {
        Files.createDirectories(root.resolve("sub/.git/refs"));
        Files.writeString(root.resolve("sub/.git/config"), "x");
        Files.writeString(root.resolve("sub/.GIT"), "x");
        Files.writeString(root.resolve("sub/back\\slash"), "x");
        Files.createSymbolicLink(root.resolve("sub/link"), Path.of("../docs/a.md"));
        Files.createSymbolicLink(root.resolve("linked"), Path.of("docs"));
        new ProcessBuilder("mkfifo", root.resolve("pipe").toString()).start().waitFor();
        Files.writeString(root.resolve("sub/new\nline"), "x");
        assertEquals(
                List.of("docs/a.md", "docs/deep/b.md", "sub/new\nline"),
                files.list("", 99).paths());
    }

    @Test
    void names_with_newlines_spaces_and_any_unicode_are_plain_files() throws Exception {
        for (String name : List.of("new\nline", " lead and trail ", "日本/語", "e\u0301", "\u00e9", "😀", "-n", "*")) {
            files.write(name, bytes(name));
            assertArrayEquals(bytes(name), files.read(name));
            assertTrue(files.exists(name));
            files.move(name, "moved " + name);
            files.delete("moved " + name);
            assertFalse(files.exists(name));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"../outside/secret", "/etc/passwd", "docs/../../outside/secret", "docs/.git/x", "a\0b"})
    void no_operation_takes_a_path_that_leads_out(String path) {
        for (Executable call : every(path)) {
            assertThrows(PathRefused.class, call);
        }
    }

    private List<Executable> every(String path) {
        return List.of(
                () -> files.read(path),
                () -> files.write(path, bytes("x")),
                () -> files.exists(path),
                () -> files.list(path, 9),
                () -> files.move(path, "target"),
                () -> files.move("docs/a.md", path),
                () -> files.delete(path));
    }

    @ParameterizedTest
    @ValueSource(strings = {"../outside", "docs", ".", "/", "missing"})
    void a_link_is_followed_by_no_operation_wherever_it_points(String target) throws Exception {
        Files.createSymbolicLink(root.resolve("link"), Path.of(target));
        for (Executable call : every("link/secret")) {
            refused(Code.SYMLINK, call);
        }
        refused(Code.SYMLINK, () -> files.list("link", 9));
        // The control: the same call on a real directory of that shape works.
        Files.createDirectory(root.resolve("real"));
        files.write("real/secret", bytes("x"));
        assertArrayEquals(bytes("x"), files.read("real/secret"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"../outside/secret", "docs/a.md", "missing"})
    void a_link_as_the_last_segment_is_neither_read_nor_replaced(String target) throws Exception {
        Path link = Files.createSymbolicLink(root.resolve("link"), Path.of(target));
        refused(Code.SYMLINK, () -> files.read("link"));
        refused(Code.SYMLINK, () -> files.write("link", bytes("x")));
        refused(Code.SYMLINK, () -> files.exists("link"));
        refused(Code.SYMLINK, () -> files.delete("link"));
        refused(Code.SYMLINK, () -> files.move("link", "y"));
        refused(Code.EXISTS, () -> files.move("docs/a.md", "link"));
        assertEquals(Path.of(target), Files.readSymbolicLink(link));
        assertEquals("A", Files.readString(root.resolve("docs/a.md")));
        assertEquals("secret", Files.readString(outside.resolve("secret")));
    }

    @Test
    void pipes_are_refused_without_waiting_for_a_writer() throws Exception {
        assertEquals(
                0,
                new ProcessBuilder("mkfifo", root.resolve("pipe").toString())
                        .start()
                        .waitFor());
        refused(Code.NOT_REGULAR, () -> files.read("pipe"));
        refused(Code.NOT_REGULAR, () -> files.write("pipe", bytes("x")));
        refused(Code.NOT_REGULAR, () -> files.exists("pipe"));
        refused(Code.NOT_REGULAR, () -> files.delete("pipe"));
        refused(Code.NOT_REGULAR, () -> files.move("pipe", "y"));
        refused(Code.NOT_REGULAR, () -> files.read("pipe/x"));
        assertTrue(Files.exists(root.resolve("pipe"), LinkOption.NOFOLLOW_LINKS));
    }

    @Test
    void sizes_are_limited_both_ways() throws Exception {
        byte[] largest = new byte[ScratchFiles.MAX_FILE_BYTES];
        files.write("largest", largest);
        assertEquals(largest.length, files.read("largest").length);
        refused(Code.TOO_LARGE, () -> files.write("larger", new byte[largest.length + 1]));
        assertFalse(Files.exists(root.resolve("larger")));
        try (RandomAccessFile sparse =
                new RandomAccessFile(root.resolve("sparse").toFile(), "rw")) {
            sparse.setLength(1L << 40);
        }
        refused(Code.TOO_LARGE, () -> files.read("sparse"));
    }
}
