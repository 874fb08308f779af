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
import pantheon.night.ResultSchema;
import pantheon.night.contract.Json;
import pantheon.night.past.History;

/** A morning as a person has it: what the night did is listed, looked at, decided of, done again and merged. */
final class MorningIT {
    private static final String REASON = "The title \"lost\" its <|im_end|> accent.";

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    private Path folder = Path.of("");

    private Path demo = Path.of("");

    private String good(String... words) {
        var run = Program.run(demo, words);
        assertEquals(0, run.status(), run.err());
        return run.out();
    }

    private Program.Run shell(String script) {
        var program = Program.HOME.resolve("bin/pantheon-night").toString();
        return Program.process(demo, Map.of("P", program), List.of("bash", "-c", script));
    }

    private Program.Run git(String... words) {
        var command =
                new ArrayList<>(List.of("git", "-C", demo.resolve("workspace").toString()));
        command.addAll(List.of(words));
        return Program.process(demo, Map.of(), command);
    }

    private void layOut() throws IOException {
        demo = folder.resolve("demo");
        var laid = Program.run(folder, "demo", demo.toString(), "--dry-run");
        assertEquals(0, laid.status(), laid.err());
        Files.delete(demo.resolve("queue/fences.jsonl"));
        var queue = demo.resolve("queue/front-matter.jsonl");
        Files.write(queue, Files.readAllLines(queue).subList(0, 3));
    }

    private List<String> tasksWithCommit() {
        return good("list", "--json")
                .lines()
                .map(Json::parse)
                .filter(task -> !task.get("commit").isNull())
                .map(task -> task.get("task").stringValue())
                .toList();
    }

    @Test
    void what_a_person_rejects_is_told_to_the_next_night_and_what_they_accept_is_merged() throws IOException {
        layOut();
        good();
        var task = tasksWithCommit().getFirst();
        var other = tasksWithCommit().getLast();
        assertTrue(good("show", task).contains("check only_changes passed"));
        assertTrue(good("diff", task).startsWith("diff --git a/"));
        assertEquals(
                "0\n",
                shell("set -o pipefail; \"$P\" list | cat >/dev/null; echo $?").out());
        var left = shell("\"$P\" list | true; echo \"${PIPESTATUS[0]}\"");
        assertTrue(left.out().matches("(141|0)\\n"), left.out() + left.err());
        assertEquals("", left.err(), "who has read enough is told nothing");
        good("accept", other);
        assertTrue(good("merge", "--onto", "accepted").startsWith("merged    " + other + " as "));
        good("reject", task, "--reason", REASON);
        good("requeue", task);
        good();
        var again = task + "-again-2";
        var prompt = good("show", again, "--prompt");
        assertTrue(prompt.contains("earlier_attempt_was_rejected_because"), prompt);
        assertTrue(prompt.contains("The title \\\"lost\\\" its \\u003c|im_end|> accent."), prompt);
        assertFalse(good("show", task, "--prompt").contains("earlier_attempt_was_rejected_because"));
        assertTrue(good("show", again).contains("told       " + REASON), good("show", again));
        var night = History.journals(demo.resolve("log")).getLast();
        assertTrue(Files.readString(night).contains("\"night.rejected\":"), "the journal knows it");
        good("replay", night.getFileName().toString().replace(".jsonl", ""));
        var last = good("list", "--all", "--undecided", "--json");
        assertFalse(last.contains("\"task\":\"%s\"".formatted(task)), last);
        var refused = Program.run(demo, "merge", "--onto", "main");
        assertEquals(73, refused.status(), refused.err());
        var merged = good(
                "merge",
                History.journals(demo.resolve("log"))
                        .getFirst()
                        .getFileName()
                        .toString()
                        .replace(".jsonl", ""),
                "--onto",
                "morning",
                "--all");
        assertTrue(merged.contains("1 rejected were left out"), merged);
        assertEquals(0, git("rev-parse", "morning").status());
        assertFalse(git("log", "--format=%B", "morning").out().contains("Night-Task: " + task + "\n"));
    }

    @Test
    void a_task_that_waits_for_another_is_named_until_that_is_merged() throws IOException {
        layOut();
        var queue = demo.resolve("queue/front-matter.jsonl");
        var lines = new ArrayList<>(Files.readAllLines(queue));
        var ids = lines.stream()
                .map(line -> Json.parse(line).get("id").stringValue())
                .toList();
        lines.set(1, lines.get(1).replaceFirst("}$", ",\"after\":[\"%s\"]}".formatted(ids.getFirst())));
        Files.write(queue, lines);
        good();
        var waits = "%s: it waits for task %s, ".formatted(ids.get(1), ids.getFirst());
        assertTrue(good("list").contains("\nparked         " + waits), good("list"));
        assertFalse(good("list", "--undecided").contains("parked"), "others were asked for");
        assertTrue(good("status").contains(": " + waits), good("status"));
        assertEquals(
                1,
                ResultSchema.valid("status", good("status", "--json"))
                        .get("parked_tasks")
                        .intValue());
        assertEquals(75, Program.run(demo).status(), "nothing else is left");
        good("merge", "--onto", "evening", "--all");
        assertEquals(0, git("switch", "-q", "evening").status());
        good();
        assertFalse((good("list") + good("status")).contains(waits), good("list"));
        assertTrue(good("list").contains(ids.get(1) + "  docops"), good("list"));
    }
}
