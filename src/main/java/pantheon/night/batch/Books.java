package pantheon.night.batch;

import org.jspecify.annotations.Nullable;
import pantheon.night.NightClock;
import pantheon.night.disk.Disk;
import pantheon.night.journal.Journal;
import pantheon.night.journal.LogFolder;
import pantheon.night.journal.StateFolder;
import pantheon.night.past.PastNight;
import pantheon.night.proof.SigningKey;
import pantheon.night.proof.Statements;

/**
 * Where nights are written down.
 *
 * @param disk what journals and artifacts are written on
 * @param key what statements are signed with, null where nights are not signed
 */
public record Books(
        Disk disk,
        LogFolder log,
        StateFolder state,
        NightClock clock,
        @Nullable SigningKey key) {
    /**
     * A night's, to write in.
     *
     * @param opened its journal, with how much of half a line was cut off it
     */
    public record Open(Journal.Opened opened, Statements.Signing signing) implements AutoCloseable {
        public Journal journal() {
            return opened.journal();
        }

        @Override
        public void close() {
            opened.close();
        }
    }

    /** Those of a new night. */
    Open create(String run) {
        return new Open(new Journal.Opened(Journal.create(disk, log.path(), run, clock), 0), signing(run));
    }

    /** Those of a night whose journal is there, as it was read. */
    Open resume(PastNight night) {
        return new Open(night.resume(disk, log.path(), clock), signing(night.run()));
    }

    private Statements.Signing signing(String run) {
        return new Statements.Signing(key, disk, state.artifacts(run));
    }
}
