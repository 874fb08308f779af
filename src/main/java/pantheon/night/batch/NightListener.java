package pantheon.night.batch;

import pantheon.night.agent.Ending;

/** Watches a night go by, for a progress line; what it does changes nothing. */
public interface NightListener {
    void nightStarted(String run, int tasks);

    void taskFinished(Task task, Ending ending);

    void nightFinished(NightResult result);
}
