package pantheon.night.lease;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import pantheon.night.ExitCode;
import pantheon.night.IoReason;
import pantheon.night.NightClock;
import pantheon.night.NightException;
import pantheon.night.disk.Disk;
import pantheon.night.disk.OwnFolder;

/**
 * A lease that this process owns and renews, six times in the time for which it holds.
 *
 * <p>Others take it only after they saw it unchanged for all of that time. So until two thirds of it have passed since the
 * last renewal, by the clock that also runs while the process is stopped and the machine sleeps, it is this process's
 * without a look; after that it is renewed first, and looked at.
 */
final class HeldLease implements Hold {
    private static final int RENEWALS = 6;
    /** Where an owner makes the copy of a journal that it goes on with, in the folder of journals. */
    private static final String OWN = ".own";

    private final LeaseFolder folder;
    private final NightClock clock;
    private final boolean takenOver;
    private final Runnable lost;
    private final Runnable renewing;
    private boolean closed;
    private Lease lease;
    private Duration renewed;
    private boolean isLost;
    private @Nullable OwnFolder own;

    /**
     * @param claimed when its file was about to be made
     * @param takenOver whether its owner before did not give it back
     * @param lost is run once, on any thread, where another process takes it
     */
    HeldLease(LeaseFolder folder, Lease lease, NightClock clock, Duration claimed, boolean takenOver, Runnable lost) {
        this.folder = folder;
        this.lease = lease;
        this.clock = clock;
        this.renewed = claimed;
        this.takenOver = takenOver;
        this.lost = lost;
        this.renewing = folder.pace().every(lease.time().dividedBy(RENEWALS), this::renewOrWait);
    }

    /** A disk that fails for a moment is asked again; one that fails for longer stops whoever wants to write. */
    private void renewOrWait() {
        try {
            renew();
        } catch (IOException e) {
            // nothing is written in the meantime, see requireFresh
        }
    }

    /** Renews it, and looks whether there is a later epoch; in this order, so that what others made is seen. */
    private synchronized void renew() throws IOException {
        if (isLost || closed) {
            return;
        }
        var now = clock.passed();
        var next = lease.renewed();
        folder.replace(next);
        if (isOvertaken()) {
            isLost = true;
            lost.run();
            return;
        }
        lease = next;
        renewed = now;
    }

    private boolean isOvertaken() throws IOException {
        return folder.newestEpoch() > lease.epoch();
    }

    @Override
    public synchronized void require() {
        try {
            renew();
        } catch (IOException e) {
            throw new NightException(
                    ExitCode.IO,
                    "the lease in %s cannot be renewed: %s. Check the disk; the next start goes on from here."
                            .formatted(folder.path(), IoReason.of(e, folder.path())),
                    e);
        }
        requireOwn();
    }

    private void requireOwn() {
        if (isLost) {
            throw new NightException(
                    ExitCode.WORK_LEFT,
                    "another process has taken this night over, since this one was not heard of for %s s: %s. It goes on there, and nothing more is written here."
                            .formatted(lease.time().toSeconds(), newestOwner()));
        }
    }

    private String newestOwner() {
        try {
            return folder.newest().map(newest -> newest.owner().words()).orElse("nobody");
        } catch (IOException e) {
            return Owner.UNKNOWN.words();
        }
    }

    /** The same, without a look where it cannot have been taken yet. */
    synchronized void requireFresh() {
        var since = clock.passed().minus(renewed);
        if (isLost || since.multipliedBy(3).compareTo(lease.time().multipliedBy(2)) >= 0) {
            require();
        }
    }

    @Override
    public Disk disk(Path journals) {
        try {
            return new HeldDisk(this, folder.pace().disk(), journals, owned(journals));
        } catch (IOException e) {
            throw unwritable(journals, e);
        }
    }

    private synchronized OwnFolder owned(Path journals) throws IOException {
        var taken = OwnFolder.take(journals.resolve(OWN), lease.epoch());
        own = taken;
        return taken;
    }

    private static NightException unwritable(Path folder, IOException e) {
        return new NightException(
                ExitCode.CANT_CREATE,
                "%s cannot be written: %s. Check its owner and the disk.".formatted(folder, IoReason.of(e, folder)),
                e);
    }

    @Override
    public synchronized Path checkouts(Path folder) {
        try {
            OwnCheckouts.removeBefore(folder, lease.epoch());
        } catch (IOException e) {
            throw unwritable(folder, e);
        }
        return OwnCheckouts.of(folder, lease.epoch());
    }

    @Override
    public synchronized long owner() {
        return lease.epoch();
    }

    @Override
    public NightException reason(NightException failure) {
        try {
            require();
        } catch (NightException lost) {
            if (lost.exitCode() == ExitCode.WORK_LEFT) {
                lost.addSuppressed(failure);
                return lost;
            }
        }
        return failure;
    }

    @Override
    public boolean isTakenOver() {
        return takenOver;
    }

    @Override
    public synchronized boolean isLost() {
        return isLost;
    }

    @Override
    public synchronized void close() {
        closed = true;
        renewing.run();
        try {
            if (!isLost && folder.newestEpoch() == lease.epoch()) {
                if (own != null) {
                    own.close();
                }
                folder.replace(lease.asReleased());
            }
        } catch (IOException e) {
            // whoever comes next waits for as long as it holds
        }
    }
}
