import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.jgit.internal.storage.file.ObjectDirectory;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.lib.TreeFormatter;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import pantheon.night.contract.Sha256;
import pantheon.night.disk.FileTree;
import pantheon.night.workspace.BorrowedRepository;
import pantheon.night.workspace.Workspace;

/**
 * Writes what shards left behind in one repository: for each a journal, artifacts, and a branch with a commit for each task
 * that was accepted. With one shard it is a night of one machine. No document is in two shards.
 */
final class PastShards {
    private static final PersonIdent NIGHT =
            new PersonIdent("pantheon-night", "night@localhost", Instant.parse("2026-11-23T22:00:00Z"), ZoneOffset.UTC);
    /** Documents lie ten to a folder, folders ten to a folder. */
    private static final int FAN_OUT = 10;

    private final Path folder;
    private final Path repository;
    private final Repository git;
    private final int total;

    /** The folders' trees by their level and number, the documents' level first, as the base commit has them. */
    private final List<ObjectId[]> base = new ArrayList<>();

    private PastShards(Path folder, int total) throws IOException {
        this.folder = folder;
        this.total = total;
        this.repository = folder.resolve("workspace");
        this.git = FileRepositoryBuilder.create(repository.resolve(".git").toFile());
        git.create();
    }

    /** Arguments: the folder, how many shards, and how many tasks each has. */
    public static void main(String... arguments) throws IOException {
        int shards = Integer.parseInt(arguments[1]);
        int tasks = Integer.parseInt(arguments[2]);
        var past = new PastShards(Path.of(arguments[0]), shards * tasks);
        var base = past.base();
        for (int shard = 0; shard < shards; shard++) {
            past.shard(shard, shards, tasks, base);
        }
        past.git.close();
    }

    private ObjectInserter inserter() {
        return inserter(git);
    }

    private static ObjectInserter inserter(Repository git) {
        return ((ObjectDirectory) git.getObjectDatabase()).newPackInserter();
    }

    private static String text(int number, String more) {
        return "---\n%stitle: Document %d\n---\n\n# Document %d\n\nIts text.\n".formatted(more, number, number);
    }

    /** As the trees have it: a folder a level, but for the topmost. */
    private String path(int number) {
        var path = new StringBuilder(number % FAN_OUT + ".md");
        int at = number / FAN_OUT;
        for (int level = 1; level < base.size() - 1; level++, at /= FAN_OUT) {
            path.insert(0, at % FAN_OUT + "/");
        }
        return "docs/" + path;
    }

    /** The first commit, with all documents. */
    private ObjectId base() throws IOException {
        try (var inserter = inserter()) {
            var documents = new ObjectId[total];
            for (int i = 0; i < total; i++) {
                documents[i] = inserter.insert(Constants.OBJ_BLOB, text(i, "").getBytes(StandardCharsets.UTF_8));
            }
            base.add(documents);
            while (base.getLast().length > 1) {
                var below = base.getLast();
                var above = new ObjectId[Math.ceilDiv(below.length, FAN_OUT)];
                for (int i = 0; i < above.length; i++) {
                    above[i] = tree(inserter, below, i, base.size() == 1);
                }
                base.add(above);
            }
            var commit = commit(inserter, base.getLast()[0], null, "The documents\n");
            inserter.flush();
            move("refs/heads/main", commit);
            move("refs/heads/master", commit);
            return commit;
        }
    }

    private static ObjectId tree(ObjectInserter inserter, ObjectId[] below, int number, boolean isOfDocuments)
            throws IOException {
        var tree = new TreeFormatter();
        for (int i = number * FAN_OUT; i < Math.min(below.length, (number + 1) * FAN_OUT); i++) {
            tree.append(
                    i % FAN_OUT + (isOfDocuments ? ".md" : ""),
                    isOfDocuments ? FileMode.REGULAR_FILE : FileMode.TREE,
                    below[i]);
        }
        return inserter.insert(tree);
    }

    private static ObjectId commit(ObjectInserter inserter, ObjectId top, ObjectId parent, String message)
            throws IOException {
        var root = new TreeFormatter();
        root.append("docs", FileMode.TREE, top);
        var commit = new CommitBuilder();
        commit.setTreeId(inserter.insert(root));
        if (parent != null) {
            commit.setParentId(parent);
        }
        commit.setAuthor(NIGHT);
        commit.setCommitter(NIGHT);
        commit.setMessage(message);
        return inserter.insert(commit);
    }

    private void move(String branch, ObjectId commit) throws IOException {
        var update = git.updateRef(branch);
        update.setNewObjectId(commit);
        update.forceUpdate();
    }

