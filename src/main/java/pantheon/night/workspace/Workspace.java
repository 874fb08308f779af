package pantheon.night.workspace;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jgit.errors.ConfigInvalidException;
import org.eclipse.jgit.errors.IncorrectObjectTypeException;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.jspecify.annotations.Nullable;
import pantheon.night.ExitCode;
import pantheon.night.IoReason;
import pantheon.night.NightException;
import pantheon.night.workspace.branch.BranchCommit;
import pantheon.night.workspace.branch.BranchPick;
import pantheon.night.workspace.branch.CommitRequest;
import pantheon.night.workspace.branch.CommitResult;
import pantheon.night.workspace.branch.MergeJudge;
import pantheon.night.workspace.branch.MergeTarget;
import pantheon.night.workspace.branch.OwnBranch;
import pantheon.night.workspace.branch.PickJudge;
import pantheon.night.workspace.branch.UnmergedCommits;
import pantheon.night.workspace.gather.BranchGather;
import pantheon.night.workspace.gather.FetchedBranch;
import pantheon.night.workspace.gather.GatherRequest;
import pantheon.night.workspace.gather.GatherResult;
import pantheon.night.workspace.git.BaseTree;
import pantheon.night.workspace.git.Blobs;
import pantheon.night.workspace.git.Identity;
import pantheon.night.workspace.git.NightBranch;
import pantheon.night.workspace.git.NightCommits;
import pantheon.night.workspace.git.Trailer;
import pantheon.night.workspace.git.WriteSteps;
import pantheon.night.workspace.repository.Location;
import pantheon.night.workspace.repository.NearPacks;
import pantheon.night.workspace.repository.Ownership;
import pantheon.night.workspace.repository.ReplacedObjects;
import pantheon.night.workspace.repository.RepositoryFormat;
import pantheon.night.workspace.repository.SharedModes;
import pantheon.night.workspace.repository.Unusable;
import pantheon.night.workspace.scratch.Scratch;

/**
 * A git repository as a night uses it. It is read, objects are added, and branches of nights are moved; HEAD, the
 * user's branches, the index and the working tree are left alone, but for a branch that a person names to merge onto. Contents are the stored blobs, byte for byte: no
 * filter, no line-end conversion. Safe for use by several threads.
 */
public final class Workspace implements AutoCloseable {
    static {
        IsolatedSystemReader.install();
    }

    private final Repository repository;
    private final ObjectId baseCommit;
    private final WriteSteps steps;
    /** The number of this process among the owners of its nights' branches; null where others may move them too. */
    private final @Nullable Long owner;
    /** Where this process left each branch that nobody else may move, the zero id where there is none. */
    private final Map<String, ObjectId> seen = new HashMap<>();
    /** By what it moves them. */
    private final Map<String, OwnBranch> owned = new HashMap<>();

    private final Object commitLock = new Object();
    /** What this program committed last on each branch. */
    private final Map<String, ObjectId> lastCommits = new HashMap<>();

    private @Nullable ReadTree lastRead;

    /** What a commit holds. */
    private record ReadTree(ObjectId commit, BaseTree tree) {}

    private Workspace(Repository repository, ObjectId baseCommit, WriteSteps steps, @Nullable Long owner) {
        this.owner = owner;
        this.repository = repository;
        this.baseCommit = baseCommit;
        this.steps = steps;
    }

    /**
     * Opens a repository by its working tree's top directory, or by itself where it is bare.
     *
     * @throws NightException (78) where there is none, it has no commit yet, or it is of a kind that is not supported
     */
    public static Workspace open(Path path) {
        return open(path, WriteSteps.all());
    }

    /** The same; somebody is told before each step in which it writes. */
    public static Workspace open(Path path, WriteSteps steps) {
        return open(path, steps, null);
    }

    /**
     * The same, for a process that has to be the only one on its nights' branches: a commit of anybody else ends it. Once
     * it has taken a branch, owners before it move it no more, whatever they looked at last.
     *
     * @param owner its number among the owners of these nights on any machine, higher than those before it
     */
    public static Workspace openAlone(Path path, WriteSteps steps, long owner) {
        return open(path, steps, owner);
    }

