package pantheon.night.batch;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import pantheon.night.ExitCode;
import pantheon.night.KeptOrder;
import pantheon.night.outcome.FinishReason;

/**
 * How a night ended.
 *
 * @param run the night's id
 * @param branch where the accepted work is, null where nothing was committed
 * @param finished how many tasks ended for each reason
 * @param carryOver the ids of the tasks left for the next night, in their order
 * @param notExpectedToEnd those of them that did not begin, since the window would have closed before they ended
 * @param early why others of them did not begin, for reasons of the night's own, a sentence each
 */
public record NightResult(
        String run,
        @Nullable String branch,
        Map<FinishReason, Integer> finished,
        List<String> carryOver,
        List<String> notExpectedToEnd,
        List<String> early,
        long outputTokens,
        Duration elapsed) {
    public NightResult {
        finished = KeptOrder.map(finished);
        carryOver = List.copyOf(carryOver);
        notExpectedToEnd = List.copyOf(notExpectedToEnd);
        early = List.copyOf(early);
    }

    /** Whether all of it is done, or something is left for the next night, for whatever reason. */
    public ExitCode exitCode() {
        return carryOver.isEmpty() ? ExitCode.OK : ExitCode.WORK_LEFT;
    }

    public int tasks() {
        return finished.values().stream().mapToInt(Integer::intValue).sum();
    }

    public int accepted() {
        return finished.getOrDefault(FinishReason.ACCEPTED, 0);
    }
}
