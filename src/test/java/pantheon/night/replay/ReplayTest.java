package pantheon.night.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pantheon.night.SetClock;
import pantheon.night.agent.AgentAssembly;
import pantheon.night.batch.SmallNight;
import pantheon.night.contract.Json;
import pantheon.night.contract.Schema;
import pantheon.night.engine.Engine;
import pantheon.night.engine.Likelihood;
import pantheon.night.journal.EventCodec;
import pantheon.night.journal.EventType;
import pantheon.night.journal.Events;
import pantheon.night.journal.Journal;
import pantheon.night.journal.JournalReader;
import pantheon.night.journal.NightEvent.GenerationReceived;
import pantheon.night.journal.NightEvent.TaskFinished;
import pantheon.night.outcome.Scoring;
import pantheon.night.prompt.ChatFormats;
import pantheon.night.queue.Task;
import pantheon.night.tool.ForwardingTool;
import pantheon.night.tool.Tool;
import pantheon.night.tool.ToolResult;
import pantheon.night.tool.builtin.BuiltInTools;
import pantheon.night.workspace.Workspace;
import pantheon.night.workspace.files.PathRefused;
import pantheon.night.workspace.files.TaskFiles;
import tools.jackson.databind.node.ObjectNode;

/** The record of a night, run again. {@link SmallNight} replays each night that it runs, so these are the odd ones. */
final class ReplayTest {
    private static final List<Task> QUEUE = SmallNight.tasks(2);

    @TempDir
    private Path folder;

    @Test
    void a_night_replays_exactly() throws IOException {
        var night = SmallNight.layOut(folder, 2);
        night.run(QUEUE, SmallNight.rule());
        assertEquals(new Replay.Result(2, 0, List.of()), replay(night));
    }

    @Test
    void replies_off_schema_failed_tools_and_failed_checks_replay() throws IOException {
        var night = SmallNight.layOut(folder, 2);
        var answers = List.of(
                        "no call at all",
                        SmallNight.call("write_file", "{\"text\": \"\\ud83d\"}"),
                        SmallNight.call("write_file", "{\"text\": \"one\\n\"}"),
                        SmallNight.call("final", "{\"status\": \"fail\"}"),
                        "<tool_call>",
                        "<|im_end|>",
                        "")
                .iterator();
        assertEquals(
                List.of("task-0 declined", "task-1 schema_failures"),
                night.run(QUEUE, SmallNight.engine(prompt -> answers.next())));
        assertEquals(2, replay(night).replayed());
    }

    /** @param more behind the pointer of the choice */
    private SmallNight copier(String more) throws IOException {
        var night = SmallNight.layOut(folder, 2);
        night.otherAgents.put(
                "copier", new AgentAssembly(night.tools).assemble(Json.parse("""
                {"name": "copier", "version": "1", "model": "rule", "input": {"type": "object"},
                 "output": {"type": "object", "properties": {"status": {"enum": ["done", "fail"]}},
                            "required": ["status"], "additionalProperties": false},
                 "tools": [{"name": "list_files", "bind": {"limit": {"value": 9}}},
                           {"name": "write_file", "bind": {"text": {"value": "picked\\n"}},
                            "choices": {"path": {"from": "list_files", "at": "/files/*"%s}}}],
                 "prompt": {"role": "You write over a file that is there."},
                 "checks": [{"use": "only_changes", "with": {"fields": ["path"]}}]}""".formatted(more)), ChatFormats.QWEN));
        return night;
    }

    @Test
    void how_likely_a_choice_was_is_in_the_journal_and_a_choice_that_was_too_unlikely_declines_again()
            throws IOException {
        var night = copier(", \"leastConfidence\": 0.5");
        var answers = List.of(
                        SmallNight.call("list_files", "{}"),
                        SmallNight.call("write_file", "{\"path\": \"file-1.txt\"}"),
                        SmallNight.call("list_files", "{}"),
                        SmallNight.call("write_file", "{\"path\": \"file-0.txt\"}"),
                        SmallNight.call("final", "{\"status\": \"done\"}"))
                .iterator();
        var likelihoods = List.of(0.49999949, 1 / 1.5).iterator();
        var queue = List.of(
                new Task("unsure", "copier", Json.object().put("path", "file-1.txt"), 1, List.of()),
                new Task("sure", "copier", Json.object().put("path", "file-0.txt"), 0, List.of()));
        var engine = SmallNight.engine(
                prompt -> answers.next(), (argument, from, to) -> OptionalDouble.of(likelihoods.next()));
        assertEquals(List.of("unsure declined", "sure accepted"), night.run(queue, engine));
        assertEquals(new Replay.Result(2, 0, List.of()), replay(night));
        var told = new ArrayList<String>();
        JournalReader.read(night.journal(), entry -> {
            if (entry.event() instanceof GenerationReceived turn) {
                told.add(String.valueOf(turn.limited().getFirst().likelihood()));
            }
            if (entry.event() instanceof TaskFinished finished
                    && finished.task().equals("unsure")) {
                told.add(finished.ending().message());
            }
        });
        assertEquals(List.of("null", "0.499999", "unsure", "null", "0.666667", "null"), told);
    }

