package pantheon.night.local.child;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pantheon.night.local.NativePrograms;
import pantheon.night.local.child.ChildEnd.Stop;

/** Real commands at each of their bounds; beside each denial the same command unconfined, or within its bound. */
final class ConfinedChildTest {
    private static final Set<String> LEFT = Set.of(
            "socketpair", "own_limits", "inside", "rename_inside", "unlink_inside", "temporary", "system", "null");
    private static final int SIGNAL_KILL = 9;
    private static final int SIGNAL_FILE_SIZE = 25;
    private static final int SIGNAL_CPU = 24;

    @TempDir
    private static Path programs;

    private static Path vectors;
    private static Path tree;

    @TempDir
    private Path folder;

    private Path workspace;
    private Path temporary;
    private Path outside;
    private ChildLimits limits = new ChildLimits(Duration.ofSeconds(60), 30, 1L << 30, 500, 1 << 20, 64, 1 << 20);
    private boolean writes = true;

    @BeforeAll
    static void build() throws Exception {
        vectors = NativePrograms.build("vectors", programs);
        tree = NativePrograms.build("tree", programs);
    }

    @BeforeEach
    void lay_out() throws IOException {
        workspace = Files.createDirectory(folder.resolve("workspace"));
        temporary = Files.createDirectory(folder.resolve("temporary"));
        outside = Files.writeString(folder.resolve("outside"), "secret");
    }

    private ChildEnd run(Object... argv) {
        return ConfinedChild.run(new ChildCommand(
                List.of(argv).stream().map(Object::toString).toList(),
                Map.of("TMPDIR", temporary.toString()),
                workspace,
                List.of(workspace, programs),
                writes ? List.of(workspace, temporary) : List.of(temporary),
                writes,
                limits));
    }

    private ChildEnd shell(String script) {
        return run("/bin/sh", "-c", script);
    }

    private static String output(ChildEnd end) {
        assertEquals(Stop.NONE, end.stop(), end::toString);
        assertTrue(end.gone(), end::toString);
        return end.output() + end.error();
    }

    private static Map<String, Integer> errnos(String lines) {
        var errnos = new HashMap<String, Integer>();
        lines.lines().map(line -> line.split(" ")).forEach(line -> errnos.put(line[0], Integer.valueOf(line[1])));
        return errnos;
    }

    private Map<String, Integer> unconfined() throws Exception {
        var builder = new ProcessBuilder(vectors.toString(), outside.toString(), Long.toString(otherProcess()))
                .directory(workspace.toFile());
        builder.environment().put("TMPDIR", temporary.toString());
        var process = builder.start();
        var out = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertEquals(0, process.waitFor(), out);
        Files.writeString(outside, "secret");
        return errnos(out);
    }

    /** The one that runs these tests. */
    private static long otherProcess() {
        return ProcessHandle.current().pid();
    }

    @Test
    void writes_in_its_folders_alone_and_makes_no_socket() throws Exception {
        var confined = errnos(output(run(vectors, outside, otherProcess())));
        var through = new TreeSet<String>();
        confined.forEach((vector, errno) -> {
            if (errno == 0) {
                through.add(vector);
            }
        });
        var expected = new TreeSet<>(LEFT);
        expected.add("chmod_inside");
        assertEquals(expected, through);
        assertEquals("secret", Files.readString(outside));
        assertEquals(Set.of(outside, workspace, temporary), Set.copyOf(list(folder)));
    }

    @Test
    void one_that_writes_nothing_changes_no_modes_either() {
        writes = false;
        var confined = errnos(output(run(vectors, outside, otherProcess())));
        for (var vector : List.of("inside", "chmod", "chmod_inside")) {
            assertNotEquals(0, confined.get(vector), vector);
        }
        assertEquals(0, confined.get("temporary"));
    }

    @Test
    void everything_goes_through_without_confinement() throws Exception {
        var free = unconfined();
        assertEquals(29, free.size());
        free.forEach((vector, errno) -> {
            if (!vector.equals("limits")) { // of a process that cannot be dumped, and without a change to be made
                assertEquals(0, errno, vector);
            }
        });
    }

    private static List<Path> list(Path directory) throws IOException {
        try (var files = Files.list(directory)) {
            return files.toList();
        }
    }

    @Test
    void reads_no_processes_and_no_secrets() {
        var refused = output(shell("for f in /proc/self/environ /proc/self/mem /proc/self/root/etc/shadow /etc/shadow"
                + " /proc/%1$d/environ /proc/%1$d/root/etc/hostname /run /var/lib /root /home /tmp /proc /sys; do"
                        .formatted(otherProcess())
                + " if [ -d $f ]; then ls $f; else cat $f; fi >/dev/null 2>&1 && echo $f; done; true"));
        assertEquals("", refused);
        assertEquals("/usr/bin\n", output(shell("ls /usr/bin >/dev/null && echo /usr/bin"))); // the control
    }

    @Test
    void its_environment_is_what_was_named_and_its_input_is_empty() {
        assertEquals("TMPDIR=" + temporary + "\n", output(run("/usr/bin/env")));
        assertEquals("0\n", output(shell("wc -c")));
        assertEquals(
                "0 1 2 ",
                output(shell("for d in 0 1 2 3 4 5 6 7 8 9 10 11 12 20 50; do"
                        + " { true >&$d; } 2>/dev/null && printf '%s ' $d; done; true")));
    }

    @Test
    void tells_how_it_ended() {
        assertEquals(3, shell("exit 3").exitCode());
        var killed = shell("kill -9 $$");
        assertEquals(SIGNAL_KILL, killed.signal());
        assertEquals(-1, killed.exitCode());
        assertEquals("out\nerror\n", output(shell("echo out; echo error >&2")));
    }

