package pantheon.night.sizing;

import java.util.ArrayList;
import java.util.List;

/**
 * A queue in the order in which it runs, as stretches of tasks of one agent.
 *
 * @param agents the agents in it, each once
 * @param stretches in order
 */
public record Workload(List<AgentLoad> agents, List<Stretch> stretches) {
    /**
     * Tasks of one agent one after the other.
     *
     * @param agent its place in {@link #agents}
     * @param tasks 1 or more
     */
    public record Stretch(int agent, int tasks) {}

    /** An agent of the queue and its rates. */
    public record AgentLoad(String agent, String version, Rates rates) {}

    public Workload {
        agents = List.copyOf(agents);
        stretches = List.copyOf(stretches);
    }

    public int tasks() {
        return stretches.stream().mapToInt(Stretch::tasks).sum();
    }

    /** How many of its tasks are an agent's. */
    public int tasks(int agent) {
        return stretches.stream()
                .filter(stretch -> stretch.agent() == agent)
                .mapToInt(Stretch::tasks)
                .sum();
    }

    /** The same queue with another number of an agent's tasks: the last ones go, or more come behind the last one. */
    Workload withTasks(int agent, int tasks) {
        var kept = new ArrayList<Stretch>();
        int left = tasks;
        int lastPlace = -1;
        for (var stretch : stretches) {
            int take = stretch.agent() == agent ? Math.min(left, stretch.tasks()) : stretch.tasks();
            left -= stretch.agent() == agent ? take : 0;
            if (take > 0) {
                lastPlace = stretch.agent() == agent ? kept.size() : lastPlace;
                kept.add(new Stretch(stretch.agent(), take));
            }
        }
        if (left > 0 && lastPlace >= 0) {
            kept.set(lastPlace, new Stretch(agent, kept.get(lastPlace).tasks() + left));
        } else if (left > 0) {
            kept.add(new Stretch(agent, left));
        }
        return new Workload(agents, kept);
    }

    /** The same queue with other rates of one agent. */
    Workload withRates(int agent, Rates rates) {
        var changed = new ArrayList<>(agents);
        var before = agents.get(agent);
        changed.set(agent, new AgentLoad(before.agent(), before.version(), rates));
        return new Workload(changed, stretches);
    }
}
