package pantheon.night.engine.server;

import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import pantheon.night.NightException;
import pantheon.night.engine.EngineLost;
import pantheon.night.engine.server.http.Deadline;
import pantheon.night.engine.server.http.ExchangeFailed;
import pantheon.night.engine.server.http.SocketFile;
import pantheon.night.engine.server.protocol.Ask;
import pantheon.night.engine.server.protocol.Continuation;

/**
 * The way to a server that may be lost at any time, for all conversations together.
 *
 * <p>Whoever was waiting for an answer then has lost it. Nobody asks again before the server has shown anew what it is,
 * and is the same as before. One that does not come back within the patience, that comes back as another, or that is lost
 * time after time with no answer in between, is gone for good: from then on everybody is told so.
 */
final class Link {
    /** So often in a row a server may be lost without an answer in between. */
    private static final int MOST_IN_A_ROW = 5;

    private final LocalServer server;
    private final Canary canary;
    private final Found found;
    private final Duration patience;
    private final Places places;
    private final Backlog backlog;
    private final ReentrantLock returning = new ReentrantLock();

    private long epoch;
    private String stamp;
    private int lostInARow;
    private @Nullable Deadline goneAt;
    private @Nullable ExchangeFailed last;
    private @Nullable NightException gone;

    /** @param places those of the server's requests, for all models that it serves here */
    Link(LocalServer server, Canary canary, Found found, Duration patience, Places places) {
        this.server = server;
        this.canary = canary;
        this.found = found;
        this.patience = patience;
        this.places = places;
        this.backlog = new Backlog(server, found.claim().kind(), places);
        this.stamp = SocketFile.stamp(server.socket());
    }

    /**
     * Has a prompt continued. What was refused before anything can have happened is asked again.
     *
     * @throws EngineLost where the server was lost over it
     * @throws NightException with exit code 69 where the server is gone for good
     */
    Continuation complete(Ask ask, Duration time) {
        var deadline = Deadline.in(time);
        while (true) {
            noticeRestart();
            long at = open(deadline);
            if (!place(deadline)) {
                return new Continuation(ask, time).late();
            }
            try {
                if (deadline.hasPassed()) {
                    return new Continuation(ask, time).late();
                }
                return answered(at, server.complete(found.claim().kind(), ask, deadline.left()));
            } catch (ExchangeFailed e) {
                if (Thread.currentThread().isInterrupted()) {
                    throw interrupted();
                }
                lost(at, e);
                if (e.kind() != ExchangeFailed.Kind.UNREACHABLE) {
                    throw new EngineLost("%s %s".formatted(server, e.getMessage()));
                }
            } finally {
                places.give();
            }
        }
    }

    private boolean place(Deadline deadline) {
        try {
            return places.take(deadline);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw interrupted();
        }
    }

    /** That is not the server's fault. */
    private EngineLost interrupted() {
        return new EngineLost("%s was not waited for: the wait was interrupted".formatted(server));
    }

    /** One that was started anew may be another, though nobody has lost an answer over it. */
    private synchronized void noticeRestart() {
        if (goneAt == null && !SocketFile.stamp(server.socket()).equals(stamp)) {
            lost(epoch, new ExchangeFailed(ExchangeFailed.Kind.UNREACHABLE, "was ended, or started anew"));
        }
    }

    private Continuation answered(long at, Continuation said) {
        answered(at);
        backlog.look();
        return said;
    }

    private synchronized void answered(long at) {
        if (at == epoch) {
            lostInARow = 0;
        }
    }

    /** What several conversations lose together is lost once. */
    private synchronized void lost(long at, ExchangeFailed how) {
        if (at != epoch || goneAt != null) {
            return;
        }
        goneAt = Deadline.in(patience);
        last = how;
        lostInARow += how.kind() == ExchangeFailed.Kind.UNREACHABLE ? 0 : 1;
        if (lostInARow >= MOST_IN_A_ROW) {
            gone = ServerUnusable.of(
                    server,
                    "was lost %d times in a row with no answer in between; at last it %s"
                            .formatted(lostInARow, how.getMessage()),
                    "See its log, and start it anew; the next start goes on with the night.");
        }
    }

    private synchronized boolean isLost() {
        if (gone != null) {
            throw gone;
        }
        return goneAt != null;
    }

    private synchronized long epoch() {
        return epoch;
    }

    /** Waits until the server can be asked; gives which of its lives it is in. */
    private long open(Deadline deadline) {
        while (isLost()) {
            if (deadline.hasPassed()) {
                throw new EngineLost("%s did not come back in the task's time; it %s".formatted(server, why()));
            }
            if (returning.tryLock()) {
                try {
                    back(deadline);
                } finally {
                    returning.unlock();
                }
            }
            if (isLost() && !Canary.pause()) {
                throw interrupted();
            }
        }
        return epoch();
    }

    private synchronized String why() {
        return last == null ? "was lost" : last.getMessage();
    }

    private void back(Deadline deadline) {
        if (!isLost()) {
            return;
        }
        try {
            var left = deadline.left();
            var before = SocketFile.stamp(server.socket());
            var now = canary.sing(left.compareTo(Canary.LONGEST) < 0 ? left : Canary.LONGEST);
            returned(now, before);
        } catch (ExchangeFailed e) {
            stillLost(e);
        } catch (NightException e) {
            goneFor(e);
        }
    }

    private synchronized void returned(Found now, String before) {
        if (now.digest().equals(found.digest())) {
            stamp = before;
            epoch++;
            goneAt = null;
            return;
        }
        gone = ServerUnusable.of(
                server,
                "came back as another: it was %s, and is %s"
                        .formatted(found.claim().facts(), now.claim().facts()),
                "Start the one that the night began with; the next start goes on with the night.");
    }

    private synchronized void stillLost(ExchangeFailed how) {
        last = how;
        if (goneAt != null && goneAt.hasPassed()) {
            gone = ServerUnusable.of(
                    server,
                    "was lost and did not come back within its patience; at last it " + how.getMessage(),
                    "See its log, and start it anew; the next start goes on with the night.");
        }
    }

    private synchronized void goneFor(NightException why) {
        gone = why;
    }
}
