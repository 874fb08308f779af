package pantheon.night.gather;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What gathering came to.
 *
 * @param run the night that the shards' nights became; null where there is nothing of them, or was not to be
 * @param isNew whether it became that now; else it was that before
 * @param shards what was found of each
 * @param commit where its branch ends, null where there is nothing on it
 * @param merges how many merges were made
 * @param carried the tasks whose commits were made again, behind one that was left out
 * @param leftOut the tasks whose work does not fit
 * @param carryOver all tasks that are left to a later night, those among them
 */
public record GatheredNight(
        @Nullable String run,
        boolean isNew,
        FoundShards shards,
        @Nullable String commit,
        int merges,
        List<CarriedTask> carried,
        List<LeftOutTask> leftOut,
        List<String> carryOver) {
    public GatheredNight {
        carried = List.copyOf(carried);
        leftOut = List.copyOf(leftOut);
        carryOver = List.copyOf(carryOver);
    }

    /** A task's commit, null where only its journal names it, and what the branch has of it. */
    public record CarriedTask(String task, @Nullable String commit, String as) {}

    /** A task whose work is not on the branch, its commit, null where only its journal names it, and why. */
    public record LeftOutTask(String task, @Nullable String commit, String why) {}

    /** Nothing was gathered. */
    static GatheredNight none(FoundShards shards) {
        return new GatheredNight(null, false, shards, null, 0, List.of(), List.of(), List.of());
    }

    /** Whether the whole queue is done, all of it is on the branch, and no shard is missed. */
    public boolean isWhole() {
        return carryOver.isEmpty() && shards.missing().isEmpty();
    }
}
