package pantheon.night.lease;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import pantheon.night.ExitCode;
import pantheon.night.IoReason;
import pantheon.night.NightClock;
import pantheon.night.NightException;

/**
 * Takes the lease of a folder, once nobody owns it: its owner gave it back, is a process of this machine that has ended, or
 * let it stand unchanged for all of its time, by this process's own clock. No two clocks are ever compared.
 *
 * @param path the folder, which is made where it is missing
 * @param time for how long a lease holds
 * @param stopped whether nobody wants it any more
 */
public record Leasing(
        Path path, Duration time, NightClock clock, BooleanSupplier stopped, LeaseListener listener, Pace pace) {
    /** Who waits gives up after so many times of a lease. */
    public static final int PATIENCE = 10;

    /** How often an owner is looked at in the time of a lease. */
    private static final int LOOKS = 12;

    /** That of a process of this machine. */
    public Leasing(Path path, Duration time, NightClock clock, BooleanSupplier stopped, LeaseListener listener) {
        this(path, time, clock, stopped, listener, Pace.ofThisMachine());
    }

    /** What was seen of another's lease, and since when it is so. */
    private record Seen(Lease lease, Duration since) {}

    /**
     * Takes it.
     *
     * @throws NightException with exit code 75 where another process keeps it, 73 where its folder cannot be written
     */
    public Hold take() {
        try {
            return taken(new LeaseFolder(path, pace));
        } catch (IOException e) {
            throw new NightException(
                    ExitCode.CANT_CREATE,
                    "the lease in %s cannot be taken: %s. Check the folder's owner and the disk's free space."
                            .formatted(path, IoReason.of(e, path)),
                    e);
        }
    }

    private Hold taken(LeaseFolder folder) throws IOException {
        var here = Owner.here();
        var deadline = clock.passed().plus(time.multipliedBy(PATIENCE));
        Seen seen = null;
        boolean told = false;
        while (true) {
            var newest = folder.newest().orElse(null);
            seen = seen != null && seen.lease().equals(newest) ? seen : seen(newest);
            if (newest == null || isFree(newest, here, seen)) {
                var claimed = clock.passed();
                var mine = new Lease(newest == null ? 1 : newest.epoch() + 1, 0, here, time, false);
                if (folder.claim(mine)) {
                    boolean takenOver = newest != null && !newest.released();
                    return new HeldLease(folder, mine, clock, claimed, takenOver, listener::lost);
                }
            } else {
                if (!told) {
                    listener.waits(newest.owner().words());
                    told = true;
                }
                requirePatience(newest, deadline);
                pause();
            }
        }
    }

    private @Nullable Seen seen(@Nullable Lease newest) {
        return newest == null ? null : new Seen(newest, clock.awake());
    }

    private boolean isFree(Lease newest, Owner here, @Nullable Seen seen) {
        if (newest.released() || newest.owner().isGone(here)) {
            return true;
        }
        var longest = newest.time().compareTo(time) > 0 ? newest.time() : time;
        return seen != null && clock.awake().minus(seen.since()).compareTo(longest) > 0;
    }

    private void requirePatience(Lease newest, Duration deadline) {
        if (stopped.getAsBoolean() || clock.passed().compareTo(deadline) > 0) {
            throw new NightException(
                    ExitCode.WORK_LEFT,
                    "another process goes on with this shard: %s, which renews its lease in %s. Nothing was done here; start again once it has ended."
                            .formatted(newest.owner().words(), path));
        }
    }

    private void pause() {
        try {
            pace.pause(time.dividedBy(LOOKS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new NightException(ExitCode.STOPPED, "stopped while waiting for a lease", e);
        }
    }
}
