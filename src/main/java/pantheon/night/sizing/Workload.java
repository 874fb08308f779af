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
     * Tasks of one agent one after the other, of like length.
     *
     * @param agent its place in {@link #agents}
     * @param length their class in the agent's rates, or {@link #ANY_LENGTH}
     * @param tasks 1 or more
     */
    public record Stretch(int agent, int length, int tasks) {
        /** Tasks whose lengths nobody knows. */
        public Stretch(int agent, int tasks) {
            this(agent, ANY_LENGTH, tasks);
        }
    }

    /** The class of tasks whose length is not known. */
    public static final int ANY_LENGTH = LengthClasses.ANY;

    /**
     * An agent of the queue and its rates.
     *
     * @param expectedMillis what the runner expects a task to take: one that would end behind dawn is not begun
     */
    public record AgentLoad(String agent, String version, Rates rates, double expectedMillis) {}

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

    /** The same queue with another number of an agent's tasks, of the same lengths. */
    Workload withTasks(int agent, int tasks) {
        var changed = new ArrayList<Stretch>();
        int before = tasks(agent);
        int seen = 0;
        int taken = 0;
        for (var stretch : stretches) {
            int take = stretch.tasks();
            if (stretch.agent() == agent) {
                seen += take;
                take = (int) (Math.round(tasks * (double) seen / before) - taken);
                taken += take;
            }
            if (take > 0) {
                changed.add(new Stretch(stretch.agent(), stretch.length(), take));
            }
        }
        if (before == 0 && tasks > 0) {
            changed.add(new Stretch(agent, tasks));
        }
        return new Workload(agents, changed);
    }

    /** The same queue with other rates of one agent. */
    Workload withRates(int agent, Rates rates) {
        var changed = new ArrayList<>(agents);
        var before = agents.get(agent);
        changed.set(agent, new AgentLoad(before.agent(), before.version(), rates, before.expectedMillis()));
        return new Workload(changed, stretches);
    }
}
