package pantheon.night.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import pantheon.night.journal.EventCodec;
import pantheon.night.journal.EventType;
import pantheon.night.journal.JournalReader;

/** A night of the installed program that is stopped for longer than any of its limits, and continued. */
final class StoppedNightIT {
    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path folder;

    @Test
    void what_is_stopped_and_continued_while_a_tool_runs_neither_hangs_nor_runs_out_of_time() throws IOException {
        var night = SampleNight.layOut(folder.resolve("night"), 3);
        for (var name : List.of("docops.front-matter", "docops.by-command")) {
            var agent = night.folder().resolve("agents/%s.yaml".formatted(name));
            Files.writeString(
                    agent,
                    Files.readString(agent)
                            .replace("toolTime: 10s", "toolTime: 6s")
                            .replace("taskTime: 2m", "taskTime: 9s"));
        }
        night.setCommand("sleep 4; printf %s \"$2\""); // ends within its limit of 6 s, when the program runs
        var run = night.script(Map.of("PANTHEON_NIGHT_WINDOW_OVERDUE", "1s"), """
                begin
                until_call slug_of_text
                children=$(pgrep -f 'sleep 4' || true)
                kill -STOP $pid $children
                sleep 20
                kill -CONT $pid $children
                end
                """);
        assertEquals(0, run.status(), run.err());
        assertFalse(run.err().contains("hangs"), run.err());
        JournalReader.read(night.journal(), entry -> {
            if (EventType.of(entry.event()) == EventType.TASK_FINISHED) {
                var reason = EventCodec.data(entry.event())
                        .get("night.finish_reason")
                        .stringValue();
                assertFalse(List.of("time_limit", "tool_timeout", "tool_errors").contains(reason), reason);
            }
        });
        assertEquals(night.queued(), night.ended());
    }
}
