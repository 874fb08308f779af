package pantheon.night.engine.server;

import pantheon.night.ExitCode;
import pantheon.night.NightException;

/** Why a night cannot use a server. */
final class ServerUnusable {
    private ServerUnusable() {}

    /**
     * What its reader is told.
     *
     * @param what it does or lacks, to stand behind its name
     * @param mend what to do, a sentence or more
     */
    static NightException of(LocalServer server, String what, String mend) {
        return new NightException(ExitCode.UNAVAILABLE, "%s %s. %s".formatted(server, what, mend));
    }
}
