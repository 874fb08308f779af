package pantheon.night.agent;

import java.util.List;
import org.jspecify.annotations.Nullable;
import pantheon.night.engine.Usage;
import pantheon.night.tool.ToolCall;

/**
 * How far a task has come: what its bounds count.
 *
 * @param steps model turns so far
 * @param failures replies so far that were no valid call
 * @param toolErrors tool results so far that were errors
 * @param lastCalls the calls of the last turn that had any
 * @param repeats how many times in a row those calls came
 * @param inputTokens prompt tokens over all steps
 * @param cachedTokens those of them that came from the KV cache, null where of any step that is not known
 * @param outputTokens generated tokens over all steps
 * @param novelty what its steps have brought
 */
public record Progress(
        int steps,
        int failures,
        int toolErrors,
        List<ToolCall> lastCalls,
        int repeats,
        long inputTokens,
        @Nullable Long cachedTokens,
        long outputTokens,
        Novelty novelty) {
    public static final Progress NONE = new Progress(0, 0, 0, List.of(), 0, 0, 0L, 0, Novelty.NONE);

    public Progress {
        lastCalls = List.copyOf(lastCalls);
    }

    Progress step(Usage usage) {
        return new Progress(
                steps + 1,
                failures,
                toolErrors,
                lastCalls,
                repeats,
                inputTokens + usage.inputTokens(),
                plus(cachedTokens, usage.cachedTokens()),
                outputTokens + usage.outputTokens(),
                novelty);
    }

    private static @Nullable Long plus(@Nullable Long before, @Nullable Integer more) {
        return before == null || more == null ? null : Long.valueOf(before + more);
    }

    Progress failure() {
        return new Progress(
                steps, failures + 1, toolErrors, lastCalls, repeats, inputTokens, cachedTokens, outputTokens, novelty);
    }

    Progress toolErrors(int more) {
        return new Progress(
                steps,
                failures,
                toolErrors + more,
                lastCalls,
                repeats,
                inputTokens,
                cachedTokens,
                outputTokens,
                novelty);
    }

    Progress calls(List<ToolCall> calls) {
        int inARow = calls.equals(lastCalls) ? repeats + 1 : 1;
        return new Progress(
                steps, failures, toolErrors, calls, inARow, inputTokens, cachedTokens, outputTokens, novelty);
    }

    Progress brought(List<String> results, String files) {
        return new Progress(
                steps,
                failures,
                toolErrors,
                lastCalls,
                repeats,
                inputTokens,
                cachedTokens,
                outputTokens,
                novelty.after(results, files));
    }
}
