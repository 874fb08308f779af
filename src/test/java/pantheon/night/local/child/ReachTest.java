package pantheon.night.local.child;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pantheon.night.local.NativePrograms;
import pantheon.night.local.Probe;
import pantheon.night.local.child.ChildEnd.Stop;

/** What a real tool reaches of the program, of other processes and of what outlives it; beside each, without confinement. */
final class ReachTest {
    private static final Integer EPERM = 1;
    private static final Integer EOPNOTSUPP = 95;

    /** Which a pipe does not know, and which no kernel of 64 bits takes from a program of 64 bits. */
    private static final Set<String> OF_NOBODY =
            Set.of("setflags_32", "setversion_32", "fiosetown", "siocspgrp", "timer", "file_setattr", "setattrat");

    @TempDir
    private static Path programs;

    private static Path reach;
    private static Path tree;

    @TempDir
    private Path folder;

    private Path workspace;
    private Path outside;

    @BeforeAll
    static void build() throws Exception {
        reach = NativePrograms.build("reach", programs);
        tree = NativePrograms.build("tree", programs);
    }

    @BeforeEach
    void lay_out() throws IOException {
        workspace = Files.createDirectory(folder.resolve("workspace"));
        outside = Files.writeString(folder.resolve("outside"), "theirs");
    }

    private ChildEnd run(boolean writes, Object... argv) {
        return ConfinedChild.run(command(workspace, outside, writes, argv));
    }

    static ChildCommand command(Path workspace, Path readable, boolean writes, Object... argv) {
        return new ChildCommand(
                Stream.of(argv).map(Object::toString).toList(),
                Map.of("PATH", "/usr/bin:/bin"),
                workspace,
                List.of(workspace, readable, Path.of(argv[0].toString()).toAbsolutePath()),
                writes ? List.of(workspace) : List.of(),
                writes,
                new ChildLimits(Duration.ofSeconds(60), 30, 4L << 30, 500, 1 << 24, 64, 1 << 20));
    }

    private String output(boolean writes, Object... argv) {
        var end = run(writes, argv);
        assertEquals(Stop.NONE, end.stop(), end::toString);
        assertEquals("", end.error());
        assertEquals(0, end.exitCode(), end::toString);
        return end.output();
    }

    private String unconfined(Object... argv) throws Exception {
        var process = new ProcessBuilder(Stream.of(argv).map(Object::toString).toList())
                .directory(workspace.toFile())
                .redirectErrorStream(true)
                .start();
        var out = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertEquals(0, process.waitFor(), out);
        return out;
    }

    private static Map<String, List<Integer>> numbers(String lines) {
        var numbers = new TreeMap<String, List<Integer>>();
        lines.lines()
                .map(line -> Arrays.asList(line.split(" ")))
                .forEach(words -> numbers.put(
                        words.getFirst(),
                        words.stream().skip(1).map(Integer::valueOf).toList()));
        return numbers;
    }

    private static Map<String, Integer> errnos(String lines) {
        var errnos = new TreeMap<String, Integer>();
        numbers(lines).forEach((way, found) -> errnos.put(way, found.getFirst()));
        return errnos;
    }

    @Test
    void a_tool_signals_its_own_processes_and_no_thread_of_the_program() throws Exception {
        var arguments = new ArrayList<Object>(List.of(reach, "signals", 300, pid()));
        var threads = threads();
        arguments.addAll(threads);
        var confined = numbers(output(true, arguments.toArray()));
        var own = Objects.requireNonNull(confined.remove("self"));
        assertEquals(Set.of("kill", "group", "tkill", "tgkill", "queue", "thread_queue", "pidfd"), confined.keySet());
        confined.forEach((way, answered) ->
                assertTrue(own.containsAll(answered), () -> way + " reached " + answered + ", own are " + own));
        assertEquals(own, confined.get("kill"));

        var free = numbers(unconfined(arguments.toArray()));
        for (var way : List.of("kill", "tkill", "tgkill", "queue", "thread_queue")) {
            assertTrue(Objects.requireNonNull(free.get(way)).containsAll(threads), way);
        }
        assertTrue(Objects.requireNonNull(free.get("pidfd")).contains(pid()));
    }

    private static int pid() {
        return (int) ProcessHandle.current().pid();
    }

    private static List<Integer> threads() throws IOException {
        try (var entries = Files.list(Path.of("/proc/self/task"))) {
            return entries.map(entry -> Integer.valueOf(entry.getFileName().toString()))
                    .toList();
        }
    }

    @Test
    void while_a_tool_runs_no_thread_of_the_program_is_where_it_is() throws Exception {
        for (int i = 0; i < 20; i++) {
            var script = "for t in $*; do kill -0 $t 2>/dev/null && echo $t; done; true";
            var arguments = new ArrayList<Object>(List.of("/bin/sh", "-c", script, "sh"));
            arguments.addAll(threads());
            assertEquals("", output(true, arguments.toArray()));
        }
    }

