package pantheon.night.gather;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pantheon.night.ExitCode;
import pantheon.night.NightException;
import pantheon.night.SetClock;
import pantheon.night.acceptance.Check;
import pantheon.night.acceptance.CheckResult;
import pantheon.night.acceptance.Work;
import pantheon.night.batch.SmallNight;
import pantheon.night.contract.Json;
import pantheon.night.engine.Engine;
import pantheon.night.gather.FoundShard.Standing;
import pantheon.night.journal.Journal;
import pantheon.night.journal.StateFolder;
import pantheon.night.metrics.Metrics;
import pantheon.night.past.History;
import pantheon.night.past.Retention;
import pantheon.night.queue.Task;
import pantheon.night.report.record.NightRecord;
import pantheon.night.sizing.past.Experience;
import pantheon.night.workspace.Git;
import pantheon.night.workspace.files.PathRefused;

/** What becomes of the nights of shards that are gathered. */
final class GatheringTest {
    private static final String LINES = "a\nb\nc\nd\ne\nf\ng\nh\n";

    @TempDir
    private Path folder = Path.of("");

    private static Map<String, String> files(int count) {
        var files = new TreeMap<String, String>();
        IntStream.range(0, count).forEach(number -> files.put("file-%d.txt".formatted(number), LINES));
        return files;
    }

    private static List<Task> tasks(int... numbers) {
        return Arrays.stream(numbers).mapToObj(SmallNight::task).toList();
    }

    /** A task under another id on the same file. */
    private static Task task(String id, int file) {
        return new Task(id, "writer", Json.object().put("path", "file-%d.txt".formatted(file)), 0, List.of());
    }

    /** Writes one line of a file anew. */
    private static Engine writing(String from, String to) {
        var text = Json.write(Json.object().put("text", LINES.replace(from + "\n", to + "\n")));
        return SmallNight.engine(prompt -> prompt.contains("<tool_response>")
                ? SmallNight.call("final", "{\"status\": \"done\"}")
                : SmallNight.call("write_file", text));
    }

    private ShardFolders threeShards() throws IOException {
        var shards = new ShardFolders(folder, files(9));
        shards.run("s0", tasks(0, 3, 6), SmallNight.rule());
        shards.run("s1", tasks(1, 4, 7), SmallNight.rule());
        shards.run("s2", tasks(2, 5, 8), SmallNight.rule());
        return shards;
    }

    private static String run(GatheredNight night) {
        return Objects.requireNonNull(night.run());
    }

    @Test
    void the_branch_has_what_one_process_would_have_made_and_every_commit_as_it_was() throws IOException {
        var shards = threeShards();
        var night = shards.gather();
        assertTrue(night.isNew() && night.isWhole());
        shards.run("one", tasks(0, 1, 2, 3, 4, 5, 6, 7, 8), SmallNight.rule());
        shards.origin.run(
                "fetch",
                "-q",
                shards.shards.getLast().resolve("workspace").toString(),
                "+refs/heads/night/*:refs/heads/night/*");
        assertEquals(shards.at(shards.run(3), null), shards.at(run(night), null));
        var branch = "night/" + run(night);
        assertEquals(
                "3",
                shards.origin.run("log", "-1", "--format=%P", branch).strip().split(" ").length + "");
        for (int shard = 0; shard < 3; shard++) {
            shards.origin.run("merge-base", "--is-ancestor", "night/" + shards.run(shard), branch);
        }
        assertEquals("", shards.origin.run("fsck", "--strict", "--no-dangling"));
        assertEquals(List.of(), shards.findings(run(night)));
    }

    @Test
    void its_record_metrics_and_history_are_those_of_all_shards() throws IOException {
        var shards = threeShards();
        var night = shards.gather();
        var journal = shards.log().journal(run(night));
        var record = NightRecord.of(journal);
        assertEquals(9, record.accepted().size());
        assertEquals(9, record.queueTasks());
        assertEquals(0, record.carriedOver());
        assertTrue(record.isEgressDenied() && record.isSigned());
        var metrics = Metrics.of(List.of(journal)).text();
        assertTrue(metrics.contains("reason=\"accepted\"} 9"), metrics);
        assertTrue(metrics.contains("night_last_commits 9"), metrics);
        var experience = new Experience();
        var history = History.of(shards.log().path(), experience::take);
        assertTrue(IntStream.range(0, 9).allMatch(number -> history.isDone("task-" + number)));
        assertEquals(9, experience.times("writer", "1").size());
        assertEquals(List.of(run(night)), history.runs(), "the shards' nights are no nights of this log");
    }