    @Test
    void by_what_a_choice_was_made_is_in_the_journal_and_replays() throws IOException {
        var night = copier(", \"score\": \"whole\"");
        var answers = List.of(
                        SmallNight.call("list_files", "{}"),
                        SmallNight.call("write_file", "{\"path\": \"file-1.txt\"}"),
                        SmallNight.call("final", "{\"status\": \"done\"}"))
                .iterator();
        var task = new Task("pick", "copier", Json.object().put("path", "file-1.txt"), 0, List.of());
        var engine = SmallNight.engine(prompt -> answers.next(), new Likelihood() {
            @Override
            public OptionalDouble of(String argument, int from, int to) {
                return OptionalDouble.of(0.75);
            }

            @Override
            public Scoring scoring(String argument) {
                return Scoring.WHOLE;
            }
        });
        assertEquals(List.of("pick accepted"), night.run(List.of(task), engine));
        assertEquals(new Replay.Result(1, 0, List.of()), replay(night));
        assertTrue(Files.readString(night.journal()).contains("\"likelihood\":0.75,\"score\":\"whole\""));
    }

    @Test
    void what_an_argument_was_limited_to_by_results_is_in_the_journal_and_replays() throws IOException {
        var night = copier("");
        var answers = List.of(
                        SmallNight.call("write_file", "{\"path\": \"file-1.txt\"}"),
                        SmallNight.call("list_files", "{}"),
                        SmallNight.call("write_file", "{\"path\": \"file-1.txt\"}"),
                        SmallNight.call("final", "{\"status\": \"done\"}"))
                .iterator();
        var task = new Task("pick", "copier", Json.object().put("path", "file-1.txt"), 0, List.of());
        assertEquals(List.of("pick accepted"), night.run(List.of(task), SmallNight.engine(prompt -> answers.next())));
        assertEquals(new Replay.Result(1, 0, List.of()), replay(night));
        var limited = new ArrayList<String>();
        JournalReader.read(night.journal(), entry -> {
            if (EventType.of(entry.event()) == EventType.GENERATION_RECEIVED) {
                limited.add(Json.write(EventCodec.data(entry.event()).get("night.limited")));
            }
        });
        var two = "[{\"tool\": \"write_file\", \"argument\": \"path\", \"from\": \"list_files\", "
                + "\"at\": \"/files/*\", \"offered\": %d%s}]";
        var file = ", \"value\": \"file-1.txt\"";
        assertEquals(
                List.of(two.formatted(0, ""), two.formatted(0, ""), two.formatted(2, file), two.formatted(2, "")),
                limited);
    }

    @Test
    void a_time_limit_is_hit_again_at_the_same_step() throws IOException {
        var night = SmallNight.layOut(folder, 2);
        var clock = new SetClock(SmallNight.CLOCK.instant());
        night.clock = clock;
        var slow = SmallNight.engine(prompt -> {
            clock.pass(Duration.ofMinutes(2));
            return SmallNight.call("compute_diff", "{}");
        });
        assertEquals(List.of("task-0 task_timeout", "task-1 task_timeout"), night.run(QUEUE, slow));
        assertEquals(new Replay.Result(2, 0, List.of()), replay(night));
    }