    private static Workspace open(Path path, WriteSteps steps, @Nullable Long owner) {
        requireUnicodeNames();
        var repository = repository(path);
        try {
            return new Workspace(repository, head(repository, path), steps, owner);
        } catch (RuntimeException e) {
            repository.close();
            throw e;
        }
    }

    /**
     * The same repository once more, to read a night's commits and what they changed; it is quick at that however many packs
     * there are.
     *
     * @param commits of the night, and the one that it was begun on; ids in full
     */
    public Workspace near(Collection<String> commits) {
        try {
            var ids = commits.stream().map(ObjectId::fromString).toList();
            return new Workspace(NearPacks.open(repository, ids), baseCommit, steps, null);
        } catch (IOException e) {
            throw unreadable("configuration", e);
        }
    }

    private static Repository repository(Path path) {
        var location = Location.of(path);
        Ownership.ofThisProcess().require(location);
        var files = new ReadFiles(path);
        files.require(path);
        RepositoryFormat.require(location);
        var builder = builder(location).setFS(files);
        try {
            var repository = builder.build();
            files.opened();
            return repository;
        } catch (IOException | IllegalArgumentException e) {
            throw ReadFiles.refused(e)
                    .or(() -> ReadFiles.invalid(e).map(why -> invalid(path, why)))
                    .orElseGet(() -> Unusable.of(
                            path,
                            "cannot be opened as a git repository: " + IoReason.of(e, path),
                            "Run \"git fsck\" there",
                            e));
        }
    }

    private static NightException invalid(Path path, ConfigInvalidException why) {
        return Unusable.of(
                path,
                "has a configuration that cannot be read: " + why.getMessage(),
                "Correct it, and what it includes",
                why);
    }

    private static FileRepositoryBuilder builder(Location location) {
        var builder = new FileRepositoryBuilder().setMustExist(true);
        return location.isBare()
                ? builder.setGitDir(location.path().toFile()).setBare()
                : builder.setWorkTree(location.path().toFile());
    }

    private static ObjectId head(Repository repository, Path path) {
        SharedModes.of(repository); // told now rather than at the first commit
        try {
            var head = repository.resolve("HEAD^{commit}");
            if (head == null) {
                throw Unusable.of(path, "has no commit on its current branch", "Commit there first", null);
            }
            ReplacedObjects.requireNone(repository, head, path);
            return head;
        } catch (IOException e) {
            throw Unusable.of(path, "has no readable HEAD: " + IoReason.of(e, path), "Run \"git fsck\" there", e);
        }
    }

    /** Without a UTF-8 locale the JDK can neither make nor read files with other than ASCII names. */
    private static void requireUnicodeNames() {
        var encoding = System.getProperty("sun.jnu.encoding", "unknown");
        if (!encoding.equalsIgnoreCase("UTF-8")) {
            throw new NightException(
                    ExitCode.CONFIG,
                    "the locale's encoding of file names is %s; expected UTF-8. Start the program with LC_ALL=C.UTF-8."
                            .formatted(encoding));
        }
    }

    /** The id of the commit that HEAD named when the workspace was opened. */
    public String baseCommit() {
        return baseCommit.name();
    }

    /**
     * Whether the repository has a commit.
     *
     * @param commit its id, in full
     */
    public boolean hasCommit(String commit) {
        try (var walk = new RevWalk(repository)) {
            walk.parseCommit(ObjectId.fromString(commit));
            return true;
        } catch (MissingObjectException e) {
            return false;
        } catch (IOException e) {
            throw unreadable("commit " + commit, e);
        }
    }

    /**
     * The id of the repository's first commit, which all its clones share: the last one along first parents. Empty where
     * the clone is shallow, and ends before it.
     */
    public Optional<String> firstCommit() {
        try (var walk = new RevWalk(repository)) {
            var shallow = repository.getObjectDatabase().getShallowCommits();
            walk.setRetainBody(false);
            walk.setFirstParent(true);
            walk.markStart(walk.parseCommit(baseCommit));
            var last = last(walk);
            return Optional.of(last).filter(commit -> !shallow.contains(ObjectId.fromString(commit)));
        } catch (IOException e) {
            throw new NightException(
                    ExitCode.IO,
                    "the workspace's history cannot be read: %s. Run \"git fsck\" there.".formatted(reason(e)),
                    e);
        }
    }