    @Test
    void gathering_again_changes_nothing() throws IOException {
        var shards = threeShards();
        var night = shards.gather();
        var journal = Files.readAllBytes(shards.log().journal(run(night)));
        var refs = shards.origin.run("for-each-ref");
        var again = shards.gather();
        assertFalse(again.isNew());
        assertTrue(again.isWhole());
        assertEquals(night.run(), again.run());
        assertEquals(night.commit(), again.commit());
        assertEquals(List.of(Standing.GATHERED, Standing.GATHERED, Standing.GATHERED), standings(again));
        assertEquals(refs, shards.origin.run("for-each-ref"));
        assertTrue(Arrays.equals(journal, Files.readAllBytes(shards.log().journal(run(night)))));
    }

    @Test
    void with_a_gathered_night_its_shards_journals_are_pruned_and_not_gathered_again() throws IOException {
        var shards = threeShards();
        var first = shards.gather();
        var later = SmallNight.in(shards.shards.getFirst().resolve("state"));
        later.clock = new SetClock(Instant.parse("2026-11-24T22:00:00Z"));
        later.signingKey = ShardFolders.KEY;
        later.run(tasks(1), SmallNight.rule());
        var second = shards.gather();
        assertTrue(second.isNew());
        var retention = new Retention(shards.log(), new StateFolder(shards.state()), SmallNight.CLOCK, line -> {});
        var plan = retention.plan(1, 0);
        assertTrue(plan.freedBytes() > Files.size(shards.log().journal(run(first))), "its shards' journals count");
        retention.prune(plan);
        assertEquals(List.of(run(second)), runs(shards.log().path()));
        assertEquals(List.of(shards.run(0)), runs(shards.log().shards()));
        assertEquals(List.of(), shards.findings(run(second)));
        var again = shards.gather();
        assertFalse(again.isNew());
        assertEquals(run(second), run(again));
    }

    private static List<String> runs(Path log) {
        return History.journals(log).stream().map(Journal::run).toList();
    }

    private static List<Standing> standings(GatheredNight night) {
        return night.shards().shards().stream().map(FoundShard::standing).toList();
    }

    @Test
    void a_task_in_conflict_is_left_to_a_later_night_and_all_others_are_taken() throws IOException {
        var shards = new ShardFolders(folder, files(4));
        shards.run("s0", List.of(task("first", 0)), writing("b", "B"));
        shards.run("s1", List.of(task("before", 1), task("second", 0), task("behind", 2)), writing("b", "other"));
        shards.run("s2", List.of(task("third", 3)), writing("b", "B"));
        var night = shards.gather();
        assertFalse(night.isWhole());
        assertEquals(List.of("second"), night.carryOver());
        assertEquals(
                "another shard changed the same lines of file-0.txt",
                night.leftOut().getFirst().why());
        assertEquals(1, night.leftOut().size());
        assertEquals(LINES.replace("b", "B"), shards.at(run(night), "file-0.txt"));
        assertEquals(LINES.replace("b", "other"), shards.at(run(night), "file-1.txt"));
        assertEquals(LINES.replace("b", "other"), shards.at(run(night), "file-2.txt"));
        assertEquals(LINES.replace("b", "B"), shards.at(run(night), "file-3.txt"));
        var history = History.of(shards.log().path());
        assertTrue(history.isDone("first") && history.isDone("behind") && history.isDone("third"));
        assertFalse(history.isDone("second"), "the next night has to do it");
        var record = NightRecord.of(shards.log().journal(run(night)));
        assertEquals(1, record.carriedOver());
        assertEquals(4, record.accepted().size());
        assertTrue(record.tasks().stream()
                .filter(task -> task.id().equals("second"))
                .allMatch(task -> task.commit() == null));
        assertEquals(List.of(), shards.findings(run(night)));
        var again = shards.gather();
        assertFalse(again.isNew() || again.isWhole());
        assertEquals(List.of("second"), again.carryOver());
    }

