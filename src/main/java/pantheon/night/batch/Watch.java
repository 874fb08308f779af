package pantheon.night.batch;

import java.time.Duration;

/** Looks after the work of a night from outside the thread that does it. */
@FunctionalInterface
public interface Watch {
    /**
     * Some work begins; there is one at a time.
     *
     * @param work what to call it: {@code task doc-17}
     * @param limit by when it has ended by its own bounds
     */
    Watched begin(String work, Duration limit);

    /** Work that is looked after until this is closed. */
    @FunctionalInterface
    interface Watched extends AutoCloseable {
        @Override
        void close();
    }

    /** Looks after nothing. */
    static Watch none() {
        return (work, limit) -> () -> {};
    }
}
