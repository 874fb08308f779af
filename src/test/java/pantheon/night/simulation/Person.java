package pantheon.night.simulation;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;

/** Somebody who commits on the branches of nights while they run, as nobody should. */
final class Person {
    private static final String SUBJECT = "By hand, ";

    private final Path folder;
    private final List<ObjectId> commits = new ArrayList<>();

    Person(Path repository) {
        this.folder = repository;
    }

    /** Whether somebody of this kind made a commit. */
    static boolean made(RevCommit commit) {
        return commit.getShortMessage().startsWith(SUBJECT);
    }

    /** Commits on the newest night's branch of a shard; false where there is none, or git says that it is locked. */
    boolean commit(String mark) throws IOException {
        try (var git = Git.open(folder.toFile())) {
            var repository = git.getRepository();
            var branches = repository.getRefDatabase().getRefsByPrefix("refs/heads/night/").stream()
                    .filter(ref -> ref.getName().endsWith("-" + mark))
                    .toList();
            return !branches.isEmpty() && commit(repository, branches.getLast());
        }
    }

    private boolean commit(Repository repository, Ref branch) throws IOException {
        try (var inserter = repository.newObjectInserter();
                var walk = new RevWalk(repository)) {
            var who = new PersonIdent("user", "user@localhost", Instant.EPOCH, ZoneOffset.UTC);
            var commit = new CommitBuilder();
            commit.setTreeId(walk.parseCommit(branch.getObjectId()).getTree());
            commit.setParentId(branch.getObjectId());
            commit.setAuthor(who);
            commit.setCommitter(who);
            commit.setMessage(SUBJECT + commits.size());
            var id = inserter.insert(commit);
            inserter.flush();
            var update = repository.updateRef(branch.getName());
            update.setExpectedOldObjectId(branch.getObjectId());
            update.setNewObjectId(id);
            boolean made = update.update() == RefUpdate.Result.FAST_FORWARD;
            if (made) {
                commits.add(id);
            }
            return made;
        }
    }

    /** What a person committed is nobody's to remove. */
    void assertKept() throws IOException {
        try (var git = Git.open(folder.toFile());
                var walk = new RevWalk(git.getRepository())) {
            for (var ref : git.getRepository().getRefDatabase().getRefsByPrefix("refs/heads/night/")) {
                walk.markStart(walk.parseCommit(ref.getObjectId()));
            }
            var there = new ArrayList<ObjectId>();
            walk.forEach(commit -> there.add(commit.getId()));
            commits.forEach(commit -> assertTrue(there.contains(commit), "a person's commit is gone: " + commit));
        }
    }
}