    @Test
    void texts_that_two_shards_changed_are_merged_by_lines_and_pass_the_checks_of_both() throws IOException {
        var shards = new ShardFolders(folder, files(1));
        shards.run("s0", List.of(task("top", 0)), writing("a", "A"));
        shards.run("s1", List.of(task("bottom", 0)), writing("h", "H"));
        var night = shards.gather();
        assertTrue(night.isWhole());
        assertEquals(LINES.replace("a", "A").replace("h", "H"), shards.at(run(night), "file-0.txt"));
        assertEquals(List.of(), shards.findings(run(night)));
    }

    @Test
    void a_shard_that_is_not_there_is_told_and_waited_for() throws IOException {
        var shards = threeShards();
        var absent = folder.resolve("s3");
        var night = shards.gather(shards.shards.get(0), shards.shards.get(1), shards.shards.get(2), absent);
        assertNull(night.run());
        assertEquals(List.of(3), night.shards().missing());
        assertFalse(Files.exists(shards.log().path()));
        var partial = shards.gather(true, shards.shards.get(0), shards.shards.get(1), shards.shards.get(2), absent);
        assertTrue(partial.isNew());
        assertFalse(partial.isWhole());
        shards.run("s3", List.of(task("late", 8)), writing("a", "A"));
        var whole = shards.gather();
        assertTrue(whole.isNew());
        assertEquals(List.of(), whole.shards().missing());
        assertEquals(4, whole.shards().nights().count());
        assertNotNull(whole.commit());
    }

    @Test
    void shards_are_known_by_their_numbers_and_not_by_how_they_were_named() throws IOException {
        var shards = new ShardFolders(folder, files(4));
        shards.shard(0, 4).run(List.of(task("first", 0)), writing("b", "B"));
        shards.shard(2, 4).run(List.of(task("second", 0)), writing("b", "other"));
        var night = shards.gather(true, shards.shards.get(1), shards.shards.get(0));
        assertEquals(List.of("second"), night.carryOver(), "the smaller number is merged first");
        assertEquals(List.of(1, 3), night.shards().missing());
        shards.shard(1, 4).run(tasks(1), SmallNight.rule());
        var nothing = shards.shard(3, 4);
        assertThrows(
                NoSuchElementException.class, () -> nothing.run(List.of(), SmallNight.rule()), "it has no journal");
        shards.empty = 3;
        var whole = shards.gather();
        assertEquals(List.of(), whole.shards().missing());
        assertEquals(List.of(Standing.ENDED, Standing.ENDED, Standing.ENDED, Standing.EMPTY), standings(whole));
        assertEquals(List.of(), shards.findings(run(whole)));
        shards.shard(4, 5).run(tasks(3), SmallNight.rule());
        assertEquals(
                ExitCode.DATA,
                assertThrows(NightException.class, shards::gather).exitCode());
    }

    @Test
    void a_shard_whose_night_was_cut_off_is_waited_for() throws IOException {
        var shards = new ShardFolders(folder, files(4));
        shards.run("s0", tasks(0, 1), SmallNight.rule());
        var killed = shards.shard("s1");
        killed.writeSteps = (step, file) -> {
            throw new IllegalStateException("killed");
        };
        assertThrows(IllegalStateException.class, () -> killed.run(tasks(2, 3), SmallNight.rule()));
        assertEquals(List.of(1), shards.gather().shards().missing());
        assertEquals(Standing.UNFINISHED, standings(shards.gather()).getLast());
        SmallNight.in(killed.folder);
        killed.writeSteps = (step, file) -> {};
        killed.run(tasks(2, 3), SmallNight.rule());
        assertTrue(shards.gather().isWhole());
    }

    @Test
    void a_journal_that_was_changed_is_refused_and_nothing_is_gathered() throws IOException {
        var shards = threeShards();
        var journal = SmallNight.in(shards.shards.get(1).resolve("state")).journal();
        Files.writeString(journal, Files.readString(journal).replace("done\\n", "gone\\n"));
        var refused = assertThrows(NightException.class, shards::gather);
        assertEquals(ExitCode.DATA, refused.exitCode());
        assertEquals(List.of(), History.journals(shards.log().path()));
    }

