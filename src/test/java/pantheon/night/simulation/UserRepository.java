package pantheon.night.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.eclipse.jgit.api.CommitCommand;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.MergeCommand.FastForwardMode;
import org.eclipse.jgit.api.MergeResult.MergeStatus;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.merge.MergeStrategy;
import pantheon.night.contract.Sha256;
import pantheon.night.disk.FileTree;
import pantheon.night.workspace.NewWorkspace;
import pantheon.night.workspace.git.Identity;

/** A user's repository: what is theirs in it must stay as they left it. */
final class UserRepository {
    static final int FILES = 2;
    static final int LINES = 12;
    static final Identity AUTHOR = new Identity("pantheon-night", "night@localhost");

    private final Path folder;
    /** The folders that nights may write in. */
    private final Set<Path> nights;

    private Map<String, String> left;

    private UserRepository(Path folder) throws IOException {
        this.folder = folder;
        this.nights = Set.of(
                folder.resolve(".git/objects"),
                folder.resolve(".git/pantheon-night"),
                folder.resolve(".git/refs/heads/night"),
                folder.resolve(".git/logs/refs/heads/night"));
        this.left = users();
    }

    /** Lays a repository out that others are copied from. */
    static void layOut(Path template) throws IOException {
        Files.createDirectories(template);
        for (int file = 0; file < FILES; file++) {
            var text = new StringBuilder();
            for (int line = 0; line < LINES; line++) {
                text.append("line ").append(line).append('\n');
            }
            Files.writeString(template.resolve("file-%d.txt".formatted(file)), text);
        }
        NewWorkspace.create(template, AUTHOR, "The files");
        try (var git = Git.open(template.toFile())) {
            commit(git.commit().setAmend(true), "The files", Instant.EPOCH); // the same one whenever it is made
        } catch (GitAPIException e) {
            throw new IllegalStateException(e);
        }
        for (var unneeded : List.of("branches", "hooks", "logs")) {
            FileTree.remove(template.resolve(".git").resolve(unneeded));
        }
        pack(template);
        age(template);
    }

    /** Puts the objects into one file, as git does by itself after a while. */
    private static void pack(Path template) throws IOException {
        try (var git = Git.open(template.toFile())) {
            git.gc().setExpire(Instant.now().plus(Duration.ofDays(1))).call();
        } catch (GitAPIException e) {
            throw new IllegalStateException(e);
        }
    }

    /** As if it had been left alone for a day: what was just written git reads twice. */
    private static void age(Path template) throws IOException {
        var yesterday = FileTime.from(Instant.now().minus(Duration.ofDays(1)));
        try (Stream<Path> files = Files.walk(template)) {
            for (var file : (Iterable<Path>) files::iterator) {
                Files.setLastModifiedTime(file, yesterday);
            }
        }
    }

    /** A copy by links: nobody may write into a file that is there, and git never does. */
    static UserRepository copy(Path template, Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(template)) {
            for (var file : (Iterable<Path>) files::iterator) {
                var copy = folder.resolve(template.relativize(file));
                if (Files.isDirectory(file)) {
                    Files.createDirectory(copy);
                } else {
                    Files.createLink(copy, file);
                }
            }
        }
        return new UserRepository(folder);
    }

    Path folder() {
        return folder;
    }

    /** The user commits something of their own. */
    void work(Instant now) throws IOException {
        try (var git = Git.open(folder.toFile())) {
            Files.writeString(folder.resolve("mine.txt"), now + "\n");
            git.add().addFilepattern("mine.txt").call();
            commit(git.commit(), "By day", now);
        } catch (GitAPIException e) {
            throw new IllegalStateException(e);
        }
        left = users();
    }

    /** The user takes the work of all nights over; false where all of it is there. Where lines differ, the night's count. */
    boolean merge(Instant now) throws IOException {
        boolean more = false;
        try (var git = Git.open(folder.toFile())) {
            for (var night : git.getRepository().getRefDatabase().getRefsByPrefix("refs/heads/night/")) {
                var merge = git.merge().include(night).setStrategy(MergeStrategy.THEIRS);
                var merged = merge.setFastForward(FastForwardMode.NO_FF)
                        .setCommit(false)
                        .call();
                if (merged.getMergeStatus() != MergeStatus.ALREADY_UP_TO_DATE) {
                    commit(git.commit(), "Taken over", now);
                    more = true;
                }
            }
        } catch (GitAPIException e) {
            throw new IllegalStateException(e);
        }
        left = users();
        return more;
    }

    private static void commit(CommitCommand commit, String message, Instant time) throws GitAPIException {
        var user = new PersonIdent("user", "user@localhost", time, ZoneOffset.UTC);
        commit.setMessage(message)
                .setAuthor(user)
                .setCommitter(user)
                .setSign(false)
                .setNoVerify(true)
                .call();
    }

    void assertUntouched() throws IOException {
        assertEquals(left, users(), "what is the user's in the repository");
    }

    /** Everything but objects and branches of nights, by its path. */
    private Map<String, String> users() throws IOException {
        var users = new TreeMap<String, String>();
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
                return nights.contains(directory) ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                users.put(folder.relativize(file).toString(), Sha256.hex(Files.readAllBytes(file)));
                return FileVisitResult.CONTINUE;
            }
        });
        return users;
    }
}