    private String last(RevWalk walk) {
        var last = baseCommit.name();
        for (var commit : walk) {
            last = commit.name();
        }
        return last;
    }

    /** The paths of the base commit's files, sorted; links and submodules are none. */
    public List<String> paths() {
        var paths = new ArrayList<String>();
        BaseTree.forEachLeaf(read(baseCommit()).root(), "", (path, leaf) -> {
            if (leaf.mode().isFile()) {
                paths.add(path.substring(1));
            }
        });
        Collections.sort(paths);
        return paths;
    }

    /** What a commit has at a path. */
    public enum Found {
        FILE("is a file"),
        FOLDER("is a folder"),
        SYMLINK("is a symbolic link"),
        SUBMODULE("is a submodule"),
        NOTHING("is not there");

        private final String words;

        Found(String words) {
            this.words = words;
        }

        /** For messages: {@code is a folder}. */
        public String words() {
            return words;
        }
    }

    /**
     * What a commit has at a path, no link followed.
     *
     * @param commit the id of a commit, in full
     * @param path plain names joined by slashes
     */
    public Found find(String commit, String path) {
        return switch (node(commit, path)) {
            case null -> Found.NOTHING;
            case BaseTree.Directory directory -> Found.FOLDER;
            case BaseTree.Leaf leaf ->
                switch (leaf.mode()) {
                    case FILE, EXECUTABLE -> Found.FILE;
                    case SYMLINK -> Found.SYMLINK;
                    case SUBMODULE -> Found.SUBMODULE;
                };
        };
    }

    private BaseTree.@Nullable Node node(String commit, String path) {
        BaseTree.Node node = read(commit).root();
        for (var name : path.split("/", -1)) {
            node = node instanceof BaseTree.Directory directory
                    ? directory.children().get(name)
                    : null;
        }
        return node;
    }

    /**
     * The id of what a file holds in a commit: git's, of its bytes alone, so two files of one content have the same.
     * Empty where the path names no file.
     *
     * @param commit the id of a commit, in full
     */
    public Optional<String> content(String commit, String path) {
        try (var walk = new RevWalk(repository);
                var found = TreeWalk.forPath(
                        walk.getObjectReader(),
                        path,
                        walk.parseCommit(ObjectId.fromString(commit)).getTree())) {
            return found != null && (found.getRawMode(0) & FileMode.TYPE_MASK) == FileMode.TYPE_FILE
                    ? Optional.of(found.getObjectId(0).name())
                    : Optional.empty();
        } catch (IOException e) {
            throw unreadable("%s in commit %s".formatted(path, commit), e);
        }
    }

    /** What the base commit holds and no checkout: names that cannot be used, links that cannot be made. */
    public List<String> leftOut() {
        return read(baseCommit()).leftOut();
    }

    /** What the base commit holds and no task can work on: names that cannot be used, links, submodules; sorted. */
    public List<String> unusable() {
        var tree = read(baseCommit());
        var paths = new ArrayList<>(tree.leftOut());
        BaseTree.forEachLeaf(tree.root(), "", (path, leaf) -> {
            if (!leaf.mode().isFile()) {
                paths.add(path.substring(1));
            }
        });
        Collections.sort(paths);
        return paths;
    }

    /**
     * The size of a file in a commit; 0 where the path names none.
     *
     * @param commit the id of a commit, in full
     */
    public long sizeBytes(String commit, String path) {
        var node = node(commit, path);
        try (var blobs = new Blobs(repository)) {
            return node instanceof BaseTree.Leaf leaf && leaf.mode().isFile() ? blobs.sizeBytes(leaf.id()) : 0;
        } catch (IOException e) {
            throw unreadable("the size of " + path, e);
        }
    }

    /**
     * Checks a commit out into a plain directory. It must be absent, empty, or from an earlier checkout; whatever was
     * left in it then is made anew.
     *
     * @param commit the id of a commit, in full
     */
    public Scratch checkout(String commit, Path scratchDirectory) {
        return Scratch.create(repository, steps, commit, read(commit), scratchDirectory);
    }

