package pantheon.night.past;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.Map;
import pantheon.night.outcome.FinishReason;

/**
 * How often a task was begun, and what each of its attempts came to.
 *
 * <p>What the program could tell of itself, a full disk or an engine that is gone, is no fault of the task: such an
 * attempt is given back. One that ended with the process counts, since the task may have been what ended it.
 */
public final class Attempts {
    private final Map<FinishReason, Integer> endings = new EnumMap<>(FinishReason.class);
    private int begun;

    void begin() {
        begun++;
    }

    /** One has ended, but not for good. */
    void end(FinishReason reason) {
        endings.merge(reason, 1, Integer::sum);
    }

    /** The one that is under way does not count. */
    void giveBack() {
        begun--;
    }

    public int count() {
        return begun;
    }

    /** What they came to, for a person: {@code 2 × conflict, 1 × cut off with the process}. */
    public String words() {
        var parts = new ArrayList<String>();
        endings.forEach((reason, times) -> parts.add("%d × %s".formatted(times, reason.code())));
        int cutOff =
                begun - endings.values().stream().mapToInt(Integer::intValue).sum();
        if (cutOff > 0) {
            parts.add("%d × cut off with the process".formatted(cutOff));
        }
        return String.join(", ", parts);
    }
}
