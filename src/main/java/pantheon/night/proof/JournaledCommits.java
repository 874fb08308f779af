package pantheon.night.proof;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import pantheon.night.contract.Sha256;
import pantheon.night.journal.JournalReader;
import pantheon.night.journal.NightEvent.CommitIntended;
import pantheon.night.journal.NightEvent.CommitMade;
import pantheon.night.journal.NightEvent.NightResumed;
import pantheon.night.journal.NightEvent.NightStarted;
import pantheon.night.journal.NightEvent.Session;
import pantheon.night.journal.NightEvent.TaskStarted;
import pantheon.night.workspace.Workspace;
import pantheon.night.workspace.git.NightBranch;
import pantheon.night.workspace.git.NightCommits;
import pantheon.night.workspace.git.NightCommits.NightCommit;
import pantheon.night.workspace.git.Trailer;

/** The commits that a night's journal tells of, against those that the repository has. */
public final class JournaledCommits {
    private final Map<String, String> models = new HashMap<>();
    private final Map<String, Map<String, String>> begun = new HashMap<>();
    private final Map<String, List<Intent>> intents = new HashMap<>();
    private final List<Made> made = new ArrayList<>();
    private String baseCommit = "";

    /** @param hash of the line that announced the commit, which the commit carries */
    private record Intent(String hash, String key, String diffDigest) {}

    /** @param trailers what the commit must carry, the journal's head apart */
    private record Made(
            long line, String task, String commit, boolean asIs, Map<String, String> trailers, List<Intent> intents) {}

    void take(JournalReader.Entry entry) {
        switch (entry.event()) {
            case NightStarted started -> {
                baseCommit = started.baseCommit();
                models(started);
            }
            case NightResumed resumed -> models(resumed);
            case TaskStarted started -> begun.put(started.task(), trailers(started));
            case CommitIntended intended ->
                intents.computeIfAbsent(intended.task(), name -> new ArrayList<>())
                        .add(new Intent(entry.hash(), intended.key(), intended.diffDigest()));
            case CommitMade commit -> made(entry.seq(), commit);
            default -> {}
        }
    }

    private void models(Session session) {
        session.models().forEach(model -> models.put(model.name(), model.digest()));
    }

    private Map<String, String> trailers(TaskStarted started) {
        var trailers = new LinkedHashMap<String, String>();
        trailers.put(Trailer.TASK, started.task());
        trailers.put("Night-Agent", started.versionedAgent());
        var model = started.model() == null ? null : models.get(started.model());
        if (model != null) {
            trailers.put("Night-Model", model);
        }
        trailers.put("Night-Template", started.templateHash());
        return trailers;
    }

    private void made(long line, CommitMade commit) {
        var task = commit.task();
        var trailers = new LinkedHashMap<>(begun.getOrDefault(task, Map.of(Trailer.TASK, task)));
        trailers.put(Trailer.IDEMPOTENCY_KEY, commit.key());
        made.add(new Made(
                line,
                task,
                commit.commit(),
                commit.isAsTheTaskLeftIt(),
                trailers,
                intents.getOrDefault(task, List.of()).stream()
                        .filter(intent -> intent.key().equals(commit.key()))
                        .toList()));
    }

    /**
     * Compares them with the repository.
     *
     * @return how many commits were compared
     */
    int check(String run, Workspace workspace, BiConsumer<Long, String> findings) {
        if (baseCommit.isEmpty()) {
            return 0;
        }
        var branch = NightBranch.of(run);
        var there = workspace.commits(branch, baseCommit);
        var known = new HashSet<String>();
        var open = new HashSet<String>();
        intents.values().forEach(list -> list.forEach(intent -> open.add(intent.key())));
        for (var commit : made) {
            known.add(commit.commit());
            open.remove(commit.trailers().get(Trailer.IDEMPOTENCY_KEY));
            there.find(commit.commit())
                    .ifPresentOrElse(
                            found -> compare(commit, found, workspace, findings),
                            () -> findings.accept(
                                    commit.line(),
                                    "commit %s of task %s is not on %s"
                                            .formatted(commit.commit(), commit.task(), where(branch, there))));
        }
        if (there.branchExists()) {
            strangers(there, known, open, findings);
        }
        return made.size();
    }

    private static String where(NightBranch branch, NightCommits there) {
        return there.branchExists()
                ? "the branch " + branch.name()
                : "any branch, and the branch %s is gone".formatted(branch.name());
    }

    private void compare(Made made, NightCommit found, Workspace workspace, BiConsumer<Long, String> findings) {
        made.trailers().forEach((key, value) -> {
            var there = found.trailers().getOrDefault(key, "none");
            if (!there.equals(value)) {
                findings.accept(
                        made.line(),
                        "commit %s has the trailer %s %s; the journal says %s"
                                .formatted(made.commit(), key, there, value));
            }
        });
        var head = found.trailers().getOrDefault("Night-Journal", "none");
        if (made.intents().stream().noneMatch(intent -> intent.hash().equals(head))) {
            findings.accept(
                    made.line(),
                    "commit %s names the journal's head %s, which is no line that announced it: the journal was rewritten"
                            .formatted(made.commit(), head));
        }
        if (made.asIs() && !found.parent().isEmpty()) {
            var digest = Sha256.hex(workspace.patch(made.commit()));
            if (made.intents().stream().noneMatch(intent -> intent.diffDigest().equals(digest))) {
                findings.accept(
                        made.line(),
                        "commit %s changes something else than task %s did".formatted(made.commit(), made.task()));
            }
        }
    }

    /** Commits that say they are a night's and that the journal does not know; one that was announced may be on its way. */
    private static void strangers(
            NightCommits there, Set<String> known, Set<String> announced, BiConsumer<Long, String> findings) {
        for (var commit : there.all()) {
            var task = commit.trailers().get(Trailer.TASK);
            if (task != null
                    && !known.contains(commit.id())
                    && !announced.contains(commit.trailers().getOrDefault(Trailer.IDEMPOTENCY_KEY, ""))) {
                findings.accept(
                        0L,
                        "commit %s says that it is of task %s, and the journal does not know it"
                                .formatted(commit.id(), task));
            }
        }
    }
}
