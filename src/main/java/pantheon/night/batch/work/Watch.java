package pantheon.night.batch.work;

import java.time.Duration;

/** Looks after the work of a night from outside the threads that do it. */
@FunctionalInterface
public interface Watch {
    /**
     * Some work begins, on the thread that says so; there may be other work beside it.
     *
     * @param work what to call it: {@code task doc-17}
     * @param limit by when it has ended by its own bounds
     */
    Watched begin(String work, Duration limit);

    /** Work that is looked after until this is closed. */
    @FunctionalInterface
    interface Watched extends AutoCloseable {
        /** Another thread goes on with it. */
        default void by(Thread thread) {}

        @Override
        void close();
    }

    /** Looks after nothing. */
    static Watch none() {
        return (work, limit) -> () -> {};
    }
}
