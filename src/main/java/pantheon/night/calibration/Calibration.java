package pantheon.night.calibration;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * What a least confidence would leave undone, and what would be wrong of the rest.
 *
 * @param choices likeliest first
 */
public record Calibration(List<JudgedChoice> choices) {
    private static final int BINS = 10;

    /** The greatest least confidence that an agent's file can ask for, in millionths as likelihoods are. */
    private static final double GREATEST = 0.999999;

    public Calibration {
        choices = choices.stream()
                .sorted(Comparator.comparingDouble(JudgedChoice::likelihood).reversed())
                .toList();
    }

    /**
     * What a threshold comes to.
     *
     * @param kept the choices at it or above
     * @param coverage the part of all choices that these are: 0 to 1
     */
    public record Kept(double threshold, Share kept, double coverage) {}

    /**
     * The choices whose likelihood is between two others.
     *
     * @param to not among them, but for the last bin's
     * @param mean of their likelihoods, {@code from} where there are none
     */
    public record Bin(double from, double to, Share choices, double mean) {}

    /** What a least confidence would keep. */
    public Kept at(double threshold) {
        var kept = Share.of(choices.stream()
                .filter(choice -> choice.likelihood() >= threshold)
                .toList());
        return new Kept(threshold, kept, choices.isEmpty() ? 0 : (double) kept.choices() / choices.size());
    }

    /** Ten bins of the same width, from 0 to 1. */
    public List<Bin> bins() {
        return IntStream.range(0, BINS).mapToObj(this::bin).toList();
    }

    private Bin bin(int index) {
        double from = index / (double) BINS;
        double to = (index + 1) / (double) BINS;
        var inside = choices.stream()
                .filter(choice -> choice.likelihood() >= from && (choice.likelihood() < to || index == BINS - 1))
                .toList();
        double mean =
                inside.stream().mapToDouble(JudgedChoice::likelihood).average().orElse(from);
        return new Bin(from, to, Share.of(inside), mean);
    }

    /** The least threshold at which no more than a part of what is kept was wrong; empty where there is none. */
    public OptionalDouble threshold(double error) {
        return least(kept -> kept.error() <= error);
    }

    /** The same, where the upper end of the error's 95 % interval is no more than that. */
    public OptionalDouble sureThreshold(double error) {
        return least(kept -> kept.band().high() <= error);
    }

    private OptionalDouble least(Predicate<Share> holds) {
        var best = OptionalDouble.empty();
        var kept = new ArrayList<JudgedChoice>();
        for (int i = 0; i < choices.size(); i++) {
            kept.add(choices.get(i));
            double threshold = threshold(i);
            boolean isLast = i == choices.size() - 1 || threshold(i + 1) < threshold;
            if (isLast && holds.test(Share.of(kept))) {
                best = OptionalDouble.of(threshold);
            }
        }
        return best;
    }

    private double threshold(int index) {
        return Math.min(choices.get(index).likelihood(), GREATEST);
    }
}
