package pantheon.night.engine.openvino;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import pantheon.night.local.NarrowWalls;
import pantheon.night.local.Probe;

/** OpenVINO in a process that can reach nothing and write nothing; beside it what happens where something is tried. */
final class OpenVinoWallsTest {
    private static final int EPERM = 1;

    @TempDir
    private static Path folder;

    /** Runs a model in a mount namespace with an empty /sys, without any folder for a home or for what is temporary. */
    private static Probe.Run walled(String atTheEnd) throws Exception {
        var model = folder.resolve("model");
        if (!Files.exists(model)) {
            TestIr.writeSpeaker(model, "abc");
        }
        var java = String.join(
                " ",
                "env -i LC_ALL=C.UTF-8 HOME=/nowhere TMPDIR=/nowhere",
                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "--enable-native-access=ALL-UNNAMED -XX:+UseSerialGC -XX:-UsePerfData -XX:TieredStopAtLevel=1",
                "-Duser.home=/nowhere -Dai.djl.offline=true -DOPT_OUT_TRACKING=true",
                "-DENGINE_CACHE_DIR=" + System.getProperty("ENGINE_CACHE_DIR"),
                "-cp",
                System.getProperty("java.class.path"),
                WalledSpeaker.class.getName(),
                model.toString(),
                atTheEnd);
        return Probe.run(
                "unshare --user --map-root-user --mount bash -c 'mount -t tmpfs -o ro none /sys && exec " + java + "'");
    }

    @Test
    void it_runs_without_sockets_files_to_write_processors_to_choose_or_a_home() throws Exception {
        var run = walled("nothing");
        assertEquals(0, run.status(), run.out());
        assertEquals(
                List.of("sys empty", "affinity " + EPERM, "abc", "abc", "ended"),
                run.out().lines().toList());
    }

    @ParameterizedTest
    @ValueSource(strings = {"socket", "file"})
    void the_same_process_is_killed_where_it_tries(String what) throws Exception {
        var run = walled(what);
        assertEquals(NarrowWalls.KILLED, run.status(), run.out());
        assertFalse(run.out().contains("ended"), run.out());
    }
}
