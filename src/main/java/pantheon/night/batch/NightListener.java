package pantheon.night.batch;

import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import pantheon.night.agent.Ending;
import pantheon.night.batch.direction.Direction;
import pantheon.night.outcome.FinishReason;
import pantheon.night.queue.Task;

/** Watches a night go by, for a progress line; what it does changes nothing. */
public interface NightListener {
    void nightStarted(String run, int tasks);

    /**
     * A night that was interrupted goes on.
     *
     * @param finished how many of its tasks have ended for each reason
     * @param left how many have not
     */
    void nightResumed(String run, Map<FinishReason, Integer> finished, int left);

    /**
     * The files were checked out, but for some: no tool could name them, or the JDK cannot make them exactly. Tasks do
     * not see them, and commits leave them as they are.
     *
     * @param paths never empty
     */
    default void leftOut(List<String> paths) {}

    /**
     * A task begins.
     *
     * @param slot which of the night's it has, from 1
     */
    default void taskBegins(Task task, int slot) {}

    void taskFinished(Task task, Ending ending);

    /**
     * No further task begins, for a reason of the night's own.
     *
     * @param why a sentence
     */
    default void stopsEarly(String why) {}

    /** A person directed it. */
    default void directed(Direction direction) {}

    void nightFinished(NightResult result);

    /** One that tells each of these, in their order. */
    static NightListener all(NightListener... listeners) {
        return new All(List.of(listeners));
    }

    /** Several that are told the same. */
    record All(List<NightListener> listeners) implements NightListener {
        @Override
        public void nightStarted(String run, int tasks) {
            each(listener -> listener.nightStarted(run, tasks));
        }

        @Override
        public void nightResumed(String run, Map<FinishReason, Integer> finished, int left) {
            each(listener -> listener.nightResumed(run, finished, left));
        }

        @Override
        public void leftOut(List<String> paths) {
            each(listener -> listener.leftOut(paths));
        }

        @Override
        public void taskBegins(Task task, int slot) {
            each(listener -> listener.taskBegins(task, slot));
        }

        @Override
        public void taskFinished(Task task, Ending ending) {
            each(listener -> listener.taskFinished(task, ending));
        }

        @Override
        public void stopsEarly(String why) {
            each(listener -> listener.stopsEarly(why));
        }

        @Override
        public void directed(Direction direction) {
            each(listener -> listener.directed(direction));
        }

        @Override
        public void nightFinished(NightResult result) {
            each(listener -> listener.nightFinished(result));
        }

        private void each(Consumer<NightListener> tell) {
            listeners.forEach(tell);
        }
    }
}
