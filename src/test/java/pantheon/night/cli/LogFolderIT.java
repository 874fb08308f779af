package pantheon.night.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pantheon.night.journal.JournalReader;

/** What the installed program makes of the folder of journals, whoever else writes there. */
final class LogFolderIT {
    private static final String STATE = "PANTHEON_NIGHT_STATE";
    private static final String LOG = "PANTHEON_NIGHT_LOG";

    private SampleNight night = new SampleNight(Path.of(""));

    @BeforeEach
    void lay_out(@TempDir Path folder) throws IOException {
        night = SampleNight.layOut(folder.resolve("night"), 9);
    }

    /** The journal, once a task has ended in it. */
    private Path awaitTask(Process running) throws IOException, InterruptedException {
        while (running.isAlive()) {
            if (!night.journals().isEmpty() && Files.readString(night.journal()).contains("task.finished")) {
                return night.journal();
            }
            Thread.sleep(20);
        }
        throw new AssertionError("the night ended first: " + running.exitValue());
    }

    private static void signal(Process running, String name) {
        var run = Program.process(Path.of("."), Map.of(), List.of("kill", "-" + name, Long.toString(running.pid())));
        assertEquals(0, run.status(), run.err());
    }

    @Test
    void doctor_tells_what_is_no_journal_and_nothing_else_reads_it() throws IOException {
        var done = Program.run(night.folder());
        assertEquals(0, done.status(), done.err());
        var log = night.folder().resolve("log");
        var copy = Files.copy(night.journal(), log.resolve(night.run() + "-backup.jsonl"));
        Files.createDirectory(log.resolve("old.jsonl"));
        var doctor = Program.run(night.folder(), "doctor");
        assertEquals(0, doctor.status(), doctor.err());
        assertTrue(doctor.err().contains(copy + " is no journal"), doctor.err());
        assertTrue(doctor.err().contains("old.jsonl is no journal"), doctor.err());
        for (var command : List.of("status", "report", "metrics", "prune --nights=1", "--dry-run")) {
            var run = Program.run(night.folder(), command.split(" "));
            assertEquals(0, run.status(), command + ": " + run.err());
        }
    }

    @Test
    void a_second_night_needs_both_folders_of_its_own() throws IOException, InterruptedException {
        var running = Program.start(night.folder());
        try {
            var journal = awaitTask(running);
            signal(running, "STOP");
            var before = Files.readString(journal);
            for (var variable : List.of(STATE, LOG)) {
                var refused = Program.run(night.folder(), Map.of(variable, "other"));
                assertEquals(73, refused.status(), refused.err());
                assertTrue(refused.err().contains("process " + running.pid() + " since "), refused.err());
                assertTrue(refused.err().contains("set both state and log"), refused.err());
            }
            var prune = Program.run(night.folder(), Map.of(STATE, "other"), "prune", "--nights", "1");
            assertEquals(73, prune.status(), prune.err());
            assertEquals(before, Files.readString(journal), "nobody wrote into the running night's journal");
            var beside = Program.run(night.folder(), Map.of(STATE, "beside", LOG, "beside"), "--until", "1s");
            assertEquals(75, beside.status(), beside.err());
            signal(running, "CONT");
            assertEquals(0, running.waitFor());
        } finally {
            running.destroyForcibly().waitFor();
        }
        assertEquals(night.queued(), night.ended());
        JournalReader.read(night.journal(), entry -> {});
    }
}
