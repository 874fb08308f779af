package pantheon.night.cli.install;

import java.nio.file.Path;
import java.util.regex.Pattern;
import pantheon.night.ExitCode;
import pantheon.night.NightException;
import pantheon.night.contract.Json;

/**
 * Where a team's repository is that others push to.
 *
 * @param url as git takes it: an address, or a folder
 * @param branch that nights begin on
 */
record TeamRemote(String url, String branch) {
    /** They stand in units, where blanks, quotes and percent signs mean something. */
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_/][A-Za-z0-9._/+-]*");

    private static final Pattern NO_OPTION = Pattern.compile("[^-\\s]\\S*");

    TeamRemote {
        require("--remote", url, NO_OPTION, "an address or a folder that git fetches from");
        require("--branch", branch, PLAIN, "a branch of letters, digits and ._/+-");
    }

    private static void require(String option, String text, Pattern pattern, String expected) {
        if (!pattern.matcher(text).matches()) {
            throw new NightException(
                    ExitCode.USAGE,
                    "%s is %s; expected %s. Nothing was done.".formatted(option, Json.quote(text), expected));
        }
    }

    /** @throws NightException with exit code 78 where a unit could not name a folder as it is */
    static void requireNameable(Path folder) {
        if (!PLAIN.matcher(folder.toString()).matches()) {
            throw new NightException(
                    ExitCode.CONFIG,
                    "the workspace is %s, and units have to name it; expected letters, digits and ._/+- alone. Name another folder as workspace."
                            .formatted(Json.quote(folder.toString())));
        }
    }

    /** As git fetches and pushes it. */
    String refs() {
        return "refs/heads/%1$s:refs/heads/%1$s".formatted(branch);
    }
}