    @Test
    void a_time_limit_between_two_calls_of_a_turn_lets_the_second_be_and_is_hit_again_there() throws IOException {
        var night = SmallNight.layOut(folder, 2);
        var clock = new SetClock(SmallNight.CLOCK.instant());
        night.clock = clock;
        night.tools = new TreeMap<>(night.tools);
        night.tools.put(
                "compute_diff",
                new ForwardingTool(Objects.requireNonNull(BuiltInTools.all().get("compute_diff"))) {
                    @Override
                    public ToolResult call(ObjectNode arguments, TaskFiles files) throws PathRefused {
                        clock.pass(Duration.ofMinutes(2));
                        return tool.call(arguments, files);
                    }
                });
        var two =
                SmallNight.call("compute_diff", "{}") + "\n" + SmallNight.call("write_file", "{\"text\": \"late\\n\"}");
        assertEquals(List.of("task-0 task_timeout"), night.run(QUEUE.subList(0, 1), SmallNight.engine(prompt -> two)));
        assertEquals(new Replay.Result(1, 0, List.of()), replay(night));
        assertEquals(List.of("compute_diff"), calls(night.journal()));
    }

    private static List<String> calls(Path journal) {
        var calls = new ArrayList<String>();
        JournalReader.read(journal, entry -> {
            if (EventType.of(entry.event()) == EventType.TOOL_CALLED) {
                calls.add(EventCodec.data(entry.event()).get("gen_ai.tool.name").stringValue());
            }
        });
        return calls;
    }

    @Test
    void a_tool_that_hung_is_not_run_again() throws IOException {
        var night = SmallNight.layOut(folder, 2);
        var runs = new AtomicInteger();
        night.tools = new TreeMap<>(night.tools);
        night.tools.put("compute_diff", new Hanging(runs));
        var asked = new AtomicInteger();
        assertEquals(
                List.of("task-0 tool_timeout"),
                night.run(
                        QUEUE.subList(0, 1),
                        SmallNight.engine(prompt -> asked.getAndIncrement() % 2 == 0
                                ? SmallNight.call("compute_diff", "{}")
                                : SmallNight.call("write_file", "{\"text\": \"\"}"))));
        assertTrue(runs.get() > 0);
        runs.set(0);
        assertEquals(new Replay.Result(1, 0, List.of()), replay(night));
        assertEquals(0, runs.get());
    }

    @Test
    void a_tool_that_is_not_stable_runs_for_its_files_and_its_recorded_result_is_taken() throws IOException {
        var runs = new AtomicInteger();
        var night = counting(runs, false);
        int before = runs.get();
        assertEquals(new Replay.Result(1, 0, List.of()), replay(night));
        assertEquals(before + 1, runs.get());
        assertThrows(
                AssertionError.class, () -> counting(new AtomicInteger(), true)); // the control: its replay differs
    }

    private SmallNight counting(AtomicInteger runs, boolean stable) throws IOException {
        var night = SmallNight.layOut(folder.resolve("stable-" + stable), 2);
        night.tools = new TreeMap<>(night.tools);
        night.tools.put("compute_diff", new Counting(runs, stable));
        var answers = List.of(SmallNight.call("compute_diff", "{}"), SmallNight.call("final", "{\"status\": \"done\"}"))
                .iterator();
        assertEquals(
                List.of("task-0 accepted"),
                night.run(QUEUE.subList(0, 1), SmallNight.engine(prompt -> answers.next())));
        return night;
    }

    /** A tool that writes a line, and tells how often it has run. */
    private record Counting(AtomicInteger runs, boolean isStable) implements Tool {
        @Override
        public String name() {
            return "compute_diff";
        }

        @Override
        public String description() {
            return "Counts.";
        }

        @Override
        public Schema arguments() {
            return Schema.compile("arguments", Json.parse("{\"type\": \"object\", \"properties\": {}}"));
        }

        @Override
        public Schema result() {
            return Schema.compile("result", Json.object());
        }

        @Override
        public ToolResult call(ObjectNode arguments, TaskFiles task) throws PathRefused {
            task.files().write("file-0.txt", "counted\n".getBytes(StandardCharsets.UTF_8));
            return new ToolResult.Returned(Json.object().put("runs", runs.incrementAndGet()));
        }
    }

    /** A tool that does not end by itself. */
    private record Hanging(AtomicInteger runs) implements Tool {
        @Override
        public String name() {
            return "compute_diff";
        }

        @Override
        public String description() {
            return "Hangs.";
        }

        @Override
        public Schema arguments() {
            return Schema.compile("arguments", Json.parse("{\"type\": \"object\", \"properties\": {}}"));
        }

        @Override
        public Schema result() {
            return Schema.compile("result", Json.object());
        }