    private void shard(int shard, int shards, int tasks, ObjectId start) throws IOException {
        var run = shards == 1 ? "20261123-220000" : "20261123-220000-s" + shard;
        var place = shards == 1 ? folder : folder.resolve("shard-" + shard);
        var digests = digests(shard * tasks, tasks, start);
        var night = new PastNights(
                place.resolve("log"), place.resolve("state/artifacts").resolve(run), run);
        night.started(
                start.name(),
                shards == 1 ? "" : ", \"night.shard\": {\"index\": %d, \"of\": %d}".formatted(shard, shards));
        int accepted = 0;
        try (var inserter = inserter()) {
            var end = new ObjectId[] {start};
            var levels = copy();
            for (int i = shard * tasks; i < (shard + 1) * tasks; i++) {
                int number = i;
                accepted += PastNights.isAccepted(i) ? 1 : 0;
                night.task(i, path(i), (past, task) -> {
                    if (PastNights.isAccepted(number)) {
                        end[0] = work(past, task, number, inserter, levels, end[0], digests.get(number), run, start);
                    }
                });
            }
            inserter.flush();
            move("refs/heads/night/" + run, end[0]);
        }
        night.append("night.finished", null, """
                {"night.outcome": "done", "night.tasks": {"accepted": %d, "not_accepted": %d}, "night.elapsed_ms": 1000,
                 "night.carry_over": [], "night.signed": false}
                """.formatted(accepted, tasks - accepted));
        night.close();
    }

    private List<ObjectId[]> copy() {
        var levels = new ArrayList<ObjectId[]>();
        base.forEach(level -> levels.add(level.clone()));
        return levels;
    }

    /** What the diff of each task's commit hashes to, of commits in a repository of their own. */
    private Map<Integer, String> digests(int from, int tasks, ObjectId start) throws IOException {
        var place = folder.resolve("drafts");
        BorrowedRepository.create(place, repository);
        var drafts = drafts(place, from, tasks, start);
        try (var workspace = Workspace.open(place)) {
            drafts.replaceAll((number, draft) -> Sha256.hex(workspace.patch(draft)));
        }
        FileTree.remove(place);
        return drafts;
    }

    private Map<Integer, String> drafts(Path place, int from, int tasks, ObjectId start) throws IOException {
        var drafts = new HashMap<Integer, String>();
        var levels = copy();
        try (var borrowed = FileRepositoryBuilder.create(place.toFile());
                var inserter = inserter(borrowed)) {
            for (int i = from; i < from + tasks; i++) {
                if (PastNights.isAccepted(i)) {
                    var top = changed(inserter, levels, i);
                    drafts.put(i, commit(inserter, top, start, "Draft\n").name());
                    putBack(levels, i);
                }
            }
            inserter.flush();
        }
        return drafts;
    }

    private void putBack(List<ObjectId[]> levels, int number) {
        int at = number;
        for (int level = 0; level < levels.size(); level++, at /= FAN_OUT) {
            levels.get(level)[at] = base.get(level)[at];
        }
    }

    /** Changes a document; gives the new tree of all. */
    private static ObjectId changed(ObjectInserter inserter, List<ObjectId[]> levels, int number) throws IOException {
        levels.getFirst()[number] = inserter.insert(
                Constants.OBJ_BLOB,
                text(number, "slug: document-%d\n".formatted(number)).getBytes(StandardCharsets.UTF_8));
        int at = number;
        for (int level = 1; level < levels.size(); level++) {
            at /= FAN_OUT;
            levels.get(level)[at] = tree(inserter, levels.get(level - 1), at, level == 1);
        }
        return levels.getLast()[0];
    }

    private ObjectId work(
            PastNights night,
            String task,
            int number,
            ObjectInserter inserter,
            List<ObjectId[]> levels,
            ObjectId end,
            String digest,
            String run,
            ObjectId start)
            throws IOException {
        var key = Sha256.hex(task);
        night.append("commit.intended", task, """
                {"night.branch": "night/%s", "night.base_commit": "%s", "night.idempotency_key": "%s", "night.diff_digest":
                 "%s", "night.ending": {"night.finish_reason": "accepted", "night.steps": 4, "night.failures": 0,
                 "gen_ai.usage.input_tokens": 2500, "gen_ai.usage.cache_read.input_tokens": 2400,
                 "gen_ai.usage.output_tokens": 90, "night.task_ms": 100}}
                """.formatted(run, start.name(), key, digest));
        var path = path(number);
        var message = """
                docops.front-matter: %s

                "%s"

                Night-Task: %s
                Night-Agent: docops.front-matter@1
                Night-Template: %s
                Night-Journal: %s
                Night-Key: %s
                """.formatted(path, path, task, "d4".repeat(32), night.head(), key);
        var made = commit(inserter, changed(inserter, levels, number), end, message);
        night.append("commit.made", task, """
                {"night.commit": "%s", "night.branch": "night/%s", "night.base_commit": "%s",
                 "night.idempotency_key": "%s", "night.merged": false, "night.recovered": false}
                """.formatted(made.name(), run, start.name(), key));
        return made;
    }
}
