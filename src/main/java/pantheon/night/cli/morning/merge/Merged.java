package pantheon.night.cli.morning.merge;

import java.util.Map;
import pantheon.night.Count;
import pantheon.night.KeptOrder;
import pantheon.night.cli.console.Output;
import pantheon.night.contract.Json;
import pantheon.night.workspace.branch.BranchPick;
import pantheon.night.workspace.branch.Picked;
import tools.jackson.databind.node.ObjectNode;

/**
 * What became of a merge, for a person and for a program.
 *
 * @param tasks commit → task
 */
record Merged(String run, String branch, BranchPick.Result result, Map<String, String> tasks, Left left) {
    Merged {
        tasks = KeptOrder.map(tasks);
    }

    /**
     * Commits of the night that were not to be merged.
     *
     * @param undecided nobody has said what becomes of them
     * @param rejected or queued again
     */
    record Left(int undecided, int rejected) {}

    /** Whether nothing was left out that was to be merged. */
    boolean isWhole() {
        return count(Picked.Conflict.class) + count(Picked.Refused.class) == 0;
    }

    private long count(Class<? extends Picked> kind) {
        return result.picked().stream().filter(kind::isInstance).count();
    }

    void say(Output output) {
        output.result(json());
        result.picked().forEach(picked -> output.say(words(picked)));
        if (result.isNew()) {
            output.say("the branch %s is new".formatted(branch));
        }
        output.say(
                "%s merged onto %s, %d there already, %d in conflict, %d failed their checks; %d undecided, %d rejected were left out"
                        .formatted(
                                Count.of(count(Picked.Taken.class), "task"),
                                branch,
                                count(Picked.There.class),
                                count(Picked.Conflict.class),
                                count(Picked.Refused.class),
                                left.undecided(),
                                left.rejected()));
    }

    private String words(Picked picked) {
        var task = tasks.get(picked.commit());
        return switch (picked) {
            case Picked.Taken taken ->
                "merged    %s as %s%s".formatted(task, taken.as(), taken.isUnchecked() ? ", its lines unchecked" : "");
            case Picked.There there -> "there     %s".formatted(task);
            case Picked.Conflict conflict ->
                "CONFLICT  %s in %s; its commit is %s"
                        .formatted(task, String.join(", ", conflict.paths()), conflict.commit());
            case Picked.Refused refused ->
                "FAILED    %s, merged with what the branch has: %s; its commit is %s. Mend it by hand, or add --unchecked"
                        .formatted(task, refused.problem(), refused.commit());
        };
    }

    private ObjectNode json() {
        var json = Json.object()
                .put("run", run)
                .put("branch", branch)
                .put("new", result.isNew())
                .put("end", result.end());
        var all = json.putArray("tasks");
        for (var picked : result.picked()) {
            var one = all.addObject().put("task", tasks.get(picked.commit())).put("commit", picked.commit());
            switch (picked) {
                case Picked.Taken taken ->
                    one.put("result", "merged").put("as", taken.as()).put("unchecked", taken.isUnchecked());
                case Picked.There there -> one.put("result", "there");
                case Picked.Conflict conflict ->
                    conflict.paths().forEach(one.put("result", "conflict").putArray("paths")::add);
                case Picked.Refused refused -> one.put("result", "failed").put("problem", refused.problem());
            }
        }
        return json.put("undecided", left.undecided()).put("rejected", left.rejected());
    }
}
