package pantheon.night.decision;

import java.util.Collections;
import java.util.List;
import pantheon.night.past.History;
import pantheon.night.past.Stops;
import pantheon.night.past.Stops.Stop;

/**
 * The agents that stopped and of which nobody has said yet that they go on: their tasks wait.
 *
 * @param stops oldest first
 */
public record Waiting(List<Stop> stops) {
    /** A stop, and how many tasks of a queue wait for it. */
    public record Held(Stop stop, int tasks) {
        public String words() {
            return stop.words(tasks);
        }
    }

    public Waiting {
        stops = List.copyOf(stops);
    }

    /** Those of the nights so far. */
    public static Waiting of(History history, Decisions decisions) {
        return of(history.stops(), decisions);
    }

    /** Those of some stops. */
    public static Waiting of(Stops stops, Decisions decisions) {
        return new Waiting(stops.all().stream()
                .filter(stop -> !decisions.isReleased(stop.agent(), stop.run(), stop.number()))
                .toList());
    }

    /** The same but for a night's own. */
    public Waiting before(String run) {
        return new Waiting(
                stops.stream().filter(stop -> !stop.run().equals(run)).toList());
    }

    public boolean isHeld(String agent) {
        return stops.stream().anyMatch(stop -> stop.agent().equals(agent));
    }

    /**
     * How many tasks of a queue wait for each.
     *
     * @param agents those of the tasks, one for each
     */
    public List<Held> held(List<String> agents) {
        return stops.stream()
                .map(stop -> new Held(stop, Collections.frequency(agents, stop.agent())))
                .toList();
    }
}
