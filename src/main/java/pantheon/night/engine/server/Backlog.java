package pantheon.night.engine.server;

import java.time.Duration;
import pantheon.night.engine.server.http.Deadline;
import pantheon.night.engine.server.http.ExchangeFailed;
import pantheon.night.engine.server.protocol.ServerKind;

/**
 * Whether a server has enough to do, looked at once a second at most while it answers: by the slots that others have, where
 * it shows them, else by the requests that wait. What a server does not tell it is not asked for again.
 */
final class Backlog {
    private static final Duration EVERY = Duration.ofSeconds(1);

    private final LocalServer server;
    private final ServerKind kind;
    private final Places places;
    private Deadline next = Deadline.in(Duration.ZERO);
    private volatile boolean showsSlots;
    private volatile boolean tellsWaiting = true;

    /** @param places those to hold back while the server has enough */
    Backlog(LocalServer server, ServerKind kind, Places places) {
        this.server = server;
        this.kind = kind;
        this.places = places;
        showsSlots = kind.showsSlots();
    }

    /** Looks where the last look was long enough ago; called by whoever has an answer and still has its place. */
    void look() {
        if (isDue()) {
            try {
                lookNow();
            } catch (ExchangeFailed e) {
                // one that is too busy to tell is asked again
            }
        }
    }

    private synchronized boolean isDue() {
        if (!next.hasPassed() || !(showsSlots || tellsWaiting)) {
            return false;
        }
        next = Deadline.in(EVERY);
        return true;
    }

    private void lookNow() throws ExchangeFailed {
        if (showsSlots) {
            places.watch();
            var busy = server.busySlots(EVERY);
            busy.ifPresent(places::share);
            showsSlots = busy.isPresent();
        }
        if (!showsSlots) {
            var waiting = server.gauge(kind.waiting(), EVERY);
            waiting.ifPresent(count -> places.heed(count > 0));
            tellsWaiting = waiting.isPresent();
        }
    }
}
