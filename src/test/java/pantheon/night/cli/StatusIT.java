package pantheon.night.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pantheon.night.ResultSchema;
import pantheon.night.contract.Json;
import tools.jackson.databind.JsonNode;

/** What status says while a real night runs, and after it. */
final class StatusIT {
    @TempDir
    private Path folder;

    private Path demo() {
        return folder.resolve("demo");
    }

    private JsonNode status() {
        var run = Program.run(
                folder,
                "status",
                "--json",
                "--config",
                demo().resolve("pantheon-night.yaml").toString());
        assertEquals(0, run.status(), run.err());
        return Json.parse(run.out());
    }

    private String spoken() {
        return Program.run(
                        folder,
                        "status",
                        "--config",
                        demo().resolve("pantheon-night.yaml").toString())
                .out();
    }

    /** The night is halted while it is asked about, so that what is asked does not depend on anybody's speed. */
    @Test
    void tells_of_a_running_night_then_of_the_last_one() throws IOException, InterruptedException {
        assertEquals(
                0, Program.run(folder, "demo", demo().toString(), "--dry-run").status());
        assertTrue(spoken().contains("no night runs, and none ever did here"), spoken());
        var night = Program.start(folder, "demo", demo().toString());
        try {
            var journal = awaitTasks(night, 3);
            signal(night, "STOP");
            cutTorn(journal);
            Files.writeString(journal, "{\"torn", StandardOpenOption.APPEND);
            var running = status();
            assertTrue(running.get("running").booleanValue(), running.toString());
            assertTrue(running.get("owner").stringValue().startsWith("process " + night.pid() + " since"));
            assertEquals(45, running.get("tasks").intValue());
            assertTrue(running.get("done").intValue() >= 3, running.toString());
            assertEquals(
                    45, running.get("done").intValue() + running.get("left").intValue());
            assertTrue(running.get("current").size() <= 1, running.toString());
            assertTrue(running.get("estimated_end").isString(), running.toString());
            assertTrue(spoken().contains("ends about "), spoken());
            cutTorn(journal);
            assertEquals(73, Program.run(folder, "demo", demo().toString()).status(), "the lock is held");
            signal(night, "CONT");
            assertTrue(night.waitFor(3, TimeUnit.MINUTES));
            assertEquals(0, night.exitValue());
        } finally {
            night.destroyForcibly();
        }
        var ended = status();
        assertFalse(ended.get("running").booleanValue(), ended.toString());
        assertEquals("done", ended.get("outcome").stringValue());
        assertEquals(45, ended.get("done").intValue());
        assertTrue(spoken().contains("no night runs"), spoken());
        reportIsThere(ended.get("run").stringValue());
    }

    @Test
    void a_night_is_paused_followed_directed_to_another_end_and_goes_on() throws Exception {
        var config = demo().resolve("pantheon-night.yaml").toString();
        var night = Program.start(folder, "demo", demo().toString());
        try {
            var journal = awaitTasks(night, 1);
            directed("pause");
            awaitLine(journal, "\"night.paused\":true");
            var follows = CompletableFuture.supplyAsync(
                    () -> Program.run(folder, "status", "--follow", "--json", "--config", config));
            var later = directed("until", "6h");
            assertTrue(later.get("paused").booleanValue(), later.toString());
            assertTrue(later.get("until").isString(), later.toString());
            awaitLine(journal, "\"night.until\"");
            assertTrue(spoken().contains("it is paused: no task begins until pantheon-night resume; it ends at "));
            assertFalse(directed("resume").get("paused").booleanValue());
            assertTrue(night.waitFor(3, TimeUnit.MINUTES));
            assertEquals(0, night.exitValue());
            var lines = follows.get(1, TimeUnit.MINUTES)
                    .out()
                    .lines()
                    .map(line -> ResultSchema.valid("status", line))
                    .toList();

            assertEquals(
                    45, lines.getLast().get("done").intValue(), lines.getLast().toString());
            assertFalse(lines.getLast().get("running").booleanValue());
        } finally {
            night.destroyForcibly();
        }
        var none = Program.run(folder, "pause", "--config", config);
        assertEquals(65, none.status());
        assertTrue(none.err().contains("no night runs here, so there is none to direct."), none.err());
    }

    private JsonNode directed(String... command) {
        var line = Stream.concat(
                        Stream.of(command),
                        Stream.of(
                                "--json",
                                "--config",
                                demo().resolve("pantheon-night.yaml").toString()))
                .toArray(String[]::new);
        var run = Program.run(folder, line);
        assertEquals(0, run.status(), run.err());
        return ResultSchema.valid("direction", run.out());
    }

    private static void awaitLine(Path journal, String text) throws IOException, InterruptedException {
        while (!Files.readString(journal).contains(text)) {
            Thread.sleep(20);
        }
    }

    private void reportIsThere(String run) throws IOException {
        var reports = demo().resolve("state/reports").resolve(run);
        assertEquals(Path.of(run), Files.readSymbolicLink(reports.resolveSibling("latest")));
        assertTrue(Files.readString(reports.resolve("report.html")).contains("Night " + run));
        assertEquals(
                45,
                Json.parse(Files.readString(reports.resolve("summary.json")))
                        .get("tasks")
                        .size());
        var elsewhere = folder.resolve("elsewhere");
        var config = demo().resolve("pantheon-night.yaml").toString();
        var again = Program.run(folder, "report", run, "--to", elsewhere.toString(), "--config", config);
        assertEquals(0, again.status(), again.err());
        assertEquals(
                Files.readString(reports.resolve("summary.json")), Files.readString(elsewhere.resolve("summary.json")));
        assertEquals(
                64,
                Program.run(folder, "report", "no-such-night", "--config", config)
                        .status());
    }

    /** The journal, once so many tasks have ended in it. */
    private Path awaitTasks(Process night, int tasks) throws IOException, InterruptedException {
        while (night.isAlive()) {
            if (Files.isDirectory(demo().resolve("log"))) {
                try (var files = Files.list(demo().resolve("log"))) {
                    var journal = files.filter(file -> file.toString().endsWith(".jsonl"))
                            .findFirst();
                    if (journal.isPresent()
                            && Files.readAllLines(journal.get()).stream()
                                            .filter(line -> line.contains("night.pantheon.task.finished.v1"))
                                            .count()
                                    >= tasks) {
                        return journal.get();
                    }
                }
            }
            Thread.sleep(20);
        }
        throw new AssertionError("the night ended first: " + night.exitValue());
    }

    private static void signal(Process night, String name) {
        var run = Program.process(Path.of("."), Map.of(), List.of("kill", "-" + name, Long.toString(night.pid())));
        assertEquals(0, run.status(), run.err());
    }

    /** Cuts half a line off the journal's end, if there is one. */
    private static void cutTorn(Path journal) throws IOException {
        var text = Files.readString(journal);
        Files.writeString(journal, text.substring(0, text.lastIndexOf('\n') + 1));
    }
}
