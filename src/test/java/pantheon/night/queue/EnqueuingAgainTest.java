package pantheon.night.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pantheon.night.SetClock;
import pantheon.night.agent.Agent;
import pantheon.night.batch.SmallNight;
import pantheon.night.engine.Engine;
import pantheon.night.journal.LogFolder;
import pantheon.night.journal.StateFolder;
import pantheon.night.past.History;
import pantheon.night.past.Retention;
import pantheon.night.queue.Enqueuing.Added;
import pantheon.night.workspace.Git;
import pantheon.night.workspace.Workspace;
import pantheon.night.workspace.glob.Glob;

/** What enqueue makes of documents that nights have done: real nights, whose agent writes a line into its file. */
final class EnqueuingAgainTest {
    @TempDir
    private Path folder = Path.of("");

    private SmallNight night = SmallNight.in(folder);
    private Git git = new Git(folder);
    private String version = "1";

    @BeforeEach
    void lay_out() throws IOException {
        night = SmallNight.layOut(folder, 3);
        git = new Git(folder.resolve("workspace"));
        git.run("config", "user.name", "A person");
        git.run("config", "user.email", "person@localhost");
        Files.createDirectory(folder.resolve("queue"));
    }

    private Map<String, Agent> agents() {
        var agent = night.agent();
        return Map.of(
                "writer",
                new Agent(
                        agent.name(),
                        version,
                        agent.model(),
                        agent.input(),
                        agent.output(),
                        agent.tools(),
                        agent.limits(),
                        agent.format(),
                        agent.prompt(),
                        agent.checks(),
                        agent.declines(),
                        agent.alike(),
                        agent.grammar()));
    }

    private Path file() {
        return folder.resolve("queue/writer.jsonl");
    }

    private Added enqueue(boolean again) {
        try (var workspace = Workspace.open(git.directory())) {
            var place = new Enqueuing.Place(
                    folder.resolve("queue"),
                    () -> Files.exists(file()) ? List.of(file()) : List.of(),
                    file(),
                    night.log());
            var wanted = new Enqueuing.Wanted(
                    "writer", 0, List.of(), null, List.of(), List.of(Glob.of("file-[01].txt")), again);
            return new Enqueuing(agents(), workspace, wanted).to(place);
        }
    }

    private static Added added(int added, int queued, int done) {
        return new Added(added, queued, done, List.of(), List.of());
    }

    private List<Task> queue() {
        var tasks = new ArrayList<Task>();
        new QueueReader(agents()).read(file(), tasks::add);
        return tasks;
    }

    private List<String> night(Engine engine) {
        night.clock = new SetClock(night.clock.instant().plus(Duration.ofHours(1)));
        return night.run(queue(), engine);
    }

    private static Engine doesNothing() {
        return SmallNight.engine(prompt -> SmallNight.call("final", "{\"status\": \"done\"}"));
    }

    @Test
    void what_changed_is_queued_again_and_what_did_not_is_not() {
        assertEquals(added(2, 0, 0), enqueue(false));
        assertEquals(added(0, 2, 0), enqueue(false));
        night(doesNothing());
        assertEquals(added(0, 0, 2), enqueue(false));
        git.write("file-1.txt", "something else\n").commitAll("change");
        assertEquals(added(1, 0, 1), enqueue(false));
        assertEquals(added(0, 1, 1), enqueue(false));
        assertEquals(List.of(queue().getLast().id() + " accepted"), night(doesNothing()));
        assertEquals(added(0, 0, 2), enqueue(false));
    }

    @Test
    void what_changed_back_is_queued_again_under_an_id_that_is_new() {
        enqueue(false);
        night(doesNothing());
        git.write("file-1.txt", "something else\n").commitAll("change");
        enqueue(false);
        night(doesNothing());
        git.write("file-1.txt", "as it was\n").commitAll("change back");
        assertEquals(added(1, 0, 1), enqueue(false));
        assertEquals(queue().get(1).id() + "-again-2", queue().getLast().id());
    }

