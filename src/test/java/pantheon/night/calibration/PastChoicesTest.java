package pantheon.night.calibration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pantheon.night.ExitCode;
import pantheon.night.NightException;
import pantheon.night.agent.AgentAssembly;
import pantheon.night.batch.SmallNight;
import pantheon.night.contract.Json;
import pantheon.night.decision.DecisionLog;
import pantheon.night.decision.Decisions;
import pantheon.night.journal.Journal;
import pantheon.night.journal.NightEvent.DecisionMade;
import pantheon.night.journal.NightLines;
import pantheon.night.journal.StateFolder;
import pantheon.night.outcome.Verdict;
import pantheon.night.prompt.ChatFormats;
import pantheon.night.queue.Task;

/** A night whose tasks chose a file, some rightly: which choices it leaves, and who says whether they were right. */
class PastChoicesTest {
    @TempDir
    Path folder;

    /** The tasks {@code a} to {@code d} may change their own file alone; a and b choose it, c the other, d is unsure. */
    private SmallNight night() throws IOException {
        return night(9);
    }

    /** @param files how many of them are offered */
    private SmallNight night(int files) throws IOException {
        var night = SmallNight.layOut(folder, 4);
        night.otherAgents.put(
                "picker",
                new AgentAssembly(night.tools)
                        .assemble(Json.parse("""
                {"name": "picker", "version": "1", "model": "rule", "input": {"type": "object"},
                 "output": {"type": "object", "properties": {"status": {"enum": ["done", "fail"]}},
                            "required": ["status"], "additionalProperties": false},
                 "tools": [{"name": "list_files", "bind": {"limit": {"value": FILES}}},
                           {"name": "write_file", "bind": {"text": {"value": "picked\\n"}}, "choices":
                            {"path": {"from": "list_files", "at": "/files/*", "leastConfidence": 0.2}}}],
                 "prompt": {"role": "You pick."},
                 "checks": [{"use": "only_changes", "with": {"fields": ["path"]}}]}""".replace("FILES", Integer.toString(files))), ChatFormats.QWEN));
        var tasks = Stream.of("a", "b", "c", "d").map(PastChoicesTest::task).toList();
        var answers = Stream.of(0, 1, 0, 3)
                .map(file -> Integer.toString(Math.min(file, files - 1)))
                .flatMap(PastChoicesTest::answers)
                .iterator();
        Iterator<Double> likelihoods = List.of(0.9, 0.7, 0.6, 0.1).iterator();
        night.run(
                tasks,
                SmallNight.engine(
                        prompt -> answers.next(), (argument, from, to) -> OptionalDouble.of(likelihoods.next())));
        return night;
    }

    private static Task task(String id) {
        var path = "file-%d.txt".formatted("abcd".indexOf(id));
        return new Task(id, "picker", Json.object().put("path", path), 'z' - id.charAt(0), List.of());
    }

    private static Stream<String> answers(String file) {
        var picked = SmallNight.call("write_file", "{\"path\": \"file-%s.txt\"}".formatted(file));
        var done = SmallNight.call("final", "{\"status\": \"done\"}");
        return file.equals("3")
                ? Stream.of(SmallNight.call("list_files", "{}"), picked)
                : Stream.of(SmallNight.call("list_files", "{}"), picked, done);
    }

    private PastChoices choices(SmallNight night, @Nullable Truths truths) {
        var choices = new PastChoices("picker", new ChoicePlace("write_file", "path"), new StateFolder(folder), truths);
        choices.read(night.journal());
        return choices;
    }

    @Test
    void checks_say_what_was_right_and_of_what_was_not_done_nobody_knows() throws IOException {
        var choices = choices(night(), null);
        assertEquals(
                List.of(new JudgedChoice(0.9, true), new JudgedChoice(0.7, true), new JudgedChoice(0.6, false)),
                choices.judged());
        assertEquals(1, choices.unjudged());
    }

    @Test
    void what_a_person_says_of_accepted_work_counts_more() throws IOException {
        var night = night();
        var artifacts = new StateFolder(folder).artifacts(Journal.run(night.journal()));
        Files.writeString(
                artifacts.resolve("b").resolve("review.json"),
                "{\"reviews\": [{\"reviewer\": \"ann\", \"accepts\": false}]}");
        assertEquals(new JudgedChoice(0.7, false), choices(night, null).judged().get(1));
    }

    @Test
    void what_a_person_decided_in_the_morning_counts_most() throws IOException {
        var night = night();
        var state = new StateFolder(folder);
        var run = Journal.run(night.journal());
        var rejected = new DecisionMade("a", run, Verdict.REJECTED, "ann", null, null, "No.", null);
        var later = new DecisionMade("b", run, Verdict.LATER, "ann", null, null, null, null);
        Files.createDirectories(state.decisions());
        new DecisionLog(state, null, InstantSource.fixed(Instant.EPOCH), warning -> {}).add(List.of(rejected, later));
        assertEquals(
                List.of(new JudgedChoice(0.9, false), new JudgedChoice(0.7, true), new JudgedChoice(0.6, false)),
                choices(night, null).judged());
    }

    @Test
    void a_file_of_truths_says_it_by_id_and_by_input_of_what_was_not_done_too() throws IOException {
        var file = Files.writeString(folder.resolve("truth.jsonl"), """
                {"id": "a", "value": "file-1.txt"}

                {"input": {"path": "file-2.txt"}, "value": "file-0.txt"}
                {"id": "d", "value": "file-3.txt"}
                """);
        var choices = choices(night(), Truths.read(file));
        assertEquals(
                List.of(new JudgedChoice(0.9, false), new JudgedChoice(0.6, true), new JudgedChoice(0.1, true)),
                choices.judged());
        assertEquals(1, choices.unjudged());
    }

    @Test
    void of_one_value_alone_nobody_chose() throws IOException {
        var night = night(1);
        var first = choices(night, null);
        assertTrue(first.judged().isEmpty() && first.unjudged() == 0, first.judged()::toString);
        assertTrue(Files.readString(night.journal()).contains("\"offered\":1"));
        var every = new EveryChoice(new StateFolder(folder), Decisions.of(new StateFolder(folder)));
        NightLines.read(night.journal(), every.night(Journal.run(night.journal())));
        assertTrue(every.judged().isEmpty());
    }

    @Test
    void a_task_of_another_agent_or_choice_is_passed_over() throws IOException {
        var night = night();
        var other = new PastChoices("writer", new ChoicePlace("write_file", "path"), new StateFolder(folder), null);
        other.read(night.journal());
        assertTrue(other.judged().isEmpty() && other.unjudged() == 0);
    }

    @Test
    void a_line_that_is_no_truth_is_told_with_its_number() throws IOException {
        for (var line : List.of(
                "{\"id\": \"a\"}",
                "{\"value\": 1}",
                "{\"id\": 3, \"value\": 1}",
                "[",
                "{\"id\": \"a\", \"value\": null}")) {
            var file = Files.writeString(folder.resolve("truth.jsonl"), "\n" + line + "\n");
            var refused = assertThrows(NightException.class, () -> Truths.read(file));
            assertEquals(ExitCode.DATA, refused.exitCode());
            assertTrue(refused.getMessage().startsWith(file + ":2: "), refused.getMessage());
        }
        var missing = assertThrows(NightException.class, () -> Truths.read(folder.resolve("none.jsonl")));
        assertEquals(ExitCode.USAGE, missing.exitCode());
    }
}
