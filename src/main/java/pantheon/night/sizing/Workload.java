package pantheon.night.sizing;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import pantheon.night.sizing.past.LengthClasses;
import pantheon.night.sizing.past.Rates;

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
    public record AgentLoad(String agent, String version, Rates rates, double expectedMillis) {
        private AgentLoad with(Rates other) {
            return new AgentLoad(agent, version, other, expectedMillis);
        }
    }

    /**
     * Tasks of one agent that are queued one after the other, the longest first.
     *
     * @param tasks 1 or more
     * @param lengths of the tasks, or of a fair part of them, in bytes; none where nobody knows them
     */
    public record Queued(AgentLoad load, int tasks, List<Long> lengths) {
        public Queued {
            lengths = List.copyOf(lengths);
        }

        /** How many tasks are of each class of length. */
        private int[] byLength() {
            var rates = load.rates();
            var seen = new int[rates.lengthClasses()];
            lengths.forEach(bytes -> seen[rates.lengthClass(bytes)]++);
            return shared(tasks, seen);
        }
    }

    /** A queue, in the order in which it runs; an agent's rates are those of its tasks' lengths. */
    public static Workload of(List<Queued> queue) {
        var builder = new Builder();
        queue.forEach(builder::add);
        return builder.workload();
    }

    /** A workload in the making. */
    private static final class Builder {
        private final Map<String, Integer> places = new LinkedHashMap<>();
        private final List<AgentLoad> loads = new ArrayList<>();
        private final List<int[]> byLength = new ArrayList<>();
        private final List<Stretch> stretches = new ArrayList<>();

        private void add(Queued queued) {
            int agent = place(queued.load());
            if (queued.lengths().isEmpty()) {
                stretches.add(new Stretch(agent, queued.tasks()));
                return;
            }
            var tasks = queued.byLength();
            for (int length = tasks.length - 1; length >= 0; length--) {
                byLength.get(agent)[length] += tasks[length];
                if (tasks[length] > 0) {
                    stretches.add(new Stretch(agent, length, tasks[length]));
                }
            }
        }

        private int place(AgentLoad load) {
            int agent = places.computeIfAbsent(load.agent(), name -> places.size());
            if (agent == loads.size()) {
                loads.add(load);
                byLength.add(new int[load.rates().lengthClasses()]);
            }
            return agent;
        }

        private Workload workload() {
            for (int agent = 0; agent < loads.size(); agent++) {
                var load = loads.get(agent);
                if (IntStream.of(byLength.get(agent)).sum() > 0) {
                    loads.set(agent, load.with(load.rates().weighed(byLength.get(agent))));
                }
            }
            return new Workload(loads, stretches);
        }
    }

    /** A number of tasks in the proportions of others, each share rounded so that all together are that many. */
    private static int[] shared(int tasks, int[] proportions) {
        double all = IntStream.of(proportions).sum();
        var shares = new int[proportions.length];
        long seen = 0;
        int given = 0;
        for (int i = 0; i < shares.length; i++) {
            seen += proportions[i];
            shares[i] = (int) (Math.round(tasks * (seen / all)) - given);
            given += shares[i];
        }
        return shares;
    }

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
        if (tasks(agent) == 0) {
            return tasks == 0 ? this : new Workload(agents, append(stretches, new Stretch(agent, tasks)));
        }
        int[] own = stretches.stream()
                .mapToInt(stretch -> stretch.agent() == agent ? stretch.tasks() : 0)
                .toArray();
        return new Workload(agents, withShares(agent, shared(tasks, own)));
    }

    private List<Stretch> withShares(int agent, int[] shares) {
        var changed = new ArrayList<Stretch>();
        for (int i = 0; i < shares.length; i++) {
            var stretch = stretches.get(i);
            int take = stretch.agent() == agent ? shares[i] : stretch.tasks();
            if (take > 0) {
                changed.add(new Stretch(stretch.agent(), stretch.length(), take));
            }
        }
        return changed;
    }

    private static List<Stretch> append(List<Stretch> stretches, Stretch last) {
        var all = new ArrayList<>(stretches);
        all.add(last);
        return all;
    }

    /** The same queue with tasks of one agent that take longer by a factor. */
    Workload withTimes(int agent, double factor) {
        var changed = new ArrayList<>(agents);
        var load = agents.get(agent);
        changed.set(
                agent,
                new AgentLoad(
                        load.agent(), load.version(), load.rates().scaled(factor), factor * load.expectedMillis()));
        return new Workload(changed, stretches);
    }
}