    /** A night's slots all check out the same commit, so its tree is read once. */
    private synchronized BaseTree read(String commit) {
        var id = ObjectId.fromString(commit);
        if (lastRead == null || !lastRead.commit().equals(id)) {
            lastRead = new ReadTree(id, tree(id));
        }
        return lastRead.tree();
    }

    private BaseTree tree(ObjectId commit) {
        try (var blobs = new Blobs(repository);
                var walk = new RevWalk(blobs.reader())) {
            return BaseTree.read(blobs, walk.parseCommit(commit).getTree());
        } catch (IOException e) {
            throw unreadable("commit " + commit.name(), e);
        }
    }

    /**
     * Makes one commit of a diff at the end of a night's branch, which begins at the diff's base commit. What the
     * branch gained since then is merged, by files and lines, and merged text is judged.
     *
     * @throws NightException (65) where the commits that were made on the branch before are no longer on it; (73) where
     *     it is checked out somewhere, cannot be created or stays locked
     */
    public CommitResult commit(CommitRequest request, MergeJudge judge) {
        if (request.diff().isEmpty()) {
            return new CommitResult.NothingToCommit();
        }
        try {
            synchronized (commitLock) { // or slots would make each other's attempts fail
                return commitLast(request, judge);
            }
        } catch (MissingObjectException | IncorrectObjectTypeException e) {
            throw unreadable("branch " + request.branch().name(), e);
        } catch (IOException e) {
            throw unwritable(request.branch(), e);
        }
    }

    /**
     * Puts commits of a night on a branch that people named; see {@link BranchPick}.
     *
     * @param commits their ids, in the order in which the night made them
     * @param base the night's base commit
     * @param judge is asked wherever text is merged
     * @throws NightException (73) where the branch is checked out somewhere, cannot be written or stays locked
     */
    public BranchPick.Result pick(MergeTarget target, List<String> commits, String base, Instant now, PickJudge judge) {
        try {
            return new BranchPick(repository, target, base, now, judge, steps).pick(commits);
        } catch (MissingObjectException | IncorrectObjectTypeException e) {
            throw unreadable("history of " + target.name(), e);
        } catch (IOException e) {
            throw new NightException(
                    ExitCode.CANT_CREATE,
                    "the branch %s cannot be written: %s. Check that this user may write %s, and its disk."
                            .formatted(target.name(), reason(e), repository.getDirectory()),
                    e);
        }
    }

    /**
     * Puts the work of several nights on a new branch; see {@link BranchGather}. Their commits are there.
     *
     * @throws NightException (73) where there is a branch of that name that ends elsewhere, or it cannot be written
     */
    public GatherResult gather(GatherRequest request, MergeJudge judge) {
        try {
            return new BranchGather(repository, request, judge, steps).gather();
        } catch (MissingObjectException | IncorrectObjectTypeException e) {
            throw unreadable("commits for " + request.branch().name(), e);
        } catch (IOException e) {
            throw unwritable(request.branch(), e);
        }
    }

    /**
     * Brings a night's branch from another repository; see {@link FetchedBranch}.
     *
     * @param who is named in the branch's log
     */
    public void fetch(Workspace from, FetchedBranch branch, Identity who, Instant now) {
        try {
            branch.bring(from.repository, repository, who, now, steps);
        } catch (IOException e) {
            throw new NightException(
                    ExitCode.CANT_CREATE,
                    "the branch %s cannot be brought from %s to %s: %s. Check both, and the disk."
                            .formatted(
                                    branch.branch().name(),
                                    from.repository.getDirectory(),
                                    repository.getDirectory(),
                                    reason(e)),
                    e);
        }
    }

    /** Whether a branch of a night is there. */
    public boolean has(NightBranch branch) {
        try {
            return repository.exactRef(branch.refName()) != null;
        } catch (IOException e) {
            throw unreadable("branch " + branch.name(), e);
        }
    }

    /** Whether one commit is the other, or leads to it; both by their ids, in full. */
    public boolean leadsTo(String commit, String later) {
        try (var walk = new RevWalk(repository)) {
            return walk.isMergedInto(
                    walk.parseCommit(ObjectId.fromString(commit)), walk.parseCommit(ObjectId.fromString(later)));
        } catch (IOException e) {
            throw unreadable("history of " + later, e);
        }
    }

