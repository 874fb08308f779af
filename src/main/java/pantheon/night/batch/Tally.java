package pantheon.night.batch;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import pantheon.night.agent.Agent;
import pantheon.night.agent.Ending;
import pantheon.night.outcome.FinishReason;
import pantheon.night.past.AlikeEndings;
import pantheon.night.past.PastNight;
import pantheon.night.past.TaskTimes;
import pantheon.night.queue.Task;

/** What a night has come to so far, the starts before this one included. */
final class Tally {
    private final Map<FinishReason, Integer> finished = new EnumMap<>(FinishReason.class);
    private final List<String> carryOver = new ArrayList<>();
    private final List<String> notExpectedToEnd = new ArrayList<>();
    private final Map<String, String> early = new LinkedHashMap<>();
    private final AlikeEndings alike;
    private final TaskTimes times;
    private final int leftBefore;
    private long outputTokens;

    /** @param interrupted the night that is gone on with, null where it is a new one */
    Tally(@Nullable PastNight interrupted, TaskTimes times) {
        this.times = times;
        this.alike = interrupted == null ? new AlikeEndings() : interrupted.alike();
        if (interrupted != null) {
            outputTokens = interrupted.outputTokens();
            finished.putAll(interrupted.finished());
            carryOver.addAll(interrupted.leftOver());
        }
        leftBefore = carryOver.size();
    }

    /** Work of it was found committed, and its end was not written down. */
    void settled(List<String> settled, List<Task> tasks) {
        settled.forEach(task -> finished.merge(FinishReason.ACCEPTED, 1, Integer::sum));
        tasks.stream()
                .filter(task -> settled.contains(task.id()))
                .forEach(task -> alike.ended(task.agent(), FinishReason.ACCEPTED, ""));
    }

    /** @param took how long it kept its slot busy */
    void ended(Task task, Agent agent, Ending ending, Duration took) {
        finished.merge(ending.reason(), 1, Integer::sum);
        alike.ended(agent.name(), ending.reason(), ending.message());
        times.ended(agent, ending.reason(), took);
        outputTokens += ending.progress().outputTokens();
        if (ending.reason().carriesOver()) {
            carryOver.add(task.id());
        }
    }

    /** It does not begin in this night. */
    void left(Task task) {
        carryOver.add(task.id());
    }

    /** It does not begin in this night, since the window would close before it ended. */
    void outlasts(Task task) {
        notExpectedToEnd.add(task.id());
        carryOver.add(task.id());
    }

    /** Remembers once why tasks do not begin; tells whether that is new. */
    boolean stopsEarly(String what, String why) {
        return early.putIfAbsent(what, why) == null;
    }

    /** Puts what this start left into the queue's order, however tasks ended beside one another. */
    void inOrder(List<Task> tasks) {
        var places = new HashMap<String, Integer>();
        tasks.forEach(task -> places.put(task.id(), places.size()));
        carryOver
                .subList(leftBefore, carryOver.size())
                .sort(Comparator.comparing(task -> places.getOrDefault(task, places.size())));
    }

    /** How many tasks have ended. */
    int ended() {
        return finished.values().stream().mapToInt(Integer::intValue).sum();
    }

    Map<FinishReason, Integer> finished() {
        return finished;
    }

    List<String> carryOver() {
        return carryOver;
    }

    List<String> notExpectedToEnd() {
        return notExpectedToEnd;
    }

    /** Why tasks did not begin, a sentence each. */
    List<String> early() {
        return List.copyOf(early.values());
    }

    AlikeEndings alike() {
        return alike;
    }

    TaskTimes times() {
        return times;
    }

    long outputTokens() {
        return outputTokens;
    }
}
