package pantheon.night.sizing;

import java.util.List;
import java.util.function.DoubleSupplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import pantheon.night.sizing.past.Basis;
import pantheon.night.sizing.past.NightSpread;
import pantheon.night.sizing.past.PastTask;
import pantheon.night.sizing.past.Rates;
import pantheon.night.sizing.past.SlowDown;

/** Task records and plans of known truth. */
final class Rows {
    private Rows() {}

    /** A task that took so long, all of it outside the model. */
    static PastTask took(int night, double millis) {
        return new PastTask(night, 0, millis, true, 100, 30, -1, 1);
    }

    /** The same for a task of so many bytes. */
    static PastTask took(int night, double millis, long inputBytes) {
        return new PastTask(night, 0, millis, true, 100, 30, inputBytes, 1);
    }

    /** One night's tasks. */
    static List<PastTask> night(int night, int tasks, DoubleSupplier millis) {
        return IntStream.range(0, tasks)
                .mapToObj(i -> took(night, millis.getAsDouble()))
                .toList();
    }

    static Rates rates(List<PastTask> records) {
        int nights = records.stream().mapToInt(PastTask::night).max().orElse(0) + 1;
        return Rates.seen(records, nights, Basis.OWN);
    }

    static NightPlan plan(Rates rates, int tasks, int slots, @Nullable Double windowMillis, NightSpread spread) {
        return new NightPlan(
                new Workload(
                        List.of(new Workload.AgentLoad("agent", "1", rates, 0)),
                        tasks == 0 ? List.of() : List.of(new Workload.Stretch(0, tasks))),
                slots,
                SlowDown.SHARED,
                0,
                windowMillis,
                0,
                spread);
    }
}
