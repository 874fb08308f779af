package pantheon.night.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import pantheon.night.engine.recorded.RecordedEngine;
import pantheon.night.journal.EventType;
import pantheon.night.journal.Journal;
import pantheon.night.journal.JournalReader;
import pantheon.night.outcome.FinishReason;
import pantheon.night.past.History;
import pantheon.night.proof.SigningKey;
import pantheon.night.proof.Verification;
import pantheon.night.queue.Task;
import pantheon.night.replay.Replay;
import pantheon.night.workspace.Workspace;

/** What must be true of a machine whose queue is done, whatever went wrong on the way. */
final class Invariants {
    private final Scene scene;
    private final List<Chronicle> nights = new ArrayList<>();

    private Invariants(Scene scene) {
        this.scene = scene;
        for (var journal : History.journals(scene.log())) {
            nights.add(Chronicle.read(journal, Journal.run(journal)));
        }
    }

    static void check(Scene scene) throws IOException {
        var invariants = new Invariants(scene);
        scene.repository().assertUntouched();
        invariants.every_task_has_one_last_ending();
        invariants.no_task_begins_before_what_it_builds_on_is_merged();
        invariants.what_was_told_stays_told();
        for (var night : invariants.nights) {
            new Attempts(night, scene.slots()).check();
        }
        invariants.attempts_are_spent_by_what_may_be_the_tasks_own();
        invariants.what_is_left_is_named();
        invariants.branches_are_what_the_journals_tell();
        invariants.nights_are_verified_and_replay_exactly();
    }

    private void every_task_has_one_last_ending() throws IOException {
        var endings = new TreeMap<String, List<String>>();
        for (var night : nights) {
            for (var entry : night.entries()) {
                var task = Chronicle.task(entry);
                var event = EventType.of(entry.event());
                if (event == EventType.TASK_STARTED) {
                    assertTrue(!endings.containsKey(task), task + " is begun again behind " + endings.get(task));
                } else if (event == EventType.TASK_FINISHED && !reason(entry).carriesOver()) {
                    endings.computeIfAbsent(task, name -> new ArrayList<>())
                            .add(reason(entry).code());
                }
            }
        }
        var able = ids();
        able.removeAll(waits(nights.size()).at("HEAD"));
        assertEquals(able, endings.keySet(), "tasks that have ended");
        endings.forEach((task, reasons) -> assertEquals(1, reasons.size(), task + " ended as " + reasons));
    }

    /** Which tasks had to wait once so many nights had gone by. */
    private Waits waits(int gone) {
        var waits = new Waits(scene);
        nights.subList(0, gone).forEach(waits::pass);
        return waits;
    }

    private void no_task_begins_before_what_it_builds_on_is_merged() throws IOException {
        for (int i = 0; i < nights.size(); i++) {
            var begun = new TreeSet<>(ids(nights.get(i), EventType.TASK_STARTED));
            begun.retainAll(waiting(i));
            assertEquals(
                    Set.of(),
                    begun,
                    "tasks that had to wait, in " + nights.get(i).run());
        }
    }

    private static List<String> ids(Chronicle night, EventType type) {
        return night.of(type).stream().map(Chronicle::task).toList();
    }

    /** The tasks that a night had to do without, none where it was killed before its first line. */
    private Set<String> waiting(int night) throws IOException {
        var base = nights.get(night).values(EventType.NIGHT_STARTED, "night.base_commit");
        return base.isEmpty() ? Set.of() : waits(night).at(base.getFirst());
    }

    private void attempts_are_spent_by_what_may_be_the_tasks_own() {
        var spent = new SpentAttempts(scene.attempts());
        for (var night : nights) {
            night.entries().forEach(entry -> spent.take(entry, night.run() + ":" + entry.seq()));
            spent.cutOff();
        }
    }

    private Set<String> ids() {
        var ids = new TreeSet<String>();
        scene.queue().forEach(task -> ids.add(task.id()));
        return ids;
    }

    static FinishReason reason(JournalReader.Entry entry) {
        return FinishReason.of(Chronicle.text(entry, "night.finish_reason"));
    }

    private void what_was_told_stays_told() {
        var journaled = new ArrayList<Machine.Told>();
        for (var night : nights) {
            for (var entry : night.of(EventType.TASK_FINISHED)) {
                journaled.add(new Machine.Told(night.run(), Chronicle.task(entry), reason(entry)));
            }
        }
        for (var ending : scene.told()) {
            assertTrue(journaled.remove(ending), "told was %s, journaled is %s".formatted(ending, journaled));
        }
    }

