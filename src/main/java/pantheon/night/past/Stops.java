package pantheon.night.past;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import pantheon.night.Count;
import pantheon.night.journal.NightEvent;
import pantheon.night.journal.NightEvent.AgentStopped;
import pantheon.night.journal.NightEvent.AgentWaits;

/** The stops of agents whose last tasks all ended alike, folded from the journals of nights, whatever was said of them since. */
public final class Stops {
    private final Map<Key, Stop> stops = new LinkedHashMap<>();

    private record Key(String agent, String run, int number) {}

    /**
     * An agent's stop.
     *
     * @param run the night in which it stopped
     * @param number of its stops in that night, from 1
     * @param how its last tasks ended
     */
    public record Stop(String agent, String run, int number, String how) {
        /** For a person. */
        public String words() {
            return "agent %s stopped in night %s, where its last tasks all ended alike, %s, so its other tasks wait for a person. Look at one of them (pantheon-night list %2$s --agent %1$s), mend the agent, its model or the queue, and let it go on with pantheon-night release %1$s"
                    .formatted(agent, run, how);
        }

        /** The same, with how many tasks wait. */
        public String words(int tasks) {
            return "%s (%s)".formatted(words(), tasks == 1 ? "1 task waits" : Count.of(tasks, "task") + " wait");
        }
    }

    /** Takes what a night's journal tells. */
    public void take(String run, NightEvent event) {
        switch (event) {
            case AgentStopped stopped -> add(new Stop(stopped.agent(), run, stopped.number(), stopped.how()));
            case AgentWaits waits -> add(new Stop(waits.agent(), waits.since(), waits.number(), waits.how()));
            default -> {}
        }
    }

    private void add(Stop stop) {
        stops.put(new Key(stop.agent(), stop.run(), stop.number()), stop);
    }

    /** All of them, oldest first. */
    public Collection<Stop> all() {
        return List.copyOf(stops.values());
    }

    /** How often an agent stopped in a night. */
    public int count(String agent, String run) {
        return (int) stops.keySet().stream()
                .filter(key -> key.agent().equals(agent) && key.run().equals(run))
                .count();
    }
}