    @Test
    void artifacts_that_were_changed_and_commits_that_nobody_knows_are_refused() throws IOException {
        var shards = threeShards();
        var artifact = shards.shards
                .get(2)
                .resolve("state/artifacts")
                .resolve(shards.run(2))
                .resolve("task-5/prompt.txt");
        var before = Files.readString(artifact);
        Files.writeString(artifact, "another");
        assertTrue(
                assertThrows(NightException.class, shards::gather).getMessage().contains("task-5/prompt.txt"));
        Files.writeString(artifact, before);
        var clone = new Git(shards.shards.get(2).resolve("workspace"));
        clone.run("checkout", "-q", "night/" + shards.run(2));
        clone.run("-c", "user.name=ann", "-c", "user.email=a@b", "commit", "-q", "--allow-empty", "-m", "mine");
        clone.run("checkout", "-q", "main");
        var refused = assertThrows(NightException.class, shards::gather);
        assertTrue(refused.getMessage().contains("knows nothing"), refused.getMessage());
        assertEquals(List.of(), History.journals(shards.log().path()));
    }

    @Test
    void shards_that_began_on_different_commits_of_one_history_are_put_on_the_newest() throws IOException {
        var shards = new ShardFolders(folder, files(3));
        shards.run("s0", tasks(0), SmallNight.rule());
        shards.origin.write("README", "a commit of people\n").commitAll("people");
        shards.run("s1", tasks(1), SmallNight.rule());
        var night = shards.gather();
        assertTrue(night.isWhole());
        assertEquals("a commit of people\n", shards.at(run(night), "README"));
        assertEquals("done\n", shards.at(run(night), "file-0.txt"));
        assertEquals("done\n", shards.at(run(night), "file-1.txt"));
        shards.origin.run("merge-base", "--is-ancestor", "main", "night/" + run(night));
        assertEquals(List.of(), shards.findings(run(night)));
    }

    @Test
    void who_is_killed_at_any_step_gathers_again_and_comes_to_the_same() throws IOException {
        var shards = new ShardFolders(folder, files(4));
        shards.run("s0", List.of(task("first", 0), task("own", 3)), writing("b", "B"));
        shards.run("s1", List.of(task("before", 1), task("second", 0), task("behind", 2)), writing("b", "other"));
        var twin = shards.twin(folder.resolve("twin"));
        var night = twin.gather();
        int kills = 0;
        GatheredNight again = null;
        while (again == null) {
            var killed = new Killed(kills);
            shards.disk = killed;
            shards.steps = killed;
            try {
                again = shards.gather();
            } catch (Killed.Kill e) {
                kills++;
            }
        }
        assertTrue(kills > 20, kills + " kills");
        assertEquals(night.run(), again.run());
        assertEquals(night.commit(), again.commit());
        assertTrue(Arrays.equals(
                Files.readAllBytes(twin.log().journal(run(night))),
                Files.readAllBytes(shards.log().journal(run(again)))));
        assertEquals(List.of(), shards.findings(run(again)));
        assertFalse(Files.exists(shards.log().incoming()));
    }

    @Test
    void a_merged_text_that_fails_the_check_of_a_task_is_left_out() throws IOException {
        var shards = new ShardFolders(folder, files(1));
        shards.run("s0", List.of(task("top", 0)), writing("a", "A"));
        shards.run("s1", List.of(task("bottom", 0)), writing("h", "H"));
        shards.moreChecks = List.of(new NotBoth("A", "H"));
        var night = shards.gather();
        assertEquals(List.of("bottom"), night.carryOver());
        assertTrue(
                night.leftOut().getFirst().why().contains("not_both"),
                night.leftOut().toString());
        assertEquals(LINES.replace("a", "A"), shards.at(run(night), "file-0.txt"));
    }

    /** Lets a file have one of two lines, and not both. */
    private record NotBoth(String one, String other) implements Check {
        @Override
        public String name() {
            return "not_both";
        }

        @Override
        public CheckResult check(Work work) {
            try {
                var lines = new String(work.changes().content("file-0.txt"), UTF_8)
                        .lines()
                        .toList();
                boolean both = lines.contains(one) && lines.contains(other);
                return new CheckResult(name(), !both, both ? "it has both" : "");
            } catch (PathRefused e) {
                throw new AssertionError(e);
            }
        }
    }
}
