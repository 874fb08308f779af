package pantheon.night.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pantheon.night.contract.Json;
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
        assertTrue(doctor.out().contains(copy + " is no journal"), doctor.out());
        assertTrue(doctor.out().contains("old.jsonl is no journal"), doctor.out());
        for (var command : List.of("status", "report", "metrics", "prune --nights=1", "--dry-run")) {
            var run = Program.run(night.folder(), command.split(" "));
            assertEquals(0, run.status(), command + ": " + run.err());
        }
    }

    /** Changes a journal's line so that it is no JSON. */
    private static void breakLine(Path journal, int line) throws IOException {
        var lines = new ArrayList<>(Files.readAllLines(journal));
        lines.set(line - 1, lines.get(line - 1).substring(1));
        Files.write(journal, lines);
    }

    @Test
    void a_broken_journal_is_named_by_every_command_and_set_aside_by_one() throws IOException {
        var done = Program.run(night.folder());
        assertEquals(0, done.status(), done.err());
        var journal = night.journal();
        var run = night.run();
        int middle = Files.readAllLines(journal).size() / 2;
        breakLine(journal, middle);
        var content = Files.readAllBytes(journal);
        for (var command :
                List.of("--fresh", "prune --nights=1", "status", "report", "metrics", "--dry-run", "doctor")) {
            var refused = Program.run(night.folder(), command.split(" "));
            assertEquals(65, refused.status(), command + ": " + refused.err());
            var said = refused.out() + refused.err(); // what doctor finds is its result
            assertTrue(said.contains("%s:%d: ".formatted(journal, middle)), command + ": " + said);
            assertTrue(said.contains("pantheon-night prune --broken " + run), command + ": " + said);
        }
        assertEquals(
                64,
                Program.run(night.folder(), "prune", "--broken", "no-such-night")
                        .status());
        assertEquals(
                64,
                Program.run(night.folder(), "prune", "--broken", run, "--nights", "1")
                        .status());
        var plan = Program.run(night.folder(), "prune", "--broken", run, "--dry-run");
        assertEquals(0, plan.status(), plan.err());
        assertTrue(Files.exists(journal), "nothing was done");
        var pruned = Program.run(night.folder(), "prune", "--broken", run, "--json");
        assertEquals(0, pruned.status(), pruned.err());
        var json = Json.parse(pruned.out());
        int ended = json.get("ended").size();
        assertTrue(ended > 0 && ended < 9, pruned.out());
        for (var task : json.get("open")) {
            assertTrue(plan.out().contains(task.stringValue()), plan.out());
        }
        assertTrue(plan.out().contains("log night/" + run), plan.out());
        assertArrayEquals(content, Files.readAllBytes(Path.of(json.get("aside").stringValue())));
        assertEquals(0, Program.run(night.folder(), "doctor").status());
        var verify = Program.run(night.folder(), "verify", run);
        assertEquals(64, verify.status());
        assertTrue(verify.err().contains("set aside, broken in line " + middle), verify.err());
        var again = Program.run(night.folder());
        assertEquals(0, again.status(), again.err());
        assertEquals(9 - ended, night.ended().size(), "what had surely ended is not done again");
        assertEquals(0, Program.run(night.folder(), "verify", night.run()).status());
    }

    @Test
    void a_wrong_number_of_nights_is_named() {
        var refused = Program.run(night.folder(), "prune", "--nights", "-1");
        assertEquals(64, refused.status());
        assertTrue(refused.err().contains("--nights is -1; expected a whole number from 1"), refused.err());
    }

    @Test
    void half_a_line_is_told_of_where_the_night_is_left_for_a_fresh_one() throws IOException, InterruptedException {
        var running = Program.start(night.folder());
        var journal = awaitTask(running);
        running.destroyForcibly().waitFor();
        var text = Files.readString(journal);
        Files.writeString(journal, text.substring(0, text.lastIndexOf('\n') + 1) + "{\"torn");
        var fresh = Program.run(night.folder(), "--fresh");
        assertEquals(0, fresh.status(), fresh.err());
        assertTrue(
                fresh.err().contains(journal + " ended in half a line; its 6 bytes never counted and were cut off"),
                fresh.err());
        assertEquals(night.queued(), night.ended());
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
