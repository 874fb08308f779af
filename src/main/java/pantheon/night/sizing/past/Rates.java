package pantheon.night.sizing.past;

import java.time.Duration;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.random.RandomGenerator;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import pantheon.night.sizing.math.AliasTable;
import pantheon.night.sizing.math.Band;
import pantheon.night.sizing.math.Normal;
import pantheon.night.sizing.math.Weights;

/**
 * What one agent's tasks are drawn from: records of tasks, each with a weight that halves every {@value #HALF_LIFE}
 * nights.
 *
 * <p>The weights' effective number is how much is known: it sets the width of every interval.
 */
public final class Rates {
    /** The nights after which a record counts half. */
    static final double HALF_LIFE = 7;
    /** What records of another specialist count at most, in tasks of its own. */
    public static final int MOST_BORROWED = 4;

    private static final int ASSUMED_RECORDS = 32;

    private final Basis basis;
    private final List<PastTask> records;
    private final Weights weights;
    private final double effective;
    private final double scale;
    private final double longestMillis;
    private final double logDeviation;
    private final LengthClasses lengths;

    private Rates(
            Basis basis,
            List<PastTask> records,
            Weights weights,
            double effective,
            double scale,
            double longestMillis,
            LengthClasses lengths) {
        this.basis = basis;
        this.records = records;
        this.weights = weights;
        this.effective = effective;
        this.scale = scale;
        this.longestMillis = longestMillis;
        logDeviation = deviation();
        this.lengths = lengths;
    }

    /**
     * What the tasks of some nights say, the newest ones loudest.
     *
     * @param nights how many nights there were; the last one counts whole
     */
    public static Rates seen(List<PastTask> records, int nights, Basis basis) {
        var weights = Weights.of(
                records.size(), i -> Math.pow(0.5, (nights - 1 - records.get(i).night()) / HALF_LIFE));
        double effective = basis == Basis.OWN ? weights.effective() : Math.min(weights.effective(), MOST_BORROWED);
        return new Rates(
                basis,
                List.copyOf(records),
                weights,
                effective,
                1,
                Double.POSITIVE_INFINITY,
                LengthClasses.of(records, effective));
    }

    /**
     * Rates that nobody has seen: log-normal about a median, and worth one task, so that the whole queue is as uncertain
     * as one task is.
     *
     * @param deviation the standard deviation of the logarithm
     * @param model the part of the median that is model time
     */
    public static Rates unseen(
            Basis basis, Duration median, double deviation, double model, long inputTokens, long outputTokens) {
        var records = IntStream.range(0, ASSUMED_RECORDS)
                .mapToObj(i -> {
                    double millis =
                            median.toMillis() * Math.exp(deviation * Normal.quantile((i + 0.5) / ASSUMED_RECORDS));
                    return new PastTask(
                            0, millis * model, millis * (1 - model), i % 2 == 0, inputTokens, outputTokens, -1, 1);
                })
                .toList();
        var weights = Weights.of(ASSUMED_RECORDS, i -> 1);
        return new Rates(basis, records, weights, 1, 1, Double.POSITIVE_INFINITY, LengthClasses.of(records, 1));
    }

    /** The same, no task longer than the agent's limit. */
    public Rates within(Duration limit) {
        return new Rates(basis, records, weights, effective, scale, limit.toMillis(), lengths);
    }

    /** The same, each task's time by a factor longer. */
    public Rates scaled(double factor) {
        return new Rates(basis, records, weights, effective, scale * factor, longestMillis, lengths);
    }

    public Basis basis() {
        return basis;
    }

    /** How many records there are, whatever they weigh; 0 where nothing was seen. */
    public int tasks() {
        return basis.isSeen() ? records.size() : 0;
    }

    /** How many tasks of equal weight tell as much. */
    public double effectiveTasks() {
        return effective;
    }

    /**
     * How far tasks are from one another, on the logarithm; where few are known, as far as 1, as if one more had told
     * so.
     */
    public double logDeviation() {
        return logDeviation;
    }

