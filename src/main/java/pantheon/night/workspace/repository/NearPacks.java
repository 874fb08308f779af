package pantheon.night.workspace.repository;

import java.io.IOException;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;
import org.eclipse.jgit.internal.storage.file.ObjectDirectory;
import org.eclipse.jgit.internal.storage.file.Pack;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;

/**
 * A repository that is opened once more, to read a part of its history that lies in few of its packs. JGit looks for each
 * object in one pack after the other, which takes long where there are many; here those that matter are asked alone, until
 * something is in none of them: then all are, as always.
 */
public final class NearPacks {
    private final ObjectDirectory objects;
    private final Set<Pack> near = new LinkedHashSet<>();

    private NearPacks(ObjectDirectory objects) {
        this.objects = objects;
    }

    /**
     * Opens it.
     *
     * @param repository stays open too
     * @param commits whose packs are asked first
     */
    public static Repository open(Repository repository, Collection<ObjectId> commits) throws IOException {
        var again = again(repository);
        if (again.getObjectDatabase() instanceof ObjectDirectory here) {
            for (var pack : holding(repository, commits)) {
                ask(pack, here);
            }
        }
        return again;
    }

    /** The packs in which some commits lie; where one lies in several, one of them. */
    static Set<Pack> holding(Repository repository, Collection<ObjectId> commits) {
        if (!(repository.getObjectDatabase() instanceof ObjectDirectory there)) {
            return Set.of();
        }
        var packs = new NearPacks(there);
        commits.forEach(packs::find);
        return packs.near;
    }

    private static Repository again(Repository repository) throws IOException {
        var builder = new FileRepositoryBuilder().setMustExist(true).setFS(repository.getFS());
        return repository.isBare()
                ? builder.setGitDir(repository.getDirectory()).setBare().build()
                : builder.setWorkTree(repository.getWorkTree()).build();
    }

    /** Most commits of a night lie where the one before lies. */
    private void find(ObjectId commit) {
        if (near.stream().noneMatch(pack -> has(pack, commit))) {
            objects.getPacks().stream()
                    .filter(pack -> has(pack, commit))
                    .findFirst()
                    .ifPresent(near::add);
        }
    }

    private static boolean has(Pack pack, ObjectId commit) {
        try {
            return pack.hasObject(commit);
        } catch (IOException e) {
            return false; // whoever reads from it is told
        }
    }

    private static void ask(Pack pack, ObjectDirectory here) {
        try {
            here.openPack(pack.getPackFile());
        } catch (IOException e) {
            return; // it was packed anew meanwhile: all packs are asked
        }
    }
}
