package pantheon.night.batch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import pantheon.night.acceptance.Check;
import pantheon.night.acceptance.CheckResult;
import pantheon.night.acceptance.Checks;
import pantheon.night.acceptance.Work;
import pantheon.night.contract.Json;
import pantheon.night.journal.Journal;
import pantheon.night.journal.JournalReader;
import pantheon.night.journal.NightEvent.CommitMade;
import pantheon.night.journal.NightEvent.TaskFinished;
import pantheon.night.queue.Task;
import pantheon.night.workspace.Git;
import pantheon.night.workspace.files.PathRefused;

/** Where lines of one file are merged, what comes of it passes the checks of all whose work is in it, or it is a conflict. */
final class MergedTextTest {
    private static final String DOCUMENT = """
            ---
            title: A heading
            tags: x
            status: draft
            ---
            # A heading

            One line.

            Another line.
            """;
    private static final String SHIPPED =
            DOCUMENT.replace("status: draft\n", "status: draft\nslug: a-heading\npriority: high\n");
    private static final String OTHER =
            DOCUMENT.replace("title: A heading\n", "title: A heading\nslug: old\npriority: low\n");

    @TempDir
    private Path folder;

    private SmallNight night;

    @BeforeEach
    void lay_out() throws IOException {
        night = SmallNight.layOut(folder, 1);
        var git = new Git(folder.resolve("workspace"));
        git.run("config", "user.name", "Ada");
        git.run("config", "user.email", "ada@example.org");
        git.write("doc.md", DOCUMENT).write("b.md", "b\n").commitAll("A document");
        agent(
                "shipped",
                named("front_matter_on_schema", "{\"schema\": {\"type\": \"object\"}}"),
                named("slug_of_title", "{}"),
                named("other_keys_kept", "{\"except\": [\"slug\", \"priority\"]}"),
                named("body_kept", "{}"));
        agent("other", named("only_changes", "{\"fields\": [\"path\"]}"));
    }

    private static Check named(String name, String with) {
        return Checks.named(name, Json.parse(with));
    }

    private void agent(String name, Check... checks) {
        var agent = new pantheon.night.agent.AgentAssembly(night.tools)
                .assemble(Json.parse("""
                {"name": "%s", "version": "2", "model": "rule",
                 "input": {"type": "object", "properties": {"path": {"type": "string"}, "text": {"type": "string"}},
                           "required": ["path", "text"]},
                 "output": {"type": "object", "properties": {"status": {"enum": ["done", "fail"]}},
                            "required": ["status"], "additionalProperties": false},
                 "tools": [{"name": "write_file",
                            "bind": {"path": {"input": "path"}, "text": {"input": "text"}}}],
                 "limits": {"steps": 8, "failures": 2, "toolErrors": 2, "identicalCalls": 2, "stepTokens": 100,
                            "taskTokens": 1000, "keptResults": 2, "toolTime": "1s", "taskTime": "60s"},
                 "prompt": {"role": "You write."},
                 "checks": []}
                """.formatted(name)), pantheon.night.prompt.ChatFormats.QWEN);
        night.otherAgents.put(name, SmallNight.checkedBy(agent, List.of(checks)));
    }

    private static Task task(String id, String agent, String text) {
        return new Task(id, agent, Json.object().put("path", "doc.md").put("text", text), 0, List.of());
    }

    private List<String> run(Task... tasks) {
        return night.run(
                List.of(tasks),
                SmallNight.engine(prompt -> prompt.contains("<tool_response>")
                        ? SmallNight.call("final", "{\"status\": \"done\"}")
                        : SmallNight.call("write_file", "{}")));
    }

    /** What the last task of the night ended with. */
    private String message() {
        return messages().getLast();
    }

    private List<String> messages() {
        var messages = new ArrayList<String>();
        JournalReader.read(night.journal(), entry -> {
            if (entry.event() instanceof TaskFinished finished) {
                messages.add(finished.ending().message());
            }
        });
        return messages;
    }

    private List<Boolean> merged() {
        var merged = new ArrayList<Boolean>();
        JournalReader.read(night.journal(), entry -> {
            if (entry.event() instanceof CommitMade made) {
                merged.add(!made.isAsTheTaskLeftIt());
            }
        });
        return merged;
    }

    private String committed() {
        return new Git(folder.resolve("workspace"))
                .run("show", "night/%s:doc.md".formatted(Journal.run(night.journal())));
    }

    @Test
    void front_matter_with_a_key_twice_is_a_conflict_by_the_checks_of_the_task_that_came_first() {
        assertEquals(
                List.of("task-1 accepted", "task-2 conflict"),
                run(task("task-1", "shipped", SHIPPED), task("task-2", "other", OTHER)));
        assertEquals(SHIPPED, committed());
        assertEquals(
                "merged with another task's commit, of task task-1 (shipped@2) the check front_matter_on_schema: ",
                message().substring(0, message().indexOf(": ") + 2));
    }

    @Test
    void and_by_the_checks_of_the_task_that_came_second() {
        assertEquals(
                List.of("task-1 accepted", "task-2 conflict"),
                run(task("task-1", "other", OTHER), task("task-2", "shipped", SHIPPED)));
        assertEquals(OTHER, committed());
        assertEquals(
                "merged with another task's commit, of task task-2 (shipped@2) the check front_matter_on_schema: ",
                message().substring(0, message().indexOf(": ") + 2));
    }

