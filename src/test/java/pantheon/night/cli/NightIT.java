package pantheon.night.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import pantheon.night.ResultSchema;
import pantheon.night.contract.Json;
import pantheon.night.journal.EventCodec;
import pantheon.night.journal.EventType;
import pantheon.night.journal.JournalReader;
import pantheon.night.past.History;

/** A real night on the sample, with the embedded model, by the installed program. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class NightIT {
    private Path demo = Path.of("");
    private Program.Run night = new Program.Run(-1, "", "");
    private String userState = "";

    @BeforeAll
    void run_a_night_on_the_sample(@TempDir(cleanup = org.junit.jupiter.api.io.CleanupMode.ON_SUCCESS) Path folder) {
        demo = folder.resolve("demo");
        night = Program.run(folder, "demo", demo.toString(), "--dry-run");
        assertEquals(0, night.status(), night.err());
        assertTrue(night.out().contains("assumed"), night.out());
        assertFalse(Files.exists(demo.resolve("log")), "a dry run writes nothing");
        userState = userState();
        night = Program.run(folder, "demo", demo.toString());
    }

    /** Everything that belongs to the user: branch, index, working tree. */
    private String userState() {
        return git("rev-parse", "HEAD")
                + git("symbolic-ref", "HEAD")
                + git("ls-files", "-s")
                + git("status", "--porcelain");
    }

    private String git(String... arguments) {
        var command =
                new ArrayList<>(List.of("git", "-C", demo.resolve("workspace").toString()));
        command.addAll(List.of(arguments));
        var run = Program.process(demo, Map.of(), command);
        assertEquals(0, run.status(), run.err());
        return run.out();
    }

    private Path journal() {
        return History.journals(demo.resolve("log")).getFirst();
    }

    @Test
    void the_night_ends_well_and_says_what_it_did() {
        assertEquals(0, night.status(), night.err());
        assertTrue(night.out().contains("accepted"), night.out());
        assertTrue(night.out().contains("look at the work:"), night.out());
        assertEquals("", night.err());
    }

    @Test
    void every_task_of_the_queue_ends_once_for_a_named_reason() throws IOException {
        var reasons = new HashMap<String, String>();
        boolean torn = JournalReader.read(journal(), entry -> {
            var event = entry.event();
            if (EventType.of(event) == EventType.TASK_FINISHED) {
                var before = reasons.put(
                        String.valueOf(event.task()),
                        EventCodec.data(event).get("night.finish_reason").stringValue());
                assertEquals(null, before);
            }
        });
        assertFalse(torn);
        var queued = new TreeSet<String>();
        for (var file : List.of("front-matter.jsonl", "fences.jsonl")) {
            for (var line : Files.readAllLines(demo.resolve("queue").resolve(file))) {
                queued.add(Json.parse(line).get("id").stringValue());
            }
        }
        assertEquals(queued, new TreeSet<>(reasons.keySet()));
        assertTrue(reasons.values().stream().filter("accepted"::equals).count() >= 20, reasons.toString());
        assertFalse(reasons.containsValue("schema_failures"), reasons.toString());
        assertTrue(reasons.containsValue("declined"), reasons.toString());
        assertTrue(reasons.containsValue("not_accepted"), reasons.toString());
    }

    @Test
    void the_forecast_is_journaled_once_before_the_first_task() throws IOException {
        var types = new ArrayList<EventType>();
        JournalReader.read(journal(), entry -> {
            types.add(EventType.of(entry.event()));
            if (EventType.of(entry.event()) == EventType.FORECAST_MADE) {
                var forecast = EventCodec.data(entry.event()).get("night.forecast");
                assertEquals(45, forecast.get("tasks").intValue());
                assertEquals("assumed", forecast.at("/agents/0/basis").stringValue(), "it is the first night");
            }
        });
        assertEquals(1, Collections.frequency(types, EventType.FORECAST_MADE));
        assertTrue(types.indexOf(EventType.FORECAST_MADE) < types.indexOf(EventType.TASK_STARTED), types.toString());
    }

    @Test
    void the_longest_tasks_go_first_and_the_journal_tells_how_long_they_are() throws IOException {
        record Begun(int priority, long bytes) {}
        var priorities = new HashMap<String, Integer>();
        for (var line : Files.readAllLines(demo.resolve("queue/front-matter.jsonl"))) {
            var task = Json.parse(line);
            priorities.put(task.get("id").stringValue(), task.path("priority").asInt(0));
        }
        var begun = new ArrayList<Begun>();
        JournalReader.read(journal(), entry -> {
            // another agent's tasks may take longer than their bytes say
            boolean isOne = priorities.containsKey(String.valueOf(entry.event().task()));
            if (isOne && EventType.of(entry.event()) == EventType.TASK_STARTED) {
                begun.add(new Begun(
                        priorities.getOrDefault(String.valueOf(entry.event().task()), 0),
                        EventCodec.data(entry.event()).get("night.input_bytes").longValue()));
            }
        });
        assertEquals(39, begun.size());
        var order = Comparator.comparingInt(Begun::priority).thenComparingLong(Begun::bytes);
        assertEquals(begun.stream().sorted(order.reversed()).toList(), begun);
        assertTrue(begun.stream().map(Begun::bytes).distinct().count() > 20, begun.toString());
    }

    @Test
    void what_nobody_could_do_right_is_not_committed() {
        var changed = git("diff", "--name-only", "HEAD", branch());
        for (var hopeless : List.of(
                "adr/0005-store-format.md",
                "runbooks/slow-start.md",
                "runbooks/socket-gone.md",
                "runbooks/contacts.md",
                "guides/style.md",
                "handbook/values.md",
                "meetings/2025-04-14.md",
                "adr/0004-quarantine.md",
                "runbooks/upgrade.md")) {
            assertFalse(changed.contains(hopeless), hopeless);
        }
    }

    @Test
    void each_commit_changes_one_file_and_names_its_task() {
        var log = git("log", "--format=%H", "HEAD.." + branch()).strip().lines().toList();
        assertFalse(log.isEmpty());
        for (var commit : log) {
            assertEquals(
                    1,
                    git("show", "--format=", "--name-only", commit)
                            .strip()
                            .lines()
                            .count());
            assertTrue(git("show", "-s", "--format=%(trailers:key=Night-Task,valueonly)", commit)
                    .matches("(?s)(fm|fence)-.*"));
        }
    }

    private String branch() {
        return git("for-each-ref", "--format=%(refname:short)", "refs/heads/night")
                .strip();
    }

    @Test
    void the_user_s_branch_index_and_working_tree_stay_as_they_were() {
        assertEquals(userState, userState());
        git("fsck", "--strict");
    }

    @Test
    void hostile_text_stays_text() throws IOException {
        var after = git("show", branch() + ":docs/prompt-injection.md");
        var before = Files.readString(demo.resolve("workspace/docs/prompt-injection.md"));
        assertEquals(before.substring(before.indexOf("# What if")), after.substring(after.indexOf("# What if")));
    }

    @Test
    void a_second_run_finds_nothing_left_to_do() {
        var again = Program.run(demo, "demo", demo.toString());
        assertEquals(0, again.status(), again.err());
        assertTrue(again.out().contains("nothing to do"), again.out());
    }

    @Test
    void a_person_who_asks_for_more_is_told_each_step_of_a_start() {
        var again = Program.run(demo, "--verbose");
        assertEquals(0, again.status(), again.err());
        assertTrue(again.out().contains("queue:     45 tasks in "), again.out());
        assertTrue(again.out().contains("egress:    "), again.out());
        assertTrue(again.out().contains("journals:  1 night so far"), again.out());
    }

    @Test
    void the_night_replays_exactly() throws IOException {
        var run = journal().getFileName().toString().replace(".jsonl", "");
        var replay = Program.run(demo, "replay", run);
        assertEquals(0, replay.status(), replay.err());
        assertEquals("45 tasks replayed, 45 of them exactly", replay.out().strip());
        var one = Program.run(demo, "replay", run, "--task", "fm-runbooks-ghost-entry", "--json");
        assertEquals(1, ResultSchema.valid("replay", one.out()).get("replayed").intValue(), one.err());
        assertEquals(64, Program.run(demo, "replay", "no-such-night").status());
        assertEquals(
                65, Program.run(demo, "replay", run, "--task", "no-such-task").status());
    }

    @Test
    void doctor_finds_all_well() {
        var doctor = Program.run(demo, "doctor");
        assertEquals(0, doctor.status(), doctor.out() + doctor.err());
        assertTrue(doctor.out().contains("ok      model docops-front-matter"), doctor.out());
        var json = Program.run(demo, "doctor", "--json");
        assertTrue(ResultSchema.valid("doctor", json.out()).get("ok").booleanValue(), json.out());
    }

    @Test
    void the_jq_lines_of_the_docs_run() throws IOException {
        var pages = Files.readString(Path.of("docs/operations.md")) + Files.readString(Path.of("docs/recovery.md"));
        var lines = Pattern.compile("(?m)^jq .*$")
                .matcher(pages)
                .results()
                .map(m -> m.group())
                .toList();
        assertTrue(lines.size() >= 5, lines.toString());
        for (var line : lines) {
            var run = Program.process(demo, Map.of(), List.of("sh", "-c", line));
            assertEquals(0, run.status(), line + "\n" + run.err());
            boolean ofSigned = line.contains("statement.signed"); // this night has no key
            assertEquals(ofSigned, run.out().isBlank(), line);
        }
    }

    @Test
    void enqueue_adds_no_document_that_the_night_has_done_unless_it_is_asked_to() throws IOException {
        var file = demo.resolve("more.jsonl");
        var none = enqueue(file, Map.of());
        assertTrue(none.out().contains("13 matched, all done already and not changed since"), none.out());
        assertFalse(Files.exists(file));
        enqueue(file, Map.of(), "--again");
        var lines = Files.readAllLines(file);
        assertEquals(13, lines.size());
        var validate = Program.run(demo, "validate", file.toString());
        assertEquals(0, validate.status(), validate.err());
        var twice = enqueue(file, Map.of("PANTHEON_NIGHT_QUEUE", file.toString()), "--again");
        assertEquals(lines, Files.readAllLines(file));
        assertTrue(twice.out().contains("13 matched, all queued already"), twice.out());
    }

    private Program.Run enqueue(Path file, Map<String, String> environment, String... more) {
        var words = new ArrayList<>(
                List.of("enqueue", "--agent", "docops.front-matter", "--to", file.toString(), "docs/*.md"));
        words.addAll(List.of(more));
        var run = Program.run(demo, environment, words.toArray(String[]::new));
        assertEquals(0, run.status(), run.err());
        return run;
    }

    @Test
    void enqueue_tells_what_it_cannot_do_in_one_line() {
        for (var broken : List.of("[", "{a", "a\\", "/abs/*.md", "../*.md")) {
            var run = Program.run(demo, "enqueue", "--agent", "docops.front-matter", broken);
            assertEquals(64, run.status(), broken);
            assertEquals(1, run.err().lines().count(), run.err());
        }
        var nothing = Program.run(demo, "enqueue", "--agent", "docops.front-matter", "none/*.md");
        assertEquals(0, nothing.status(), nothing.err());
        assertTrue(nothing.err().contains("the pattern \"none/*.md\" matches no file"), nothing.err());
        var priority = Program.run(demo, "enqueue", "--agent", "docops.front-matter", "--priority", "1000", "**.md");
        assertEquals(64, priority.status(), priority.err());
    }

    @Test
    void a_full_disk_leaves_the_queue_as_it_was() throws IOException {
        var night = SampleNight.layOut(demo.resolveSibling("full-" + demo.getFileName()), 3);
        var script = """
                mkdir small
                mount -t tmpfs -o size=12k none small
                head -c 8000 /dev/zero | tr '\\0' ' ' > small/q.jsonl
                before=$(cat small/q.jsonl | wc -c)
                status=0
                "$program" enqueue --agent docops.front-matter --to small/q.jsonl '**.md' || status=$?
                test "$before" = "$(cat small/q.jsonl | wc -c)"
                test "$(ls -A small | grep -c new)" = 0
                """;
        var run = night.script(Map.of(), script);
        assertEquals(73, run.status(), run.out() + run.err());
        assertTrue(run.err().contains("No space left on device. Nothing was added"), run.err());
    }

    @Test
    void broken_lines_stop_a_night_that_has_nothing_else_to_do_or_is_strict() throws IOException {
        var file = demo.resolve("broken.jsonl");
        Files.write(file, List.of("{\"id\": \"x\"", "{\"id\": \"y\", \"agent\": \"nobody\", \"input\": {}}"));
        var run = Program.run(demo, "--queue", file.toString(), "--strict");
        assertEquals(65, run.status());
        assertTrue(run.err().contains("nothing was started; correct the lines"), run.err());
        assertTrue(run.err().contains("broken.jsonl:1: "), run.err());
        assertTrue(run.err().contains("broken.jsonl:2: there is no agent \"nobody\""), run.err());
        var left = Program.run(demo, "--queue", file.toString());
        assertEquals(65, left.status(), left.err());
        assertTrue(left.err().contains("no line of the queue is right"), left.err());
        Files.writeString(file, "");
        var empty = Program.run(demo, "--queue", file.toString());
        assertEquals(0, empty.status(), empty.err());
        assertTrue(empty.out().contains("the queue has no tasks"), empty.out());
        var unnamed = Program.run(demo, "validate", "--config", "");
        assertEquals(64, unnamed.status(), unnamed.err());
        assertTrue(unnamed.err().contains("names no file and no folder"), unnamed.err());
    }

    @Test
    void a_slip_in_the_configuration_is_named_with_its_line() throws IOException {
        var text = Files.readString(demo.resolve("pantheon-night.yaml"));
        var file = demo.resolve("slip.yaml");
        Files.writeString(file, text.replace("queue:", "quue:").replace("log: log", "log: 7"));
        var run = Program.run(demo, "--config", file.toString());
        assertEquals(78, run.status());
        assertTrue(run.err().contains("slip.yaml:3: quue is no key here"), run.err());
        assertTrue(run.err().contains("Did you mean \"queue\"?"), run.err());
        assertTrue(run.err().contains("slip.yaml:5: log is 7; expected"), run.err());
    }

    @Test
    void a_model_that_differs_from_its_manifest_is_refused_and_its_tasks_wait() throws IOException {
        var model = demo.resolve("model");
        git("clone", "--quiet", ".", demo.resolve("workspace2").toString());
        Program.process(
                demo,
                Map.of(),
                List.of(
                        "cp",
                        "-r",
                        Program.HOME.resolve("models/docops-front-matter").toString(),
                        model.toString()));
        var file = demo.resolve("tampered.yaml");
        Files.writeString(
                file,
                Files.readString(demo.resolve("pantheon-night.yaml"))
                        .replaceFirst("path: .*", "path: model")
                        .replace("workspace: workspace", "workspace: workspace2")
                        .replace("state: state", "state: state2")
                        .replace("log: log", "log: log2"));
        var doctor = Program.run(demo, "doctor", "--config", file.toString());
        assertEquals(0, doctor.status(), doctor.out() + doctor.err());
        Files.writeString(model.resolve("config.json"), " ", StandardOpenOption.APPEND);
        var run = Program.run(demo, "--config", file.toString());
        assertEquals(69, run.status());
        assertTrue(run.err().contains("config.json has SHA-256"), run.err());
        var agents = new TreeSet<String>();
        JournalReader.read(History.journals(demo.resolve("log2")).getFirst(), entry -> {
            if (EventType.of(entry.event()) == EventType.TASK_STARTED) {
                agents.add(EventCodec.data(entry.event()).get("night.agent").stringValue());
            }
        });
        assertEquals(Set.of("docops.fences"), agents);
    }

    @Test
    void the_window_cuts_off_and_the_next_night_goes_on() throws IOException {
        var folder = demo.resolveSibling("window");
        assertEquals(
                0, Program.run(demo, "demo", folder.toString(), "--dry-run").status());
        var cut = Program.run(demo, "demo", folder.toString(), "--until", "1s");
        assertEquals(75, cut.status(), cut.out() + cut.err());
        assertTrue(cut.out().contains("carried over to the next night"), cut.out());
        var rest = Program.run(demo, "demo", folder.toString());
        assertEquals(0, rest.status(), rest.err());
    }

    @Test
    void sigterm_stops_at_the_next_step_and_closes_the_journal() throws Exception {
        var folder = demo.resolveSibling("stopped");
        assertEquals(
                0, Program.run(demo, "demo", folder.toString(), "--dry-run").status());
        var process = Program.start(demo, "demo", folder.toString());
        var log = folder.resolve("log");
        while (process.isAlive() && History.journals(log).isEmpty()) {
            Thread.sleep(20);
        }
        process.destroy();
        assertTrue(process.waitFor(2, TimeUnit.MINUTES));
        assertEquals(75, process.exitValue(), "work is left");
        var last = new ArrayList<EventType>();
        JournalReader.read(History.journals(log).getFirst(), entry -> last.add(EventType.of(entry.event())));
        assertEquals(EventType.NIGHT_FINISHED, last.getLast());
    }

    @Test
    void a_wrong_flag_is_a_usage_error() {
        assertEquals(64, Program.run(demo, "--no-such-flag").status());
        assertEquals(0, Program.run(demo, "--help").status());
        assertTrue(Program.run(demo, "--version").out().startsWith("pantheon-night 0."));
    }

    @Test
    void config_show_tells_where_each_value_comes_from() {
        var run = Program.run(demo, Map.of("PANTHEON_NIGHT_WINDOW_UNTIL", "05:30"), "config", "show");
        assertEquals(0, run.status(), run.err());
        assertTrue(run.out().contains("05:30  (PANTHEON_NIGHT_WINDOW_UNTIL)"), run.out());
        assertTrue(run.out().contains("(default)"), run.out());
        assertTrue(run.out().contains("pantheon-night.yaml:2)"), run.out());
    }

    @Test
    void nothing_is_written_to_the_home_folder_or_to_tmp(@TempDir Path empty) throws IOException {
        var inItsPlace = """
                mount --bind "$3" /mnt
                mount --bind "$1" /srv
                mount --bind "$2" /tmp
                cd /srv
                sed "s#$3#/mnt#" pantheon-night.yaml >in-its-place.yaml
                HOME=/tmp exec /mnt/bin/pantheon-night --config in-its-place.yaml doctor
                """;
        var run = Program.process(
                demo,
                Map.of(),
                List.of(
                        "unshare",
                        "--mount",
                        "sh",
                        "-ec",
                        inItsPlace,
                        "sh",
                        demo.toString(),
                        empty.toString(),
                        Program.HOME.toString()));
        assertEquals(0, run.status(), run.err());
        try (var files = Files.list(empty)) {
            assertEquals(List.of(), files.toList());
        }
    }
}
