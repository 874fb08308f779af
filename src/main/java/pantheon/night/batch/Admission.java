package pantheon.night.batch;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import pantheon.night.Contained;
import pantheon.night.decision.Waiting;
import pantheon.night.journal.NightEvent.AgentStopped;
import pantheon.night.outcome.FinishReason;
import pantheon.night.past.Attempts;
import pantheon.night.past.Stops.Stop;
import pantheon.night.queue.Task;

/** Whether a task of a night begins, and where not, why; what keeps tasks from beginning is told once. */
final class Admission {
    /** How many threads of tools and checks that could not be ended may go on beside the next task. */
    private static final int MOST_LEFT = 2;

    private final NightContext night;
    private final NightListener listener;
    private final Tally tally;
    private final Contained contained;
    /** The agents that stopped in this night. */
    private final Map<String, Stop> stopped = new HashMap<>();

    /** @param contained where tools and checks run */
    Admission(NightContext night, NightListener listener, Tally tally, Contained contained) {
        this.night = night;
        this.listener = listener;
        this.tally = tally;
        this.contained = contained;
        night.plan().waiting().stream()
                .map(Waiting.Held::stop)
                .filter(stop -> stop.run().equals(night.run()))
                .forEach(stop -> stopped.put(stop.agent(), stop));
    }

    /**
     * Why no task begins any more, empty while tasks do.
     *
     * @param underWay how many have begun and not ended
     */
    Optional<FinishReason> closed(int underWay) {
        return night.bounds().window().closed().or(this::crowded).or(() -> spent(underWay));
    }

    private Optional<FinishReason> spent(int underWay) {
        var why = night.bounds().budget().spent(tally.ended() + underWay, tally.outputTokens());
        why.ifPresent(words -> stopsEarly("budget", words));
        return why.map(any -> FinishReason.STOPPED);
    }

    /** Whether the model of a task's agent cannot be used, so that it waits for a night with it. */
    boolean isWithoutModel(Task task) {
        var model = night.program().agent(task).model();
        var why = night.program().unusable().get(model);
        if (why != null) {
            stopsEarly(
                    "model " + model,
                    "Model %s cannot be used, so the tasks of its agents wait: %s".formatted(model, why));
        }
        return why != null;
    }

    /** The attempts at a task before this night's. */
    Attempts attempts(Task task) {
        return night.history().attempts(task.id());
    }

    /** Whether an agent's last tasks all failed alike, so that no other of it begins until a person says so. */
    boolean failsAlike(Task task) {
        var agent = task.agent();
        if (!stopped.containsKey(agent)) {
            int most = night.program().agent(task).alike().orElse(night.bounds().alike());
            tally.alike().stopping(agent, most).ifPresent(how -> stop(agent, most, how));
        }
        var stop = stopped.get(agent);
        if (stop != null) {
            stopsEarly(
                    agent,
                    "The last tasks of agent %s all ended alike, %s, so its others wait for a person; pantheon-night release %1$s lets it go on. window.alike sets how many, or alike of the agent."
                            .formatted(agent, stop.how()));
        }
        return stop != null;
    }

    private void stop(String agent, int most, String how) {
        int number = 1 + night.history().stops().count(agent, night.run());
        night.journal().append(new AgentStopped(agent, how, most, number));
        stopped.put(agent, new Stop(agent, night.run(), number, how));
    }

    /** Tells once why tasks do not begin. */
    private void stopsEarly(String what, String why) {
        if (tally.stopsEarly(what, why)) {
            listener.stopsEarly(why);
        }
    }

    /** A thread that nobody can end is left behind by ending the process. */
    private Optional<FinishReason> crowded() {
        if (contained.left() <= MOST_LEFT) {
            return Optional.empty();
        }
        stopsEarly(
                "",
                "%d threads of tools and checks could not be ended, so the night stops here; the next start goes on without them"
                        .formatted(contained.left()));
        return Optional.of(FinishReason.STOPPED);
    }

    /** Whether a task begins in what is left of the window; one whose attempts are spent takes no time. */
    boolean isAdmitted(Task task) {
        return isSpent(attempts(task))
                || night.bounds()
                        .window()
                        .admits(tally.times().expected(night.program().agent(task)));
    }

    boolean isSpent(Attempts attempts) {
        return attempts.isHopeless() || attempts.count() >= night.bounds().attempts();
    }
}