    @Test
    void changes_that_go_together_are_merged_and_each_check_looks_at_its_own_tasks_part() {
        var owner = DOCUMENT.replace("title: A heading\n", "title: A heading\nowner: me\n");
        var body = DOCUMENT.replace("Another line.", "Another line, changed.");
        assertEquals(
                List.of("task-1 accepted", "task-2 accepted", "task-3 accepted"),
                run(task("task-1", "shipped", SHIPPED), task("task-2", "other", owner), task("task-3", "other", body)));
        assertEquals(List.of(false, true, true), merged());
        assertEquals(
                SHIPPED.replace("title: A heading\n", "title: A heading\nowner: me\n")
                        .replace("Another line.", "Another line, changed."),
                committed());
    }

    @Test
    void a_heading_that_another_task_changed_makes_the_title_wrong() {
        agent("titles", named("title_from_heading", "{}"));
        var titled = DOCUMENT.replace("title: A heading\n", "title: A heading\nowner: me\n");
        var renamed = DOCUMENT.replace("# A heading", "# Another heading");
        assertEquals(
                List.of("task-1 accepted", "task-2 conflict"),
                run(task("task-1", "titles", titled), task("task-2", "other", renamed)));
        assertEquals(
                "merged with another task's commit, of task task-1 (titles@2) the check title_from_heading: "
                        + "title is \"A heading\"; expected \"Another heading\"",
                message());
    }

    @Test
    void a_night_that_goes_on_knows_the_checks_of_what_was_committed_before() {
        var asked = new ArrayList<String>();
        var killed = new IllegalStateException("killed");
        assertEquals(
                killed,
                assertThrows(
                        IllegalStateException.class,
                        () -> night.run(
                                List.of(task("task-1", "shipped", SHIPPED), task("task-2", "other", OTHER)),
                                SmallNight.engine(prompt -> {
                                    asked.add(prompt);
                                    if (asked.size() == 3) {
                                        throw killed;
                                    }
                                    return prompt.contains("<tool_response>")
                                            ? SmallNight.call("final", "{\"status\": \"done\"}")
                                            : SmallNight.call("write_file", "{}");
                                }))));
        assertEquals(
                List.of("task-2 conflict"), run(task("task-1", "shipped", SHIPPED), task("task-2", "other", OTHER)));
        assertEquals(SHIPPED, committed());
    }

    /** A check that does something only where it looks at merged text. */
    private record OfMerged(Runnable action) implements Check {
        @Override
        public String name() {
            return "of_merged";
        }

        @Override
        public CheckResult check(Work work) {
            var text = text(work);
            if (text.contains("owner: me") && text.contains("slug: a-heading")) {
                action.run();
            }
            return new CheckResult(name(), true, "");
        }

        private static String text(Work work) {
            try {
                return new String(work.changes().content("doc.md"), UTF_8);
            } catch (PathRefused e) {
                throw new AssertionError(e);
            }
        }
    }

    static Stream<Arguments> breakdowns() {
        return Stream.of(
                Arguments.of((Runnable) () -> sneak(new StackOverflowError()), "nested too deeply"),
                Arguments.of((Runnable) () -> sneak(new OutOfMemoryError("no room")), "more memory than there is"),
                Arguments.of((Runnable) () -> sneak(new IllegalArgumentException("no")), "a bug of pantheon-night"),
                Arguments.of((Runnable) LockSupport::park, "it did not end within the time of a call"));
    }

    private static void sneak(Throwable thrown) {
        if (thrown instanceof Error error) {
            throw error;
        }
        throw (RuntimeException) thrown;
    }

    @ParameterizedTest
    @MethodSource("breakdowns")
    void a_check_that_breaks_on_merged_text_makes_it_a_conflict_and_the_night_goes_on(Runnable breakdown, String why) {
        agent("broken", new OfMerged(breakdown));
        var owners = "owner: me and " + "others ".repeat(20) + "\n"; // the longest comes first
        var owner = DOCUMENT.replace("title: A heading\n", "title: A heading\n" + owners);
        var body = SHIPPED.replace("Another line.", "Another line, changed.");
        assertEquals(
                List.of("task-1 accepted", "task-2 conflict", "task-3 accepted"),
                run(task("task-1", "broken", SHIPPED), task("task-2", "other", owner), task("task-3", "other", body)));
        assertEquals(body, committed());
        assertTrue(messages().get(1).startsWith("merged with another task's commit, of task task-1 (broken@2)"), why);
        assertTrue(messages().get(1).contains("of_merged: "), messages().get(1));
        assertTrue(messages().get(1).contains(why), messages().get(1));
    }

    @Test
    void a_part_that_both_did_is_told_as_merged() {
        agent("both", new Check() {
            @Override
            public String name() {
                return "any";
            }

            @Override
            public CheckResult check(pantheon.night.acceptance.Work work) {
                return new CheckResult(name(), true, "");
            }
        });
        assertEquals(
                List.of("task-1 accepted", "task-2 accepted"),
                run(task("task-1", "both", SHIPPED), task("task-2", "other", SHIPPED)));
        assertEquals(List.of(false), merged());
    }
}