    private double deviation() {
        var logarithms = records.stream()
                .mapToDouble(task -> Math.log(Math.max(1, task.modelMillis() + task.otherMillis())))
                .toArray();
        double mean = mean(i -> logarithms[i]);
        double variance = mean(i -> (logarithms[i] - mean) * (logarithms[i] - mean));
        return Math.sqrt((1 + effective * variance) / (1 + effective));
    }

    /** What each record's task would keep its slot busy, in milliseconds, with some slots in use. */
    public double[] durations(SlowDown slowDown, int slots) {
        double factor = slowDown.at(slots);
        return records.stream()
                .mapToDouble(task -> Math.min(
                        longestMillis,
                        scale * (task.modelMillis() * factor / slowDown.at(task.open()) + task.otherMillis())))
                .toArray();
    }

    /** Whether tasks of one length take another time than those of another one, as far as is known. */
    public boolean tellsLengthsApart() {
        return lengths.count() > 1;
    }

    /** How many classes of length its records are told apart by. */
    public int lengthClasses() {
        return lengths.count();
    }

    /** The class of tasks of such a length, {@code Workload.ANY_LENGTH} where it is not known. */
    public int lengthClass(long inputBytes) {
        return lengths.of(inputBytes);
    }

    /** The class of a record's length. */
    public int lengthClass(int record) {
        return lengths.of(records.get(record).inputBytes());
    }

    /**
     * The same for a queue of other lengths: the records of each class weigh as much as its tasks are many.
     *
     * @param tasks by class of length
     */
    public Rates weighed(int[] tasks) {
        double[] seen = weightByLength();
        double perTask = DoubleStream.of(seen).sum() / IntStream.of(tasks).sum();
        var weighed = Weights.of(records.size(), i -> {
            int length = lengthClass(i);
            return weights.of(i) * (length == LengthClasses.ANY ? 1 : perTask * tasks[length] / seen[length]);
        });
        return new Rates(
                basis, records, weighed, Math.min(effective, weighed.effective()), scale, longestMillis, lengths);
    }

    private double[] weightByLength() {
        var weight = new double[lengths.count()];
        for (int i = 0; i < records.size(); i++) {
            if (lengthClass(i) != LengthClasses.ANY) {
                weight[lengthClass(i)] += weights.of(i);
            }
        }
        return weight;
    }

    /** Draws places of records by weight. */
    public AliasTable places() {
        return weights.places();
    }

    /** The longest that a task may take, in milliseconds. */
    public double longestMillis() {
        return longestMillis;
    }

    private double mean(IntToDoubleFunction figure) {
        return weights.mean(figure);
    }

    /** The mean time of a task on a slot. */
    public Duration mean(SlowDown slowDown, int slots) {
        var durations = durations(slowDown, slots);
        return Duration.ofNanos(Math.round(mean(i -> durations[i]) * 1e6));
    }

    /** The coefficient of variation of a task's time. */
    public double variation(SlowDown slowDown, int slots) {
        var durations = durations(slowDown, slots);
        double mean = mean(i -> durations[i]);
        return mean == 0 ? 0 : Math.sqrt(mean(i -> Math.pow(durations[i] - mean, 2))) / mean;
    }

    /** The part of the time that is model time, 0 to 1. */
    public double modelShare() {
        double model = mean(i -> records.get(i).modelMillis());
        double other = mean(i -> records.get(i).otherMillis());
        return model + other == 0 ? 0 : model / (model + other);
    }

    /** The share of tasks that are accepted; one half where nothing was seen. */
    public double accepted() {
        return mean(i -> records.get(i).accepted() ? 1 : 0);
    }

    /** Wilson's 95 % interval of {@link #accepted}, on the effective number of tasks. */
    public Band acceptedBand() {
        double trials = basis.isSeen() ? effective : 0;
        return Band.wilson(Math.min(trials, accepted() * trials), trials);
    }

    /** A draw of that share, as far as it is known; evenly from 0 to 1 where nothing was seen. */
    public double acceptedAt(RandomGenerator random) {
        return basis.isSeen() ? Band.wilsonEnd(accepted(), effective, random.nextGaussian()) : random.nextDouble();
    }

    public double inputTokens() {
        return mean(i -> records.get(i).inputTokens());
    }

    public double outputTokens() {
        return mean(i -> records.get(i).outputTokens());
    }
}
