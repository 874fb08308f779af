package pantheon.night.cli.install;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import pantheon.night.ExitCode;
import pantheon.night.IoReason;
import pantheon.night.NightException;
import pantheon.night.workspace.repository.Location;

/**
 * The repository whose documents nights shall work on. It is looked at, and later written to, as its owner does it, since
 * git does in a repository what its configuration says.
 *
 * @param branch that is checked out
 * @param commit of that branch, in hexadecimal digits
 */
record OwnRepository(Path path, String owner, String branch, String commit) {
    /**
     * Looks at one.
     *
     * @throws NightException with exit code 78 where there is none, or it is on no branch or without a commit
     */
    static OwnRepository at(Path given) {
        var path = given.toAbsolutePath().normalize();
        Location.of(path);
        var owner = owner(path);
        var branch = asked(
                SystemCommand.git(path, "symbolic-ref", "--quiet", "--short", "HEAD"),
                owner,
                "%s is on no branch; expected the branch that nights work on to be checked out. Run git -C %s switch BRANCH."
                        .formatted(path, path));
        var commit = asked(
                SystemCommand.git(path, "rev-parse", "--quiet", "--verify", "HEAD^{commit}"),
                owner,
                "%s has no commit yet; expected the documents to be committed. Commit them.".formatted(path));
        return new OwnRepository(path, owner, branch, commit);
    }

    SystemCommand git(String... words) {
        return SystemCommand.git(path, words).as(owner);
    }

    /** The commit of one of its branches, empty where there is no such branch. */
    String commit(String name) {
        return git("rev-parse", "--quiet", "--verify", "refs/heads/%s^{commit}".formatted(name))
                .run()
                .said()
                .strip();
    }

    private static String owner(Path path) {
        try {
            return Files.getOwner(path).getName();
        } catch (IOException e) {
            throw new NightException(
                    ExitCode.CONFIG,
                    "%s cannot be looked at: %s. Check its owner and mode.".formatted(path, IoReason.of(e, path)),
                    e);
        }
    }

    /** @param otherwise what is wrong where git says no without a word */
    private static String asked(SystemCommand command, String owner, String otherwise) {
        var outcome = command.as(owner).run();
        if (!outcome.isGood()) {
            throw new NightException(
                    ExitCode.CONFIG,
                    outcome.said().isBlank()
                            ? otherwise
                            : "git as %s says: %s. Mend the repository, or name another."
                                    .formatted(owner, outcome.lastLine()));
        }
        return outcome.said().strip();
    }
}