    @Test
    void nothing_is_told_to_the_program_by_a_descriptor_or_a_timer() throws Exception {
        var confined = errnos(output(true, reach, "asynchronous", pid()));
        confined.forEach((way, errno) -> assertEquals(way.equals("timer") ? 22 : EPERM, errno, way));
        errnos(unconfined(reach, "asynchronous", pid())).forEach((way, errno) -> {
            if (!OF_NOBODY.contains(way)) {
                assertEquals(0, errno, way);
            }
        });
    }

    @Test
    void objects_of_system_v_stay_as_they_are() throws Exception {
        var ids = List.of(made("ipcmk -M 4096"), made("ipcmk -S 1"), made("ipcmk -Q"));
        try {
            var before = described(ids);
            var confined = errnos(output(true, reach, "ipc", ids.get(0), ids.get(1), ids.get(2)));
            confined.forEach((way, errno) -> assertEquals(EPERM, errno, way));
            assertEquals(13, confined.size());
            assertEquals(before, described(ids));

            var free = errnos(unconfined(reach, "ipc", ids.get(0), ids.get(1), ids.get(2)));
            free.forEach((way, errno) -> assertEquals(way.equals("msgrcv") ? 42 : 0, errno, way)); // it was empty
            assertTrue(!before.equals(described(ids)));
        } finally {
            Probe.run("ipcrm -m %s -s %s -q %s".formatted(ids.toArray()));
        }
    }

    private static String made(String command) throws Exception {
        var made = Probe.run(command);
        assertEquals(0, made.status(), made.out());
        return made.out().replaceAll("\\D", "");
    }

    private static String described(List<String> ids) throws Exception {
        return Probe.run("ipcs -m -i %s; ipcs -s -i %s; ipcs -q -i %s".formatted(ids.toArray()))
                .out();
    }

    @Test
    void one_that_writes_nothing_changes_no_mode_owner_time_or_attribute() throws Exception {
        for (var file : List.of(outside, Files.writeString(workspace.resolve("file"), "ours"))) {
            var before = metadata(file);
            var confined = errnos(output(false, reach, "metadata", file));
            confined.forEach((way, errno) -> assertEquals(EPERM, errno, way));
            assertEquals(before, metadata(file));
        }
        errnos(unconfined(reach, "metadata", outside)).forEach((way, errno) -> {
            if (!OF_NOBODY.contains(way)) {
                assertEquals(0, errno, way);
            }
        });
    }

