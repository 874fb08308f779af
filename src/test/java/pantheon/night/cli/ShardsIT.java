package pantheon.night.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pantheon.night.contract.Json;
import tools.jackson.databind.JsonNode;

/** The installed program as the pods of an Indexed Job start it, with a pod too many, and what is gathered of it. */
final class ShardsIT {
    private static final int TASKS = 6;
    private static final int SHARDS = 2;

    @TempDir
    private Path temporary = Path.of("");

    private Path folder = Path.of("");

    /** What config/kubernetes/night.yaml gives a pod. */
    private Map<String, String> pod(int index) {
        var shard = folder.resolve("shard-" + index);
        return Map.of(
                "JOB_COMPLETION_INDEX", Integer.toString(index),
                "PANTHEON_NIGHT_SHARDS", Integer.toString(SHARDS),
                "PANTHEON_NIGHT_CONFIG", folder.resolve("pantheon-night.yaml").toString(),
                "PANTHEON_NIGHT_STATE", shard.resolve("state").toString(),
                "PANTHEON_NIGHT_LOG", shard.resolve("log").toString(),
                "PANTHEON_NIGHT_LEASE", "2s",
                "HOME", "/nonexistent");
    }

    private Process start(int index) throws IOException {
        return Program.start(folder, pod(index), "--shard", "auto", "--until", "7h30m", "--ends-well");
    }

    private JsonNode told(int status, String... command) {
        var run = Program.run(folder, command);
        assertEquals(status, run.status(), run.err());
        return Json.parse(run.out());
    }

    @Test
    void two_pods_of_one_index_do_its_tasks_once_and_gathering_tells_all_of_it()
            throws IOException, InterruptedException {
        folder = SampleNight.layOut(temporary.resolve("night"), TASKS).folder();
        for (var pod : List.of(start(0), start(0), start(1))) {
            assertTrue(pod.waitFor(3, TimeUnit.MINUTES));
            assertEquals(0, pod.exitValue());
        }
        var split = told(0, "--json", "validate", "--shards", Integer.toString(SHARDS))
                .get("split");
        var gathered = told(0, "--json", "gather", "shard-0", "shard-1");
        assertEquals(SHARDS, gathered.get("of").intValue());
        assertTrue(gathered.get("new").booleanValue());
        assertEquals(List.of(), texts(gathered.get("missing")));
        assertEquals(List.of(), texts(gathered.get("conflicts")));
        assertEquals(split(split), ended(gathered), "each shard did what validate said");
        assertEquals(TASKS, ended(gathered).stream().mapToInt(Integer::intValue).sum());
        assertTrue(Files.exists(Path.of(gathered.get("journal").stringValue())));
        assertTrue(Files.exists(Path.of(gathered.get("report").stringValue())));
        expectCommittedOnce(gathered);
        var run = gathered.get("run").stringValue();
        var again = told(0, "--json", "gather", "shard-0", "shard-1");
        assertEquals(run, again.get("run").stringValue());
        assertEquals(false, again.get("new").booleanValue());
        prunedOnlyByItsOwner();
    }

    private static List<String> texts(JsonNode list) {
        return list.valueStream().map(JsonNode::toString).toList();
    }

    /** How many tasks each shard has. */
    private static List<Integer> split(JsonNode split) {
        return split.get("each")
                .valueStream()
                .map(shard -> shard.get("tasks").intValue())
                .toList();
    }

    private static List<Integer> ended(JsonNode gathered) {
        return gathered.get("shards")
                .valueStream()
                .map(shard -> shard.get("nights")
                        .valueStream()
                        .mapToInt(night -> night.get("ended").intValue())
                        .sum())
                .toList();
    }

    private void expectCommittedOnce(JsonNode gathered) {
        var log = Program.process(
                folder.resolve("workspace"),
                Map.of(),
                List.of(
                        "git",
                        "log",
                        "--format=%(trailers:key=Night-Task,valueonly,separator=)",
                        "HEAD.." + gathered.get("branch").stringValue()));
        var tasks = log.out().lines().filter(line -> !line.isBlank()).toList();
        int accepted = gathered.get("shards")
                .valueStream()
                .flatMap(shard -> shard.get("nights").valueStream())
                .mapToInt(night -> night.get("accepted").intValue())
                .sum();
        assertTrue(accepted > 0 && tasks.size() <= accepted, tasks.toString());
        assertEquals(tasks.size(), new HashSet<>(tasks).size(), tasks.toString());
    }

    /** Another machine's process owns a shard, and has an hour to be silent. */
    private void prunedOnlyByItsOwner() throws IOException {
        Files.writeString(folder.resolve("shard-1/state/lease/9.json"), """
                {"renewal": 3, "lease_ms": 3600000, "released": false,
                 "owner": {"host": "node-3", "boot": "b", "processes": "pid:[1]", "process": 4711, "started": 99}}
                """);
        var refused = Program.run(folder, pod(1), "prune", "--nights", "1");
        assertEquals(75, refused.status(), refused.err());
        var said = refused.out() + refused.err();
        assertTrue(said.contains("process 4711 on node-3"), said);
        assertEquals(0, Program.run(folder, pod(0), "prune", "--nights", "1").status());
    }
}
