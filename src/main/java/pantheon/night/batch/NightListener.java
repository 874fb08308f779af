package pantheon.night.batch;

import java.util.List;
import java.util.function.Consumer;
import pantheon.night.agent.Ending;

/** Watches a night go by, for a progress line; what it does changes nothing. */
public interface NightListener {
    void nightStarted(String run, int tasks);

    void taskFinished(Task task, Ending ending);

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
        public void taskFinished(Task task, Ending ending) {
            each(listener -> listener.taskFinished(task, ending));
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
