package pantheon.night.report.section;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import pantheon.night.report.record.NightRecord;
import pantheon.night.report.record.TurnRecord;

/**
 * How busy a night was, in equal stretches of its time, all from the journal: how many tasks were under way (slots), how
 * many turns were generated at the same time while any was (batch), and the tokens per second.
 *
 * @param beginMs where the first stretch begins, in milliseconds since 1970
 * @param widthMs the length of a stretch
 */
record Load(long beginMs, double widthMs, List<Stretch> stretches) {
    /**
     * One stretch; all four are means over it.
     *
     * @param batch 0 where nothing was generated
     */
    record Stretch(double slots, double batch, double decodedPerSecond, double prefilledPerSecond) {}

    /** The load of a night in at most so many stretches, each at least a second. */
    static Load of(NightRecord night, int most) {
        long begin = night.begun().toEpochMilli();
        long length = Math.max(1, night.last().toEpochMilli() - begin);
        int count = Math.clamp(length / 1000, 1, most);
        double width = (double) length / count;
        var slots = new Bins(begin, width, count);
        var generating = new Bins(begin, width, count);
        var busy = new Bins(begin, width, count);
        var decoded = new Bins(begin, width, count);
        var prefilled = new Bins(begin, width, count);
        for (var task : night.tasks()) {
            var ended = task.ended();
            slots.add(task.begun().toEpochMilli(), (ended == null ? night.last() : ended).toEpochMilli(), 1);
        }
        for (var turn : night.turns()) {
            generating.add(turn.beginMs(), turn.endMs(), 1);
            decoded.spread(turn.decodeBeginMs(), turn.endMs(), turn.outputTokens());
            prefilled.spread(turn.beginMs(), turn.decodeBeginMs(), turn.prefilledTokens());
        }
        union(night.turns()).forEach(span -> busy.add(span[0], span[1], 1));
        var stretches = new ArrayList<Stretch>();
        for (int i = 0; i < count; i++) {
            stretches.add(new Stretch(
                    slots.sum[i] / width,
                    busy.sum[i] == 0 ? 0 : generating.sum[i] / busy.sum[i],
                    decoded.sum[i] * 1000 / width,
                    prefilled.sum[i] * 1000 / width));
        }
        return new Load(begin, width, stretches);
    }

    private static List<long[]> union(List<TurnRecord> turns) {
        var spans = new ArrayList<long[]>();
        for (var turn : turns.stream()
                .sorted(Comparator.comparingLong(TurnRecord::beginMs))
                .toList()) {
            if (!spans.isEmpty() && turn.beginMs() <= spans.getLast()[1]) {
                spans.getLast()[1] = Math.max(spans.getLast()[1], turn.endMs());
            } else {
                spans.add(new long[] {turn.beginMs(), turn.endMs()});
            }
        }
        return spans;
    }

    /** Sums over stretches of time. */
    private static final class Bins {
        private final long begin;
        private final double width;
        private final double[] sum;

        Bins(long begin, double width, int count) {
            this.begin = begin;
            this.width = width;
            this.sum = new double[count];
        }

        private int bin(long time) {
            return Math.clamp((long) Math.floor((time - begin) / width), 0, sum.length - 1);
        }

        /** Adds a value per millisecond over a span. */
        void add(long fromMs, long toMs, double perMs) {
            double from = fromMs;
            double to = toMs;
            for (int i = bin(fromMs); i <= bin(toMs); i++) {
                double left = Math.max(from, begin + i * width);
                double right = Math.min(to, begin + (i + 1) * width);
                sum[i] += Math.max(0, right - left) * perMs;
            }
        }

        /** Spreads an amount evenly over a span; one that took no time falls into its moment. */
        void spread(long fromMs, long toMs, long amount) {
            if (toMs <= fromMs) {
                sum[bin(toMs)] += amount;
            } else {
                add(fromMs, toMs, (double) amount / (toMs - fromMs));
            }
        }
    }
}
