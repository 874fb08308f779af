package pantheon.night.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import pantheon.night.journal.EventCodec;
import pantheon.night.journal.EventType;
import pantheon.night.journal.JournalReader;

/** A model that never comes back from native code, in the installed program. */
final class HangingTaskIT {
    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path folder;

    @Test
    void the_watchdog_tells_where_it_hangs_and_the_next_run_counts_the_attempt() throws IOException {
        var night = SampleNight.layOut(folder.resolve("night"), 4);
        for (var agent : List.of("docops.front-matter", "docops.by-command")) {
            var file = night.folder().resolve("agents/%s.yaml".formatted(agent));
            Files.writeString(
                    file,
                    Files.readString(file)
                            .replace("toolTime: 10s", "toolTime: 2s")
                            .replace("taskTime: 2m", "taskTime: 6s"));
        }
        EndlessModel.write(night.folder().resolve("endless"));
        var config = night.folder().resolve("pantheon-night.yaml");
        var sound = Files.readString(config);
        Files.writeString(config, sound.replaceFirst("(?m)^( +path:).*", "$1 endless"));

        var hung = Program.run(night.folder(), Map.of("PANTHEON_NIGHT_WINDOW_OVERDUE", "1s"));
        assertEquals(70, hung.status(), hung.err());
        var told = hung.err()
                .lines()
                .filter(line -> line.contains("has not ended"))
                .toList();
        assertEquals(1, told.size(), hung.err());
        var task = told.getFirst()
                .replaceFirst(
                        ".*task (\\S+) has not ended 1s after its own limits; this process ends,"
                                + " the next run goes on. It hangs in:",
                        "$1");
        assertTrue(night.queued().contains(task), hung.err());
        assertTrue(hung.err().contains("    at pantheon.night.engine.decode.DecodeLoop.decode("), hung.err());
        assertTrue(hung.err().contains("thread \"decode "), hung.err());
        assertTrue(hung.err().contains("    at ai.onnxruntime.OrtSession.run("), hung.err());
        assertFalse(hung.err().contains("onnxruntime:"), "native code must not see the end: " + hung.err());

        Files.writeString(config, sound);
        assertEquals(0, Program.run(night.folder()).status());
        var attempts = new ArrayList<Integer>();
        JournalReader.read(night.journal(), entry -> {
            if (EventType.of(entry.event()) == EventType.TASK_STARTED
                    && task.equals(entry.event().task())) {
                attempts.add(EventCodec.data(entry.event()).get("night.attempt").intValue());
            }
        });
        assertEquals(List.of(1, 2), attempts);
        assertEquals(night.queued(), night.ended());
        night.git("fsck", "--strict");
    }
}
