package pantheon.night.workspace;

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
        try (var git = Git.init()
                .setDirectory(folder.toFile())
                .setInitialBranch("main")
                .call()) {
            var config = git.getRepository().getConfig();
            config.setString("core", null, "autocrlf", "false");
            config.save();
            git.add().addFilepattern(".").call();
            git.commit()
                    .setMessage(message)
                    .setAuthor(author.name(), author.email())
                    .setCommitter(author.name(), author.email())
                    .setSign(false)
                    .setNoVerify(true)
                    .call();
        } catch (GitAPIException | java.io.IOException e) {
            throw new NightException(
                    ExitCode.CANT_CREATE,
                    "a git repository cannot be made in %s: %s. Check the folder's owner."
                            .formatted(folder, IoReason.of(e, folder)),
                    e);
        }
    }
}
