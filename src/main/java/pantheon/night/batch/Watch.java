package pantheon.night.batch;

import java.time.Duration;

/** Looks after the tasks of a night from outside the thread that runs them. */
@FunctionalInterface
public interface Watch {
    /**
     * A task begins.
     *
     * @param limit by when it has ended by its own bounds
     */
    Watched begin(String task, Duration limit);

    /** A task that is looked after until this is closed. */
    @FunctionalInterface
    interface Watched extends AutoCloseable {
        @Override
        void close();
    }

    /** Looks after nothing. */
    static Watch none() {
        return (task, limit) -> () -> {};
    }
}