    private CommitResult commitLast(CommitRequest request, MergeJudge judge) throws IOException {
        var branch = request.branch().name();
        var result = new BranchCommit(
                        repository, request, judge, lastCommits.get(branch), seen.get(branch), owned.get(branch), steps)
                .commit();
        if (result instanceof CommitResult.Committed committed) {
            lastCommits.put(branch, ObjectId.fromString(committed.commitId()));
            see(request.branch(), ObjectId.fromString(committed.commitId()));
        }
        return result;
    }

    private void see(NightBranch branch, ObjectId end) {
        if (owner != null) {
            seen.put(branch.name(), end);
        }
    }

    /** From here on no owner before this one moves it. */
    private void own(NightBranch branch) {
        if (owner == null || owned.containsKey(branch.name())) {
            return;
        }
        try {
            owned.put(branch.name(), OwnBranch.take(repository, branch, owner, steps));
        } catch (IOException e) {
            throw unwritable(branch, e);
        }
    }

    private ObjectId end(NightBranch branch) throws IOException {
        var ref = repository.exactRef(branch.refName());
        return ref == null || ref.getObjectId() == null ? ObjectId.zeroId() : ref.getObjectId();
    }

    /**
     * Makes sure that nobody else moved a branch that only this process may move.
     *
     * @throws NightException (75) where somebody did
     */
    public void requireUnmoved(NightBranch branch) {
        if (owner == null) {
            return;
        }
        synchronized (commitLock) {
            try {
                BranchCommit.requireUnmoved(branch, seen.get(branch.name()), end(branch));
            } catch (IOException e) {
                throw unreadable("branch " + branch.name(), e);
            }
        }
    }

    /**
     * Makes sure that a branch still holds what was committed on it.
     *
     * @param commit what was committed last, its id in full
     * @throws NightException (65) where it does not
     */
    public void requireKept(NightBranch branch, String commit) {
        synchronized (commitLock) {
            lastCommits.put(branch.name(), ObjectId.fromString(commit));
            try {
                BranchCommit.requireKept(repository, branch, ObjectId.fromString(commit));
            } catch (IOException e) {
                throw unreadable("branch " + branch.name(), e);
            }
        }
    }

    private NightException unwritable(NightBranch branch, IOException cause) {
        return new NightException(
                ExitCode.CANT_CREATE,
                "a commit on %s cannot be written: %s. Check that this user may write %s, and its disk."
                        .formatted(branch.name(), reason(cause), repository.getDirectory()),
                cause);
    }

    /**
     * Makes sure that a branch is a new night's own.
     *
     * @throws NightException (73) where there is one of that name
     */
    public void requireNew(NightBranch branch) {
        try {
            own(branch);
            BranchCommit.requireNew(repository, branch);
            see(branch, ObjectId.zeroId());
        } catch (IOException e) {
            throw unreadable("branch " + branch.name(), e);
        }
    }

    /**
     * Makes sure that objects and branches can be written at all.
     *
     * @throws NightException (73) where this user may not, or the file system is read-only
     */
    public void requireWritable() {
        var git = repository.getCommonDirectory().toPath();
        for (var folder : written(git)) {
            if (Files.exists(folder) && !Files.isWritable(folder)) {
                throw new NightException(
                        ExitCode.CANT_CREATE,
                        "%s cannot be written by this user. Change its owner; under systemd, give the unit ReadWritePaths=%s by a drop-in (systemctl edit pantheon-night.service)."
                                .formatted(folder, git));
            }
        }
    }

    /** The folders in which a commit on a branch of a night makes files, where they are there. */
    private static List<Path> written(Path git) {
        var folders =
                new ArrayList<>(List.of(git.resolve("objects"), git.resolve("refs"), git.resolve(OwnBranch.FOLDER)));
        for (var heads : List.of("refs/heads", "logs/refs/heads")) {
            folders.add(git.resolve(heads));
            folders.add(git.resolve(heads).resolve(NightBranch.FOLDER));
        }
        for (int first = 0; first < 256; first++) {
            folders.add(git.resolve("objects/%02x".formatted(first)));
        }
        return folders;
    }