    @Test
    void one_that_writes_changes_modes_and_times_in_its_folders_alone() throws Exception {
        var before = metadata(outside);
        errnos(output(true, reach, "metadata", outside)).forEach((way, errno) -> {
            assertTrue(errno.equals(EPERM) || errno.equals(EOPNOTSUPP), () -> way + " " + errno);
        });
        assertEquals(before, metadata(outside));

        var file = Files.writeString(workspace.resolve("file"), "ours");
        var inside = errnos(output(true, reach, "metadata", file));
        var through = new TreeSet<String>();
        inside.forEach((way, errno) -> {
            if (errno == 0) {
                through.add(way);
            }
        });
        var expected = new TreeSet<>(inside.keySet());
        expected.removeIf(way -> way.contains("attr") || way.contains("setflags") || way.contains("setversion"));
        expected.remove("set_user_id");
        assertEquals(expected, through);
        assertEquals("rw-r--r--", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    }

    private static String metadata(Path file) throws Exception {
        return Files.readAttributes(file, "unix:mode,uid,gid,lastModifiedTime,ctime")
                + Probe.run("getfattr -d %1$s 2>&1; lsattr %1$s 2>&1".formatted(file))
                        .out();
    }

    @Test
    void attributes_of_no_file_are_read() throws Exception {
        Files.getFileAttributeView(outside, UserDefinedFileAttributeView.class)
                .write("night", ByteBuffer.wrap("secret".getBytes(UTF_8)));
        for (boolean writes : new boolean[] {true, false}) {
            errnos(output(writes, reach, "attributes", outside))
                    .forEach((way, errno) -> assertEquals(EOPNOTSUPP, errno, way));
        }
        errnos(unconfined(reach, "attributes", outside)).forEach((way, errno) -> {
            if (!way.endsWith("attrat")) { // Linux 6.13
                assertEquals(0, errno, way);
            }
        });
    }

    @Test
    void a_pair_of_streams_is_a_pipe_of_two_ways_and_no_more() throws Exception {
        var confined = errnos(output(false, reach, "pair", "pantheon-night-test"));
        var free = errnos(unconfined(reach, "pair", "pantheon-night-test"));
        var through = new TreeSet<String>();
        confined.forEach((way, errno) -> {
            assertEquals(0, free.get(way), way);
            if (errno == 0) {
                through.add(way);
            }
        });
        assertEquals(Set.of("stream", "write", "read", "send", "recv", "shutdown"), through);
    }

    @Test
    void a_rename_leaves_no_device_behind() throws Exception {
        var script = "import ctypes, os; open('f', 'w').close();"
                + " print(ctypes.CDLL(None).renameat2(-100, b'f', -100, b'g', 4), sorted(os.listdir('.')))";
        assertEquals("-1 ['f']\n", output(true, "/usr/bin/python3", "-c", script));
        assertEquals("0 ['f', 'g']\n", unconfined("/usr/bin/python3", "-c", script));
    }

    @Test
    void usual_programs_keep_modes_and_times() throws Exception {
        Files.writeString(workspace.resolve("main.c"), "int main(void) { return 0; }\n");
        Files.writeString(workspace.resolve("Makefile"), "check: main\n\t./main\nmain: main.c\n\tgcc -o main main.c\n");
        var script = """
                set -e
                make --silent check
                touch -d 2001-02-03T04:05:06Z old && cp -p old kept && install -m 750 old installed
                tar -cf all.tar old installed && mkdir out && tar -xpf all.tar -C out
                git init --quiet repository && cd repository && git config user.name n && git config user.email e@x
                echo x >file && git add file && git commit --quiet --message=first && git status --short
                """;
        var end = ConfinedChild.run(new ChildCommand(
                List.of("/bin/sh", "-c", script),
                Map.of(
                        "PATH",
                        "/usr/bin:/bin",
                        "HOME",
                        workspace.toString(),
                        "GIT_CONFIG_NOSYSTEM",
                        "1",
                        "TMPDIR",
                        workspace.toString()),
                workspace,
                List.of(workspace),
                List.of(workspace),
                true,
                new ChildLimits(Duration.ofSeconds(60), 30, 4L << 30, 500, 1 << 24, 64, 1 << 20)));
        assertEquals("", end.error() + end.output());
        assertEquals(0, end.exitCode());
        var then = FileTime.from(java.time.Instant.parse("2001-02-03T04:05:06Z"));
        for (var name : List.of("old", "kept", "out/old")) {
            assertEquals(then, Files.getLastModifiedTime(workspace.resolve(name)), name);
        }
        for (var name : List.of("installed", "out/installed")) {
            assertEquals(
                    "rwxr-x---",
                    PosixFilePermissions.toString(Files.getPosixFilePermissions(workspace.resolve(name))),
                    name);
        }
    }

    @Test
    void a_change_through_a_link_counts_where_it_lands() throws Exception {
        Files.createSymbolicLink(workspace.resolve("out"), outside);
        Files.createSymbolicLink(workspace.resolve("up"), folder);
        Files.writeString(workspace.resolve("own"), "");
        var before = metadata(outside);
        var script = "for f in out up/outside ../outside /proc/self/cwd/../outside; do"
                + " chmod 600 $f 2>/dev/null && echo $f; done;"
                + " for f in out up/outside ../outside; do touch -c $f 2>/dev/null && echo $f; done;"
                + " chmod 600 own up/workspace/own && echo done";
        assertEquals("done\n", output(true, "/bin/sh", "-c", script));
        assertEquals(before, metadata(outside));
    }

    @Test
    void a_tool_that_would_not_end_with_the_program_is_stopped() throws Exception {
        var end = new ChildEnd[1];
        var thread = Thread.ofPlatform().start(() -> end[0] = run(true, "/bin/sleep", 60));
        var watcher = watcher();
        while (watcher.isEmpty() && thread.isAlive()) {
            Thread.sleep(10);
            watcher = watcher();
        }
        watcher.orElseThrow().destroyForcibly();
        thread.join();
        assertEquals(Stop.UNWATCHED, end[0].stop());
        assertTrue(end[0].gone());
    }

    private static Optional<ProcessHandle> watcher() {
        return ProcessHandle.current()
                .children()
                .filter(child -> child.info().commandLine().orElse("").contains("read -r end"))
                .findFirst();
    }

    @Test
    void what_a_tool_started_ends_with_the_program_however_it_ends() throws Exception {
        var process = new ProcessBuilder(
                        "bash", "-c", "exec %s %s %s".formatted(Probe.command(ToolProbe.class), workspace, tree))
                .redirectErrorStream(true)
                .start();
        var ticks = workspace.resolve("ticks");
        while (!Files.exists(ticks) || Files.size(ticks) == 0) {
            assertTrue(process.isAlive());
            Thread.sleep(20);
        }
        long size = Files.size(ticks);
        Thread.sleep(400);
        assertTrue(Files.size(ticks) > size); // the control: it goes on while the program does
        process.destroyForcibly();
        process.waitFor();
        Thread.sleep(200);
        size = Files.size(ticks);
        Thread.sleep(400);
        assertEquals(size, Files.size(ticks));
        assertEquals(1, Probe.run("pgrep --full " + tree).status());
    }
}
