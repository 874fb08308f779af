package pantheon.night.journal;

import java.nio.file.Path;

/**
 * The folder of what nights leave beside their journals, the one place that knows what is where in it.
 *
 * @param path the folder itself
 */
public record StateFolder(Path path) {
    /** Holds one folder of artifacts a night. */
    public Path artifacts() {
        return path.resolve("artifacts");
    }

    /** The artifacts of a night, one folder a task. */
    public Path artifacts(String run) {
        return artifacts().resolve(run);
    }

    /** What a task of a night left, or a link to it. */
    public Path artifacts(String run, String task) {
        return artifacts(run).resolve(task);
    }

    /** The report of a night. */
    public Path report(String run) {
        return path.resolve("reports").resolve(run);
    }

    /** A link to the report of the night that was reported last. */
    public Path latestReport() {
        return path.resolve("reports").resolve("latest");
    }

    /** Holds the journal of what people decided. */
    public Path decisions() {
        return path.resolve("decisions");
    }

    /** Which shard of a queue the folder is for, where it is for one. */
    public Path shard() {
        return path.resolve("shard.json");
    }

    /** The lease of a shard, by which one process on any machine owns the folder. */
    public Path lease() {
        return path.resolve("lease");
    }

    /** What the night that runs is to do from now on. */
    public Path direction() {
        return path.resolve("direction.json");
    }

    /** What monitoring reads. */
    public Path metrics() {
        return path.resolve("metrics");
    }

    /** The measured speed of a model of the configuration. */
    public Path speed(String model) {
        return path.resolve("speed").resolve(model + ".json");
    }

    /** How long the steps of the last start took. */
    public Path startTimes() {
        return path.resolve("start-times.json");
    }

    /** Holds the checkouts of nights' tasks. */
    public Path checkouts() {
        return path.resolve("scratch");
    }

    /** The checkout of a replay, gone with its process. */
    public Path replay(long process) {
        return checkouts().resolve("replay-" + process);
    }
}
