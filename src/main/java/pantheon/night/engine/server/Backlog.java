package pantheon.night.engine.server;

import java.time.Duration;
import pantheon.night.engine.server.http.Deadline;

/**
 * Whether requests wait at a server because it has enough of them, looked at once a second at most while it answers. A
 * server that does not tell is not asked again.
 */
final class Backlog {
    private static final Duration EVERY = Duration.ofSeconds(1);

    private final LocalServer server;
    private final String gauge;
    private final Places places;
    private Deadline next = Deadline.in(Duration.ZERO);
    private boolean isTold = true;

    /**
     * Looks at one gauge.
     *
     * @param gauge its name at {@code /metrics}
     * @param places those to hold back while requests wait
     */
    Backlog(LocalServer server, String gauge, Places places) {
        this.server = server;
        this.gauge = gauge;
        this.places = places;
    }

    /** Looks where the last look was long enough ago; called by whoever has an answer and still has its place. */
    void look() {
        if (isDue()) {
            server.gauge(gauge, EVERY).ifPresentOrElse(waiting -> places.heed(waiting > 0), this::untold);
        }
    }

    private synchronized boolean isDue() {
        if (!isTold || !next.hasPassed()) {
            return false;
        }
        next = Deadline.in(EVERY);
        return true;
    }

    private synchronized void untold() {
        isTold = false;
    }
}