    /**
     * Makes sure of what can be known before the first commit on a branch.
     *
     * @throws NightException (73) where the branch is checked out somewhere, or its name is taken by another ref
     */
    public void requireFree(NightBranch branch) {
        try {
            BranchCommit.requireFree(repository, branch);
        } catch (IOException e) {
            throw unreadable("branch " + branch.name(), e);
        }
    }

    /** The newest commit for each value of a trailer on a branch, newest first; one walk, for many look-ups. */
    public Map<String, String> commitsByTrailer(String trailerKey, NightBranch branch) {
        try (var walk = new RevWalk(repository)) {
            var ref = repository.exactRef(branch.refName());
            if (ref != null) {
                walk.markStart(walk.parseCommit(ref.getObjectId()));
            }
            return newestByTrailer(trailerKey, walk);
        } catch (IOException e) {
            throw unreadable("branch " + branch.name(), e);
        }
    }

    /**
     * Those of some tasks whose work a commit has, as it was committed or carried over, which the commits' trailers tell.
     *
     * @param tasks their ids
     * @param commit its id, in full
     */
    public Set<String> tasksIn(Set<String> tasks, String commit) {
        var found = new HashSet<String>();
        try (var walk = new RevWalk(repository)) {
            walk.markStart(walk.parseCommit(ObjectId.fromString(commit)));
            for (var next = walk.next(); next != null && found.size() < tasks.size(); next = walk.next()) {
                next.getFooterLines(Trailer.TASK).stream()
                        .filter(tasks::contains)
                        .forEach(found::add);
            }
            return found;
        } catch (IOException e) {
            throw unreadable("history of " + commit, e);
        }
    }

    private static Map<String, String> newestByTrailer(String trailerKey, RevWalk walk) throws IOException {
        var commits = new LinkedHashMap<String, String>();
        for (var commit = walk.next(); commit != null; commit = walk.next()) {
            for (var value : commit.getFooterLines(trailerKey)) {
                commits.putIfAbsent(value, commit.name());
            }
        }
        return commits;
    }

    /** The commits of a night as they are now, to be compared with what its journal says. */
    public NightCommits commits(NightBranch branch, String base) {
        try {
            return NightCommits.read(repository, branch, ObjectId.fromString(base));
        } catch (IOException e) {
            throw unreadable("branch " + branch.name(), e);
        }
    }

    /** Those of a night's commits that no branch of people has; see {@link UnmergedCommits}. */
    public List<String> unmerged(Collection<String> commits, String base) {
        try {
            return new UnmergedCommits(repository).of(commits, base);
        } catch (IOException e) {
            throw unreadable("branches", e);
        }
    }

    /** What a commit changed against its first parent, as a task's {@code diff.patch} has it. */
    public String patch(String commit) {
        try {
            return NightCommits.patch(repository, commit);
        } catch (IOException e) {
            throw unreadable("commit " + commit, e);
        }
    }

    /**
     * Takes a branch of a night over from a process that was killed; the caller is its only writer. The lock that was
     * left on it goes, and where it was moved to is made to last: the journal is going to say that the commit is there.
     */
    public void takeOver(NightBranch branch) {
        var ref = repository.getCommonDirectory().toPath().resolve(branch.refName());
        try {
            own(branch);
            Files.deleteIfExists(ref.resolveSibling(ref.getFileName() + ".lock"));
            if (Files.exists(ref)) {
                BranchCommit.sync(ref, steps);
            }
            see(branch, end(branch));
        } catch (IOException e) {
            throw new NightException(
                    ExitCode.CANT_CREATE,
                    "%s, or its lock, cannot be written: %s. Check its owner and the disk."
                            .formatted(ref, IoReason.of(e, ref)),
                    e);
        }
    }

    private String reason(IOException e) {
        return IoReason.of(e, repository.getDirectory().toPath());
    }

    private NightException unreadable(String what, IOException cause) {
        return new NightException(
                ExitCode.DATA,
                "the %s of %s cannot be read: %s. Run \"git fsck\" there."
                        .formatted(what, repository.getDirectory(), reason(cause)),
                cause);
    }

    @Override
    public void close() {
        for (var branch : owned.values()) {
            try {
                branch.close();
            } catch (IOException e) {
                // an empty folder stays, which the next owner removes
            }
        }
        repository.close();
    }
}
