package pantheon.night.sizing;

import org.jspecify.annotations.Nullable;
import pantheon.night.sizing.past.NightSpread;
import pantheon.night.sizing.past.SlowDown;

/**
 * What a night is forecast from.
 *
 * @param slots the tasks beside one another, 1 to {@value #MOST_SLOTS}
 * @param slowDown of the model at that many sequences
 * @param startUpMillis before the first task begins
 * @param windowMillis from the beginning to dawn, null where the night has no end
 * @param graceMillis what a task that runs at dawn has to end
 * @param spread by how much nights differ
 */
public record NightPlan(
        Workload workload,
        int slots,
        SlowDown slowDown,
        double startUpMillis,
        @Nullable Double windowMillis,
        double graceMillis,
        NightSpread spread) {
    public static final int MOST_SLOTS = 64;

    public NightPlan {
        if (slots < 1 || slots > MOST_SLOTS) {
            throw new IllegalArgumentException("slots is %d; expected 1 to %d".formatted(slots, MOST_SLOTS));
        }
    }

    public NightPlan withSlots(int count) {
        return new NightPlan(workload, count, slowDown, startUpMillis, windowMillis, graceMillis, spread);
    }

    NightPlan withWorkload(Workload other) {
        return new NightPlan(other, slots, slowDown, startUpMillis, windowMillis, graceMillis, spread);
    }
}
