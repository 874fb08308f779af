package pantheon.night.cli.gather;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import pantheon.night.Count;
import pantheon.night.cli.console.Output;
import pantheon.night.cli.setup.Setup;
import pantheon.night.contract.Json;
import pantheon.night.gather.FoundShard;
import pantheon.night.gather.GatheredNight;
import pantheon.night.gather.ShardNight;
import pantheon.night.report.section.ShellWord;
import pantheon.night.workspace.git.NightBranch;
import tools.jackson.databind.node.ObjectNode;

/** What gathering came to, for a person and for a program. */
record ToldGathering(GatheredNight night, Setup setup) {
    private static final int NAMED = 10;

    void say(@Nullable Path report, Output output) {
        output.result(json(report));
        night.shards().absent().forEach(path -> output.warn("%s: no night was begun there".formatted(path)));
        night.shards().shards().stream()
                .filter(shard -> !shard.standing().isWhole())
                .forEach(shard -> output.warn("shard %d of %d%s %s"
                        .formatted(
                                shard.index(),
                                night.shards().of(),
                                shard.place() == null
                                        ? ""
                                        : " (%s)".formatted(shard.place().named()),
                                shard.standing().words())));
        night.leftOut().forEach(task -> output.say("CONFLICT  %s: %s".formatted(task.task(), task.why())));
        night.carried().forEach(task -> output.say("carried   %s as %s".formatted(task.task(), task.as())));
        if (night.run() == null) {
            output.say(
                    night.shards().missing().isEmpty()
                            ? "nothing was gathered: the shards have done nothing yet"
                            : "nothing was gathered; --partial gathers what is there");
            return;
        }
        result(night.run(), report, output);
    }

    private void result(String run, @Nullable Path report, Output output) {
        var shards = night.shards();
        int tasks = sum(shards.shards(), true);
        output.say(
                night.isNew()
                        ? "night %s: %s, %s ended, %d accepted"
                                .formatted(
                                        run,
                                        Count.of(shards.of() - shards.missing().size(), "shard"),
                                        Count.of(tasks, "task"),
                                        sum(shards.shards(), false))
                        : "nothing new: night %s has all that the shards did".formatted(run));
        if (!night.carryOver().isEmpty()) {
            output.say("left to a later night: %s (%s)"
                    .formatted(Count.of(night.carryOver().size(), "task"), named(night.carryOver())));
        }
        if (night.commit() != null) {
            output.say("look at the work:  git -C %s log --stat HEAD..%s"
                    .formatted(
                            ShellWord.of(setup.config().workspace().toString()),
                            NightBranch.of(run).name()));
        }
        if (report != null) {
            output.say("read the report:   %s".formatted(report));
        }
    }

    private static String named(List<String> tasks) {
        var first = String.join(", ", tasks.subList(0, Math.min(NAMED, tasks.size())));
        return tasks.size() <= NAMED ? first : "%s and %d more".formatted(first, tasks.size() - NAMED);
    }

    private static int sum(List<FoundShard> shards, boolean all) {
        return shards.stream()
                .flatMap(shard -> shard.nights().stream())
                .mapToInt(one -> all ? one.endedTasks() : one.accepted())
                .sum();
    }

    private ObjectNode json(@Nullable Path report) {
        var run = night.run();
        var json = Json.object().put("run", run).put("new", night.isNew());
        json.put(
                "branch",
                run == null || night.commit() == null
                        ? null
                        : NightBranch.of(run).name());
        json.put("end", night.commit()).put("merges", night.merges());
        json.put("of", night.shards().of());
        var shards = json.putArray("shards");
        night.shards().shards().forEach(shard -> shard(shards.addObject(), shard));
        night.shards().missing().forEach(json.putArray("missing")::add);
        night.shards().absent().forEach(path -> json.withArray("absent").add(path.toString()));
        var leftOut = json.putArray("conflicts");
        night.leftOut()
                .forEach(task -> leftOut.addObject()
                        .put("task", task.task())
                        .put("commit", task.commit())
                        .put("why", task.why()));
        var carried = json.putArray("carried");
        night.carried()
                .forEach(task -> carried.addObject()
                        .put("task", task.task())
                        .put("commit", task.commit())
                        .put("as", task.as()));
        night.carryOver().forEach(json.putArray("carry_over")::add);
        json.put("journal", run == null ? null : setup.log().journal(run).toString());
        return json.put("report", report == null ? null : report.toString());
    }

    private static void shard(ObjectNode json, FoundShard shard) {
        json.put("index", shard.index());
        json.put("place", shard.place() == null ? null : shard.place().named().toString());
        json.put("standing", shard.standing().code());
        var nights = json.putArray("nights");
        shard.nights().forEach(one -> night(nights.addObject(), one));
    }

    private static void night(ObjectNode json, ShardNight night) {
        json.put("run", night.run());
        json.put("head", night.head());
        json.put("ended", night.endedTasks());
        json.put("accepted", night.accepted());
    }
}
