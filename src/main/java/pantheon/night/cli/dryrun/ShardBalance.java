package pantheon.night.cli.dryrun;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import pantheon.night.ExitCode;
import pantheon.night.NightException;
import pantheon.night.cli.setup.Setup;
import pantheon.night.contract.Json;
import pantheon.night.journal.Shard;
import pantheon.night.queue.Split;
import pantheon.night.queue.Task;
import tools.jackson.databind.node.ObjectNode;

/** How evenly a queue is split: the tasks of each shard, and the time that they are expected to take one after the other. */
public final class ShardBalance {
    /** The most shards that are told to a person. */
    private static final int MOST_TOLD = 100;

    private final Setup setup;
    private final Outlook outlook;
    private final Split split;
    private final int[] tasks;
    private final double[] millis;
    private final Map<String, Double> means = new HashMap<>();

    /** @param shards how many, 1 to {@link Shard#MOST} */
    public ShardBalance(Setup setup, Outlook outlook, int shards) {
        requireShards(shards);
        this.setup = setup;
        this.outlook = outlook;
        this.split = new Split(task -> setup.agent(task.agent()), shards);
        this.tasks = new int[shards];
        this.millis = new double[shards];
    }

    /**
     * Sees that there can be so many shards.
     *
     * @throws NightException with exit code 64 where there cannot
     */
    static void requireShards(int shards) {
        if (shards < 1 || shards > Shard.MOST) {
            throw new NightException(ExitCode.USAGE, "--shards is %d; expected 1 to %d.".formatted(shards, Shard.MOST));
        }
    }

    /** Takes the next task of the queue. */
    public void add(Task task) {
        int shard = split.of(task);
        tasks[shard]++;
        millis[shard] += means.computeIfAbsent(task.agent(), name -> outlook.meanMillis(setup.agent(name)));
    }

    /** By how much the longest shard is longer than the mean, 1 where all are alike. */
    private double imbalance() {
        double mean = Arrays.stream(millis).average().orElse(0);
        return mean == 0 ? 1 : Arrays.stream(millis).max().orElse(0) / mean;
    }

    /** For a person: a line a shard, and what they rest on. */
    public List<String> lines() {
        var lines = new ArrayList<String>();
        lines.add("%-12s %9s %12s".formatted("shard", "tasks", "expected"));
        for (int i = 0; i < Math.min(tasks.length, MOST_TOLD); i++) {
            lines.add("%-12s %,9d %12s"
                    .formatted(new Shard(i, tasks.length).text(), tasks[i], DryRunText.words(millis[i])));
        }
        if (tasks.length > MOST_TOLD) {
            lines.add("and %d more".formatted(tasks.length - MOST_TOLD));
        }
        lines.add("the longest takes %.2f times the mean, one task after the other".formatted(imbalance()));
        assumptions().forEach(assumption -> lines.add("! " + assumption));
        return lines;
    }

    private List<String> assumptions() {
        return new TreeSet<>(means.keySet())
                .stream()
                        .flatMap(name -> outlook.assumption(setup.agent(name)).stream())
                        .toList();
    }

    /** As {@code --json} prints it; its schema ships with the program. */
    public ObjectNode json() {
        var json = Json.object().put("shards", tasks.length).put("longest_to_mean", imbalance());
        var each = json.putArray("each");
        for (int i = 0; i < tasks.length; i++) {
            each.addObject().put("shard", i).put("tasks", tasks[i]).put("expected_ms", Math.round(millis[i]));
        }
        assumptions().forEach(json.putArray("assumptions")::add);
        return json;
    }
}
