package pantheon.night.workspace.repository;

import java.io.IOException;
import java.nio.file.Path;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevObject;
import org.eclipse.jgit.revwalk.RevWalk;

/**
 * Objects that git reads in the place of others (git-replace(1)), and JGit does not. Where they change what the files of a
 * commit are, a night would work on other files than its user sees, so the workspace is refused; a history that is joined
 * or cut with them, as by {@code git replace --graft}, has the same files and is fine.
 */
public final class ReplacedObjects {
    private static final String PREFIX = "refs/replace/";

    private ReplacedObjects() {}

    /**
     * Makes sure that the files of a commit are those that git shows.
     *
     * @throws pantheon.night.NightException (78) where another commit with other files stands in its place, or any tree or
     *     file is replaced at all
     */
    public static void requireNone(Repository repository, ObjectId commit, Path path) throws IOException {
        if (!repository.getConfig().getBoolean("core", "useReplaceRefs", true)) {
            return;
        }
        try (var walk = new RevWalk(repository)) {
            for (var ref : repository.getRefDatabase().getRefsByPrefix(PREFIX)) {
                var name = ref.getName().substring(PREFIX.length());
                var instead = ref.getObjectId();
                if (instead != null && ObjectId.isId(name) && changesFiles(walk, name, instead, commit)) {
                    throw Unusable.of(
                            path,
                            "has %s, and git reads %s in its place, which a night would not"
                                    .formatted(ref.getName(), instead.name()),
                            "Commit what is to be worked on, and run \"git replace -d %s\"".formatted(name),
                            null);
                }
            }
        }
    }

    private static boolean changesFiles(RevWalk walk, String replaced, ObjectId instead, ObjectId commit)
            throws IOException {
        try {
            return switch (walk.parseAny(instead)) {
                case RevCommit other ->
                    replaced.equals(commit.name())
                            && !other.getTree().equals(walk.parseCommit(commit).getTree());
                case RevObject other -> other.getType() != Constants.OBJ_TAG;
            };
        } catch (MissingObjectException e) {
            return true; // nobody knows what it would have been
        }
    }
}
