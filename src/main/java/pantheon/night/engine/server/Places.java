package pantheon.night.engine.server;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import pantheon.night.engine.server.http.Deadline;

/**
 * How many requests are under way at one server, and which of its slots have what: all models that it serves here share
 * them, since it serves no more for two models than for one.
 */
final class Places implements AutoCloseable {
    private static final Map<Path, Places> BY_SOCKET = new HashMap<>();

    private final Path socket;
    private final int atServer;
    private final Slots slots;
    private final Semaphore free = new Semaphore(0, true);
    private int most;
    private int underWay;
    /** The most that were under way since the last watch began. */
    private int peak;
    /** How many are held back, and how many of these are still to be given. */
    private int heldBack;

    private int owed;
    private int models;

    private Places(Path socket, int slots) {
        this.socket = socket;
        this.atServer = slots;
        this.slots = new Slots(slots);
    }

    /**
     * Those at a server's socket, until as many models have closed them as have asked for them.
     *
     * @param most how many requests a model wants under way; of several models the most counts
     * @param slots how many the server has, 0 where it does not tell
     */
    static Places at(Path socket, int most, int slots) {
        synchronized (BY_SOCKET) {
            var places = BY_SOCKET.computeIfAbsent(socket, missing -> new Places(missing, slots));
            places.models++;
            places.widen(most);
            return places;
        }
    }

    private synchronized void widen(int wanted) {
        if (wanted > most) {
            free.release(wanted - most);
            most = wanted;
        }
    }

    Slots slots() {
        return slots;
    }

    /** Takes a place as soon as there is one, in the order of asking; false where there was none in time. */
    boolean take(Deadline limit) throws InterruptedException {
        boolean taken = free.tryAcquire(limit.left().toNanos(), TimeUnit.NANOSECONDS);
        if (taken) {
            begin();
        }
        return taken;
    }

    private synchronized void begin() {
        underWay++;
        peak = Math.max(peak, underWay);
    }

    synchronized void give() {
        underWay--;
        release();
    }

    private void release() {
        if (owed > 0) {
            owed--;
        } else {
            free.release();
        }
    }

    /** Has one place fewer while requests wait at the server, down to one, and one more again when none does. */
    synchronized void heed(boolean requestsWait) {
        holdBack(heldBack + (requestsWait ? 1 : -1));
    }

    /** Begins to watch what is under way, before the server is asked which of its slots are busy. */
    synchronized void watch() {
        peak = underWay;
    }

    /**
     * Leaves to others the slots that they have, but for one place, and asks for none by its number while they are there.
     *
     * @param busy how many slots of the server were busy since the watch began, when one of the requests here had its answer
     */
    synchronized void share(int busy) {
        int others = Math.max(0, busy - Math.max(0, peak - 1));
        slots.share(others > 0);
        holdBack(others - Math.max(0, atServer - most));
    }

    private void holdBack(int wanted) {
        int count = Math.clamp(wanted, 0, most - 1);
        for (; heldBack < count; heldBack++) {
            owed += free.tryAcquire() ? 0 : 1;
        }
        for (; heldBack > count; heldBack--) {
            release();
        }
    }

    @Override
    public void close() {
        synchronized (BY_SOCKET) {
            models--;
            if (models == 0) {
                BY_SOCKET.remove(socket);
            }
        }
    }
}