    @Test
    void what_the_night_itself_made_of_a_document_is_no_change_once_it_is_merged() {
        enqueue(false);
        night(SmallNight.rule());
        assertEquals(added(0, 0, 2), enqueue(false), "nothing is merged yet");
        git.run(
                "merge",
                "-q",
                git.run("branch", "--list", "night/*", "--format=%(refname:short)")
                        .strip());
        assertEquals(added(0, 0, 2), enqueue(false));
    }

    @Test
    void another_version_of_the_agent_does_all_again() {
        enqueue(false);
        night(doesNothing());
        version = "2";
        assertEquals(added(2, 0, 0), enqueue(false));
        assertNotEquals(queue().getFirst().id(), queue().getLast().id());
    }

    @Test
    void a_document_that_waits_is_not_queued_twice_though_it_changed() {
        enqueue(false);
        git.write("file-1.txt", "something else\n").commitAll("change");
        version = "2";
        assertEquals(added(0, 2, 0), enqueue(false));
    }

    @Test
    void what_a_line_of_any_id_did_is_done() throws IOException {
        Files.writeString(file(), """
                {"id": "by-hand", "agent": "writer", "input": {"path": "file-0.txt"}}
                {"id": "%s", "agent": "writer", "input": {"path": "file-1.txt"}}
                """.formatted(TaskId.ofPath("writer", "file-1.txt")));
        assertEquals(added(0, 2, 0), enqueue(false));
        night(doesNothing());
        Files.delete(file());
        assertEquals(added(0, 0, 2), enqueue(false));
        git.write("file-0.txt", "something else\n").commitAll("change");
        assertEquals(added(1, 0, 1), enqueue(false));
    }

    @Test
    void all_is_queued_again_where_that_is_asked_for_but_never_what_waits() {
        enqueue(false);
        night(doesNothing());
        assertEquals(added(2, 0, 0), enqueue(true));
        assertTrue(queue().getLast().id().endsWith("-again-2"));
        assertEquals(added(0, 2, 0), enqueue(true));
    }

    @Test
    void what_was_cut_off_keeps_its_id_though_its_line_is_gone() throws IOException {
        Files.writeString(
                file(), "{\"id\": \"by-hand\", \"agent\": \"writer\", \"input\": {\"path\": \"file-0.txt\"}}\n");
        var cut = SmallNight.engine(prompt -> {
            throw new IllegalStateException("cut off");
        });
        assertThrows(RuntimeException.class, () -> night(cut));
        Files.delete(file());
        assertEquals(added(2, 0, 0), enqueue(false));
        assertEquals("by-hand", queue().getFirst().id());
    }

    @Test
    void of_nights_that_were_pruned_the_ids_tell_it() throws IOException {
        Files.writeString(
                file(), """
                {"id": "%s", "agent": "writer", "input": {"path": "file-0.txt"}}
                {"id": "%s", "agent": "writer", "input": {"path": "file-1.txt"}}
                """.formatted(TaskId.early("writer", "file-0.txt"), TaskId.ofPath("writer", "file-1.txt")));
        night(doesNothing());
        prune();
        assertEquals(added(0, 0, 2), enqueue(false));
    }

    @Test
    void of_nights_that_were_pruned_the_ids_of_today_tell_what_changed() throws IOException {
        enqueue(false);
        night(doesNothing());
        prune();
        git.write("file-1.txt", "something else\n").commitAll("change");
        assertEquals(added(1, 0, 1), enqueue(false));
    }

    /** Removes the night; the newest one always stays, so there is one more. */
    private void prune() throws IOException {
        Files.writeString(file(), """
                {"id": "other", "agent": "writer", "input": {"path": "file-2.txt"}}
                """);
        night(doesNothing());
        var retention = new Retention(new LogFolder(night.log()), new StateFolder(folder), night.clock, warning -> {});
        retention.prune(retention.plan(1, 0));
        assertEquals(1, History.journals(night.log()).size());
    }
}