        @Override
        public ToolResult call(ObjectNode arguments, TaskFiles task) {
            runs.incrementAndGet();
            try {
                Thread.sleep(Duration.ofMinutes(1));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return new ToolResult.Returned(Json.object());
        }
    }

    @Test
    void a_difference_is_shown_at_the_event_where_it_begins() throws IOException {
        assertEquals(
                "night.pantheon.generation.received.v1: night.prompt_hash",
                difference(EventType.GENERATION_RECEIVED, data -> data.put("night.prompt_hash", "0".repeat(64))));
        assertEquals(
                "night.pantheon.tool.called.v1: gen_ai.tool.call.arguments",
                difference(EventType.TOOL_CALLED, data -> data.putObject("gen_ai.tool.call.arguments")));
        assertEquals(
                "night.pantheon.tool.returned.v1: gen_ai.tool.call.result",
                difference(EventType.TOOL_RETURNED, data -> data.putObject("gen_ai.tool.call.result")));
        assertEquals(
                "night.pantheon.check.finished.v1: night.check",
                difference(EventType.CHECK_FINISHED, data -> data.put("night.check", "another")));
        assertEquals(
                "night.pantheon.commit.intended.v1: night.diff_digest",
                difference(
                        EventType.COMMIT_INTENDED,
                        data -> ((ObjectNode) data.get("night.ending")).put("night.diff_digest", "0".repeat(64))));
        assertEquals(
                "night.pantheon.task.started.v1: night.template_hash",
                difference(EventType.TASK_STARTED, data -> data.put("night.template_hash", "0".repeat(64))));
    }

    @Test
    void another_answer_shows_at_what_came_of_it() throws IOException {
        var other = SmallNight.call("write_file", "{\"text\": \"else\\n\"}");
        assertEquals(
                "night.pantheon.tool.called.v1: gen_ai.tool.call.arguments",
                difference(EventType.GENERATION_RECEIVED, data -> data.put("night.text", other)));
        assertEquals(
                "the record has night.pantheon.tool.called.v1, the loop night.pantheon.call.rejected.v1",
                difference(EventType.GENERATION_RECEIVED, data -> data.put("night.text", "no call")));
    }

    /** How a replay differs once the first event of a type was changed, with a chain that is whole. */
    private String difference(EventType type, Consumer<ObjectNode> change) throws IOException {
        var night = SmallNight.layOut(folder.resolve(type + "-" + System.nanoTime()), 2);
        night.run(QUEUE, SmallNight.rule());
        var entries = new ArrayList<JournalReader.Entry>();
        JournalReader.read(night.journal(), entries::add);
        Files.delete(night.journal());
        var changed = entries.stream()
                .filter(entry -> EventType.of(entry.event()) == type)
                .findFirst()
                .orElseThrow();
        try (var journal = Journal.create(night.log(), "20261123-220000", SmallNight.CLOCK)) {
            entries.forEach(entry -> journal.append(
                    entry.seq() == changed.seq() ? Events.changed(entry.event(), change) : entry.event()));
        }
        var differences = replay(night).differences();
        assertEquals(1, differences.size(), differences.toString());
        assertEquals("task-0", differences.getFirst().task());
        assertTrue(differences.getFirst().seq() >= changed.seq());
        return differences.getFirst().what().replaceFirst(" is .*; the record has .*", "");
    }

    private static Replay.Result replay(SmallNight night) {
        try (var workspace = Workspace.open(night.folder.resolve("workspace"))) {
            return night.replay(workspace);
        }
    }

    @Test
    void a_limit_that_was_raised_shows_where_the_loop_now_goes_on() throws IOException {
        var night = SmallNight.layOut(folder, 2);
        night.steps = 1;
        assertEquals(List.of("task-0 step_limit"), night.run(QUEUE.subList(0, 1), SmallNight.rule()));
        night.steps = 8;
        var difference = replay(night).differences().getFirst();
        assertEquals(
                "the record has night.pantheon.task.finished.v1, the loop asks for another answer", difference.what());
    }

    @Test
    void one_task_can_be_replayed_alone() throws IOException {
        var night = SmallNight.layOut(folder, 2);
        Engine rule = SmallNight.rule();
        night.run(QUEUE, rule);
        try (var workspace = Workspace.open(folder.resolve("workspace"))) {
            assertEquals(new Replay.Result(1, 0, List.of()), night.replay(workspace, "task-1"));
        }
    }
}
