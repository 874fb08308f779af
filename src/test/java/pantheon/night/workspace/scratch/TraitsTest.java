package pantheon.night.workspace.scratch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pantheon.night.local.Architecture;
import pantheon.night.local.Kernel;
import pantheon.night.local.SystemCall;
import pantheon.night.workspace.Git;
import pantheon.night.workspace.TreeSnapshot;
import pantheon.night.workspace.Workspace;
import pantheon.night.workspace.files.OpenDirectory;
import pantheon.night.workspace.files.Traits;

/** What a tool may give to files and folders beside their content is gone for the next task. */
class TraitsTest {
    private static final Kernel KERNEL = new Kernel(Architecture.current());
    private static final long SET_FLAGS = 0x40086602L;
    private static final int NO_DUMP = 0x40;
    private static final int AT_FDCWD = -100;

    /** Owner, group and others as in mode 0755: what is made below looks as it would without the list. */
    private static final byte[] HARMLESS_LIST = ByteBuffer.allocate(28)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putInt(2)
            .putShort((short) 0x01)
            .putShort((short) 7)
            .putInt(-1)
            .putShort((short) 0x04)
            .putShort((short) 5)
            .putInt(-1)
            .putShort((short) 0x20)
            .putShort((short) 5)
            .putInt(-1)
            .array();

    @TempDir
    Path directory;

    private Workspace workspace;
    private Scratch scratch;
    private Path root;
    private List<Object> fresh;

    @BeforeEach
    void check_out() throws IOException {
        var git = Git.init(directory.resolve("repository"));
        git.write("a.txt", "a").write("d/b.txt", "b").write("d/e/c.txt", "c");
        git.commitAll("base");
        workspace = Workspace.open(git.directory());
        scratch = workspace.checkout(workspace.baseCommit(), directory.resolve("scratch"));
        root = scratch.root();
        fresh = all(root);
    }

    @AfterEach
    void close() {
        workspace.close();
    }

    /** What every file and folder carries, in the order of their paths. */
    private static List<Object> all(Path root) throws IOException {
        var all = new ArrayList<Object>(TreeSnapshot.of(root).keySet());
        try (var paths = Files.walk(root)) {
            for (var path : paths.sorted().toList()) {
                try (var parent = OpenDirectory.top(path.resolveSibling(""))) {
                    all.add(Traits.of(parent, path.getFileName()));
                }
            }
        }
        return all;
    }

    private void isGoneAfterwards() throws IOException {
        assertNotEquals(fresh, all(root), "the control: it was there");
        scratch = scratch.next();
        assertEquals(fresh, all(scratch.root()));
    }

    private void attribute(String path) throws IOException {
        Files.getFileAttributeView(root.resolve(path), UserDefinedFileAttributeView.class)
                .write("mark", ByteBuffer.wrap("from task 5".getBytes(UTF_8)));
    }

    @Test
    void an_attribute_of_a_file_is_gone() throws IOException {
        attribute("d/e/c.txt");
        isGoneAfterwards();
        assertEquals(root, scratch.root(), "the file was made anew, not the checkout");
    }

    @Test
    void an_attribute_of_a_folder_is_gone() throws IOException {
        attribute("d/e");
        isGoneAfterwards();
        assertEquals(root, scratch.root());
    }

    @Test
    void an_attribute_of_the_checkout_itself_is_gone() throws IOException {
        attribute("");
        isGoneAfterwards();
        assertNotEquals(root, scratch.root());
        assertTrue(Files.notExists(root), "the one that was given up is removed");
    }

    @Test
    void a_default_access_control_list_is_gone() throws IOException {
        setAttribute("d", "system.posix_acl_default", HARMLESS_LIST);
        isGoneAfterwards();
    }

    @Test
    void a_default_access_control_list_of_the_checkout_itself_is_gone() throws IOException {
        setAttribute("", "system.posix_acl_default", HARMLESS_LIST);
        Files.writeString(root.resolve("d/b.txt"), "changed");
        isGoneAfterwards();
    }

    @Test
    void flags_of_files_and_folders_are_gone() throws IOException {
        setFlag("a.txt");
        setFlag("d");
        isGoneAfterwards();
    }

    @Test
    void bits_that_give_the_owner_or_group_to_whoever_comes_are_gone() throws Exception {
        Files.setAttribute(root.resolve("d"), "unix:mode", 02755);
        Files.setAttribute(root.resolve("d/e"), "unix:mode", 01755);
        Files.setAttribute(root.resolve("a.txt"), "unix:mode", 04644);
        isGoneAfterwards();
        assertTrue(scratch.diff().isEmpty());
    }

    @Test
    void a_second_name_of_a_file_does_not_lead_into_the_next_task() throws IOException {
        var outside = directory.resolve("second");
        Files.createLink(outside, root.resolve("a.txt"));
        isGoneAfterwards();
        Files.writeString(outside, "late");
        assertEquals("a", Files.readString(scratch.root().resolve("a.txt")));
    }

    @Test
    void times_of_folders_are_what_they_were() throws IOException {
        var folders = List.of("", "d", "d/e");
        Files.writeString(root.resolve("d/e/new"), "makes a time of its own");
        scratch = scratch.next();
        var times = times(folders);
        for (var folder : folders) {
            Files.setLastModifiedTime(root.resolve(folder), FileTime.fromMillis(1234));
        }
        assertNotEquals(times, times(folders), "the control: they were there");
        Files.writeString(root.resolve("d/b.txt"), "changed");
        scratch = scratch.next();
        assertEquals(times, times(folders));
        assertEquals(root, scratch.root());
    }

    private List<FileTime> times(List<String> folders) throws IOException {
        var times = new ArrayList<FileTime>();
        for (var folder : folders) {
            times.add(Files.getLastModifiedTime(root.resolve(folder)));
        }
        return times;
    }

    @Test
    void what_carries_nothing_stays_as_it_is() throws Exception {
        Thread.sleep(1100); // the stamps settle
        scratch.reset();
        var before = Files.getAttribute(root.resolve("d/e"), "unix:ctime");
        assertSame(scratch, scratch.next());
        assertEquals(before, Files.getAttribute(root.resolve("d/e"), "unix:ctime"));
    }

    private void setAttribute(String path, String name, byte[] value) {
        try (var arena = Arena.ofConfined()) {
            var bytes = arena.allocateFrom(ValueLayout.JAVA_BYTE, value);
            var set = KERNEL.call(
                    SystemCall.LSETXATTR,
                    arena.allocateFrom(root.resolve(path).toString()).address(),
                    arena.allocateFrom(name).address(),
                    bytes.address(),
                    value.length);
            assertTrue(set.succeeded(), () -> name + " cannot be set here: " + set);
        }
    }

    private void setFlag(String path) {
        try (var arena = Arena.ofConfined()) {
            var file = arena.allocateFrom(root.resolve(path).toString());
            var opened = KERNEL.call(SystemCall.OPENAT, AT_FDCWD, file.address());
            var flags = arena.allocateFrom(ValueLayout.JAVA_LONG, NO_DUMP);
            var set = KERNEL.call(SystemCall.IOCTL, opened.value(), SET_FLAGS, flags.address());
            KERNEL.call(SystemCall.CLOSE, opened.value());
            assertTrue(set.succeeded(), () -> "the flag cannot be set here: " + set);
        }
    }
}
