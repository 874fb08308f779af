package pantheon.night.cli.install;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import pantheon.night.ExitCode;
import pantheon.night.IoReason;
import pantheon.night.NightException;
import pantheon.night.workspace.repository.Location;

/**
 * The repository that nights work in: bare, and the group's, so that people push their branch to it in the evening and fetch
 * the night's in the morning. The night itself reaches no folder of people's.
 *
 * @param isThere whether it is there
 */
record NightRepository(Path path, boolean isThere) {
    /** Who nights run as, and the group of those who may queue, push and decide. */
    static final String USER = "pantheon-night";

    /**
     * Looks at the configured workspace.
     *
     * @throws NightException with exit code 73 where something else is there
     */
    static NightRepository at(Path workspace) {
        if (isFree(workspace)) {
            return new NightRepository(workspace, false);
        }
        if (!location(workspace).isBare()) {
            throw taken(workspace, "has a working tree, so nobody can push onto its branch");
        }
        return new NightRepository(workspace, true);
    }

    SystemCommand git(String... words) {
        return SystemCommand.git(path, words).as(USER);
    }

    /** The branch that nights begin on. */
    String branch() {
        return git("symbolic-ref", "--quiet", "--short", "HEAD").run().said().strip();
    }

    /** Whether a commit is on its branch, at the end or before it. */
    boolean has(String commit) {
        return git("merge-base", "--is-ancestor", commit, "HEAD").run().isGood();
    }

    private static Location location(Path workspace) {
        try {
            return Location.of(workspace);
        } catch (NightException e) {
            throw taken(workspace, "is there and is no git repository");
        }
    }

    private static boolean isFree(Path workspace) {
        if (!Files.exists(workspace)) {
            return true;
        }
        try (var entries = Files.newDirectoryStream(workspace)) {
            return !entries.iterator().hasNext();
        } catch (IOException e) {
            throw taken(workspace, "cannot be looked into: " + IoReason.of(e, workspace));
        }
    }

    private static NightException taken(Path workspace, String why) {
        return new NightException(
                ExitCode.CANT_CREATE,
                "%s, the configuration's workspace, %s; expected a bare repository, or nothing, so that setup makes it. Move it away, or name another folder as workspace."
                        .formatted(workspace, why));
    }
}
