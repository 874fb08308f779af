package pantheon.night.batch.work;

import java.util.ArrayDeque;
import java.util.function.Supplier;

/**
 * Who does the work of tasks that are under way beside one another. What follows of a piece of work is for the night's
 * own thread, one after the other, in the order in which they end: so whatever only that thread touches needs no lock.
 */
public interface Hands extends AutoCloseable {
    /**
     * Begins a piece of work.
     *
     * @param watched looks after it
     * @param work gives what follows of it
     */
    void begin(Watch.Watched watched, Supplier<Runnable> work);

    /**
     * Waits until a piece of work has ended, where one was begun, and gives what follows of it. What the work threw is
     * thrown by this, or by that.
     */
    Runnable await();

    /** Has what is still under way left off, and waits until it is; nothing follows of it any more. */
    @Override
    void close();

    /** The caller's own: work is done when it is waited for, in the order in which it was begun. */
    static Hands own() {
        var begun = new ArrayDeque<Supplier<Runnable>>();
        return new Hands() {
            @Override
            public void begin(Watch.Watched watched, Supplier<Runnable> work) {
                begun.add(work);
            }

            @Override
            public Runnable await() {
                return begun.remove().get();
            }

            @Override
            public void close() {
                begun.clear();
            }
        };
    }
}