    @Test
    void a_program_that_is_not_there_is_an_exit_code() {
        assertEquals(127, run("/usr/bin/none-such").exitCode());
    }

    @Test
    void a_flood_is_stopped_at_its_bound() {
        limits = new ChildLimits(Duration.ofSeconds(60), 30, 1L << 30, 500, 1 << 20, 64, 1000);
        var flood = shell("while :; do echo flood; done");
        assertEquals(Stop.OUTPUT, flood.stop());
        assertEquals(1000, flood.output().length());
        assertTrue(flood.gone());
        assertEquals(Stop.OUTPUT, shell("while :; do echo flood; done >&2").stop());
        assertEquals(1000, output(shell("head -c 1000 /dev/zero")).length());
    }

    @Test
    void the_deadline_takes_what_forked_twice_into_a_session_of_its_own() throws Exception {
        limits = new ChildLimits(Duration.ofSeconds(2), 30, 1L << 30, 500, 1 << 20, 64, 1000);
        var end = shell(tree + " daemon; exec " + tree + " ignore");
        assertEquals(Stop.TIME, end.stop());
        assertTrue(end.gone());
        assertStill();
    }

    @Test
    void what_is_left_behind_by_one_that_ended_is_taken_too() throws Exception {
        output(run(tree, "daemon"));
        assertStill();
    }

    /** The control is in it: that it ticked at all. */
    private void assertStill() throws Exception {
        var ticks = workspace.resolve("ticks");
        long size = Files.size(ticks);
        assertTrue(size > 0);
        Thread.sleep(400);
        assertEquals(size, Files.size(ticks));
        assertFalse(ProcessHandle.current()
                .descendants()
                .anyMatch(process ->
                        process.info().command().filter(tree.toString()::equals).isPresent()));
    }

    @Test
    void no_zombie_stays() throws IOException {
        var before = zombies(); // of a program that another test killed
        output(shell("for i in 1 2 3 4 5 6 7 8; do (sleep 0.05 &) ; done; sleep 0.2"));
        assertEquals(before, zombies());
    }

    private static Set<Path> zombies() throws IOException {
        var zombies = new TreeSet<Path>();
        for (var process : ProcessHandle.current().children().toList()) {
            var status = Path.of("/proc/%d/status".formatted(process.pid()));
            if (Files.exists(status) && Files.readString(status).contains("State:\tZ")) {
                zombies.add(status);
            }
        }
        return zombies;
    }

    @Test
    void more_processes_or_threads_than_allowed_are_stopped() {
        limits = new ChildLimits(Duration.ofSeconds(60), 30, 1L << 30, 20, 1 << 20, 64, 1000);
        for (var way : List.of("many", "threads")) {
            assertEquals(Stop.PROCESSES, run(tree, way, 40).stop(), way);
        }
        limits = new ChildLimits(Duration.ofSeconds(1), 30, 1L << 30, 60, 1 << 20, 64, 1000);
        for (var way : List.of("many", "threads")) {
            assertEquals(Stop.TIME, run(tree, way, 40).stop(), way); // the control: they stay to the deadline
        }
    }

    @Test
    void a_fork_bomb_of_sessions_ends_at_once() {
        limits = new ChildLimits(Duration.ofSeconds(30), 30, 1L << 30, 100, 1 << 20, 64, 1000);
        var bomb = run(tree, "bomb", 10);
        assertEquals(Stop.PROCESSES, bomb.stop());
        assertTrue(bomb.gone());
    }

    @Test
    void limits_hold_from_the_first_instruction() {
        limits = new ChildLimits(Duration.ofSeconds(60), 1, 256L << 20, 500, 1 << 20, 32, 1 << 20);
        assertEquals(SIGNAL_CPU, shell("while :; do :; done").signal());
        assertEquals(
                SIGNAL_FILE_SIZE,
                shell("exec head -c 2000000 /dev/zero > large").signal());
        assertEquals("1000000\n", output(shell("head -c 1000000 /dev/zero > small; wc -c < small")));
        assertTrue(output(shell("dd if=/dev/zero of=/dev/null bs=400M count=1")).contains("memory exhausted"));
        assertFalse(output(shell("dd if=/dev/zero of=/dev/null bs=1M count=1")).contains("memory exhausted"));
        assertEquals("32 0 262144\n", output(shell("echo $(ulimit -n) $(ulimit -c) $(ulimit -v)")));
    }

    @Test
    void an_interrupt_stops_it_and_stays() throws Exception {
        var end = new ChildEnd[1];
        var interrupted = new boolean[1];
        var thread = Thread.ofPlatform().start(() -> {
            end[0] = run("/bin/sleep", 60);
            interrupted[0] = Thread.currentThread().isInterrupted();
        });
        while (ProcessHandle.current()
                .children()
                .noneMatch(child -> child.info()
                        .command()
                        .filter(command -> command.endsWith("/sleep"))
                        .isPresent())) {
            Thread.sleep(10);
        }
        thread.interrupt();
        thread.join();
        assertEquals(Stop.INTERRUPTED, end[0].stop());
        assertTrue(end[0].gone());
        assertTrue(interrupted[0]);
    }

    @Test
    void other_processes_of_this_one_are_left_alone() throws Exception {
        var other = new ProcessBuilder("sleep", "60").start();
        try {
            output(shell("(sleep 60 &); true"));
            assertTrue(other.isAlive());
            var quick = new ProcessBuilder("sh", "-c", "exit 7").start();
            output(shell("true"));
            assertEquals(7, quick.waitFor());
        } finally {
            other.destroyForcibly();
        }
    }
}
