package pantheon.night.workspace;

import java.io.IOException;
import java.nio.file.Path;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.errors.GitAPIException;
import pantheon.night.ExitCode;
import pantheon.night.IoReason;
import pantheon.night.NightException;
import pantheon.night.workspace.git.Identity;

/** Makes a git repository of a plain folder. */
public final class NewWorkspace {
    private NewWorkspace() {}

    /** Puts every file of a folder into a first commit on the branch {@code main}, byte for byte. */
    public static void create(Path folder, Identity author, String message) {
        IsolatedSystemReader.install();
        try (var git = init(folder)) {
            keepLineEnds(git);
            commitAll(git, author, message);
        } catch (GitAPIException | IOException e) {
            throw new NightException(
                    ExitCode.CANT_CREATE,
                    "a git repository cannot be made in %s: %s. Check the folder's owner."
                            .formatted(folder, IoReason.of(e, folder)),
                    e);
        }
    }

    private static Git init(Path folder) throws GitAPIException {
        return Git.init().setDirectory(folder.toFile()).setInitialBranch("main").call();
    }

    private static void keepLineEnds(Git git) throws IOException {
        var config = git.getRepository().getConfig();
        config.setString("core", null, "autocrlf", "false");
        config.save();
    }

    private static void commitAll(Git git, Identity author, String message) throws GitAPIException {
        git.add().addFilepattern(".").call();
        git.commit()
                .setMessage(message)
                .setAuthor(author.name(), author.email())
                .setCommitter(author.name(), author.email())
                .setSign(false)
                .setNoVerify(true)
                .call();
    }
}