    /** Behind each night that ended, every task has ended or is on its list of what is carried over. */
    private void what_is_left_is_named() throws IOException {
        var done = new HashSet<String>();
        for (int i = 0; i < nights.size(); i++) {
            var night = nights.get(i);
            if (night.entries().isEmpty()) {
                continue; // it was left for a fresh one before its first line
            }
            var last = night.entries().stream()
                    .filter(entry -> EventType.of(entry.event()) != EventType.STATEMENT_SIGNED)
                    .toList()
                    .getLast();
            var outcome = Chronicle.text(last, "night.outcome");
            boolean ended = EventType.of(last.event()) == EventType.NIGHT_FINISHED && !outcome.equals("failed");
            night.of(EventType.TASK_FINISHED).stream()
                    .filter(entry -> !reason(entry).carriesOver())
                    .forEach(entry -> done.add(Chronicle.task(entry)));
            if (!ended && scene.hasLostLines()) {
                continue; // it was read as ended, and its last line is gone
            }
            assertTrue(ended, "the last line of " + night.run());
            if (!outcome.equals("abandoned")) {
                var named = new TreeSet<>(done);
                Chronicle.data(last, "night.carry_over").forEach(task -> named.add(task.stringValue()));
                named.addAll(parked(night));
                assertEquals(waiting(i), parked(night), "tasks that wait, in " + night.run());
                assertEquals(ids(), named, "tasks that ended, were carried over or wait, behind " + night.run());
            }
        }
    }

    /** The tasks that a night told of as waiting for others when it was last begun or gone on with. */
    private static Set<String> parked(Chronicle night) {
        var parked = new TreeSet<String>();
        for (var entry : night.entries()) {
            switch (EventType.of(entry.event())) {
                case NIGHT_RESUMED -> parked.clear();
                case TASKS_PARKED ->
                    Chronicle.data(entry, "night.parked_tasks")
                            .forEach(line -> parked.add(line.stringValue().split(":", 2)[0]));
                default -> {}
            }
        }
        return parked;
    }

    private void branches_are_what_the_journals_tell() throws IOException {
        var keys = new HashSet<String>();
        for (var night : nights) {
            if (night.of(EventType.NIGHT_STARTED).isEmpty()) {
                continue;
            }
            var base =
                    night.values(EventType.NIGHT_STARTED, "night.base_commit").getFirst();
            var commits = Branch.of(scene.repository().folder(), night.run(), base);
            assertEquals(
                    night.values(EventType.COMMIT_MADE, "night.commit"),
                    commits.stream().map(Branch.Commit::id).toList(),
                    "commits of " + night.run());
            for (var commit : commits) {
                assertTrue(keys.add(commit.key() + commit.parent()) && keys.add(commit.task()), "twice: " + commit);
                assertEquals(List.of(path(commit.task())), commit.paths(), commit.toString());
                announced(night, commit);
            }
        }
    }

    private String path(String id) {
        return scene.queue().stream()
                .filter(task -> task.id().equals(id))
                .map(Task::input)
                .findFirst()
                .orElseThrow()
                .get("path")
                .stringValue();
    }

    /** The last announcement of a commit is the one that it was made for. */
    private static void announced(Chronicle night, Branch.Commit commit) {
        var intent = night.of(EventType.COMMIT_INTENDED).stream()
                .filter(entry -> Chronicle.task(entry).equals(commit.task()))
                .toList()
                .getLast();
        assertEquals(intent.hash(), commit.journal(), "the journal's head in " + commit);
        assertEquals(Chronicle.text(intent, "night.idempotency_key"), commit.key());
    }

    private void nights_are_verified_and_replay_exactly() throws IOException {
        try (var workspace = Workspace.open(scene.repository().folder())) {
            for (var night : nights) {
                var journal = scene.log().resolve(night.run() + ".jsonl");
                if (!night.entries().isEmpty() && !scene.hasLostLines() && !scene.isShared()) {
                    assertEquals(List.of(), findings(night, journal, workspace), "findings of verify");
                }
                var replay = new Replay(
                                scene.replayed(), workspace, scene.folder().resolve("replay"), RecordedEngine::ofOne)
                        .run(journal, null);
                assertEquals(List.of(), replay.differences(), "differences of the replay");
            }
        }
    }

    private List<String> findings(Chronicle night, Path journal, Workspace workspace) {
        var artifacts = scene.artifacts().resolve(night.run());
        var keys = scene.key().map(SigningKey::verifyingKey).stream().toList();
        return new Verification(night.run(), new Verification.Expected(keys, Map.of(), Set.of()))
                .all(journal, artifacts, workspace).findings().stream()
                        .map(Verification.Finding::toString)
                        .toList();
    }
}
