package pantheon.night.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.eclipse.jgit.lib.PersonIdent;
import pantheon.night.contract.Sha256;
import pantheon.night.workspace.Identity;
import pantheon.night.workspace.NewWorkspace;

/** A user's repository: what is theirs in it must stay as they left it. */
final class UserRepository {
    static final int FILES = 3;
    static final int LINES = 12;
    static final Identity AUTHOR = new Identity("pantheon-night", "night@localhost");

    private final Path folder;
    private Map<String, String> left;

    private UserRepository(Path folder) throws IOException {
        this.folder = folder;
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
    }

    static UserRepository copy(Path template, Path folder) throws IOException {
        Simulation.copy(template, folder);
        return new UserRepository(folder);
    }

    Path folder() {
        return folder;
    }

    /** The user commits something of their own. */
    void work(Instant now) throws IOException {
        var user = new PersonIdent("user", "user@localhost", now, ZoneOffset.UTC);
        try (var git = Git.open(folder.toFile())) {
            Files.writeString(folder.resolve("mine.txt"), now + "\n");
            git.add().addFilepattern("mine.txt").call();
            git.commit()
                    .setMessage("By day")
                    .setAuthor(user)
                    .setCommitter(user)
                    .setSign(false)
                    .setNoVerify(true)
                    .call();
        } catch (GitAPIException e) {
            throw new IllegalStateException(e);
        }
        left = users();
    }

    void assertUntouched() throws IOException {
        assertEquals(left, users(), "what is the user's in the repository");
    }

    /** Everything but objects and branches of nights, by its path. */
    private Map<String, String> users() throws IOException {
        var users = new TreeMap<String, String>();
        try (Stream<Path> files = Files.walk(folder)) {
            files.filter(Files::isRegularFile).forEach(file -> {
                var path = folder.relativize(file).toString();
                if (!path.startsWith(".git/objects/") && !path.contains("heads/night/")) {
                    users.put(path, hash(file));
                }
            });
        }
        return users;
    }

    private static String hash(Path file) {
        try {
            return Sha256.hex(Files.readAllBytes(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
