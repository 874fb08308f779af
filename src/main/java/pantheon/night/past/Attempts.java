package pantheon.night.past;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.Map;
import pantheon.night.outcome.FinishReason;

/**
 * How often a task was begun, and what each of its attempts came to.
 *
 * <p>What the program could tell of itself, a full disk or an engine that is gone for good, is no fault of the task: such
 * an attempt is given back, once. One under which the server of its model was lost counts never, but there is a number of
 * them after which it is taken for the task's doing. One that ended with the process counts, since the task may have been
 * what ended it; where others were under way beside it, nobody knows which of them did, and each gets its attempt back,
 * once. What may have been at fault is {@linkplain #isSuspect suspect} until an attempt of it has ended otherwise.
 */
public final class Attempts {
    /** A server that is lost as often under one task does not fall by itself. */
    private static final int MOST_LOST_ENGINES = 10;

    private final Map<FinishReason, Integer> endings = new EnumMap<>(FinishReason.class);
    private int begun;
    private int failedNights;
    private long endedBefore;
    private boolean hopeless;
    private boolean suspect;
    private boolean givenBack;
    private int lostEngines;

    void begin() {
        begun++;
    }

    /** One has ended, but not for good. */
    void end(FinishReason reason) {
        suspect = reason == FinishReason.ENGINE_LOST;
        if (reason == FinishReason.ENGINE_LOST) {
            begun--;
            lostEngines++;
        } else {
            endings.merge(reason, 1, Integer::sum);
        }
    }

    /**
     * The night failed while one was under way. The first time that is nobody's fault; what strikes twice does not look
     * like the machine's, and counts.
     *
     * @param ended how many tasks have ended so far, in any night
     * @param alone whether no other task was under way
     */
    void fail(long ended, boolean alone) {
        if (failedNights == 0) {
            begun--;
        } else {
            hopeless |= alone && ended > endedBefore;
        }
        endedBefore = ended;
        failedNights++;
        suspect = true;
    }

    /** The process ended while others were under way beside it. */
    void cutOffBesideOthers() {
        if (!givenBack) {
            begun--;
            givenBack = true;
        }
        suspect = true;
    }

    /** Whether its last attempt may have ended the process or the night: the next one should be under way alone. */
    public boolean isSuspect() {
        return suspect;
    }

    /** How many nights have failed while it was under way. */
    public int failedNights() {
        return failedNights;
    }

    /**
     * Whether no further attempt would end: the night failed at it twice while other tasks ended, or the server of its
     * model was lost ten times while it was under way. Then it is the task.
     */
    public boolean isHopeless() {
        return hopeless || lostEngines >= MOST_LOST_ENGINES;
    }

    public int count() {
        return begun;
    }

    /** What they came to, for a person: {@code 2 × conflict, 1 × cut off with the process}. */
    public String words() {
        var parts = new ArrayList<String>();
        endings.forEach((reason, times) -> parts.add("%d × %s".formatted(times, reason.code())));
        if (lostEngines > 0) {
            parts.add("%d × %s".formatted(lostEngines, FinishReason.ENGINE_LOST.code()));
        }
        int failed = Math.max(0, failedNights - 1);
        if (failedNights > 1) {
            parts.add("%d × the night failed at it".formatted(failedNights));
        }
        int cutOff = begun
                - failed
                - endings.values().stream().mapToInt(Integer::intValue).sum();
        if (cutOff > 0) {
            parts.add("%d × cut off with the process".formatted(cutOff));
        }
        return String.join(", ", parts);
    }
}
