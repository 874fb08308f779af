package pantheon.night.training;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import pantheon.night.KeptOrder;
import pantheon.night.training.duplicates.Split;

/**
 * How training data is made.
 *
 * @param percent how much goes to each split; together 100
 * @param seed of the split
 * @param groupBy what must not be in two splits
 * @param stages how many files the training split is cut into, easiest first; 1 for one file
 * @param openAi whether the form with string arguments is written too
 * @param mayLeaveUnchanged the agents whose tasks are learned from also where nothing had to change
 * @param licence the SPDX identifier of the sources' licence, null where it is not known
 */
public record MiningOptions(
        Map<Split, Integer> percent,
        long seed,
        GroupBy groupBy,
        int stages,
        boolean openAi,
        Set<String> mayLeaveUnchanged,
        @Nullable String licence) {
    public static final MiningOptions DEFAULT =
            new MiningOptions(percent("90/5/5"), 0, GroupBy.FILE, 1, false, Set.of(), null);

    public static final int MOST_STAGES = 100;

    public MiningOptions {
        percent = KeptOrder.map(percent);
        mayLeaveUnchanged = KeptOrder.set(mayLeaveUnchanged);
        if (percent.values().stream().anyMatch(n -> n < 0)
                || percent.values().stream().mapToInt(Integer::intValue).sum() != 100) {
            throw new IllegalArgumentException("the splits' percentages are 0 or more and come to 100");
        }
        if (stages < 1 || stages > MOST_STAGES) {
            throw new IllegalArgumentException("stages are 1 to " + MOST_STAGES);
        }
    }

    /** What is kept together in one split; what shares a file of a repository is, whichever it is. */
    public enum GroupBy {
        /** Traces that name the same file of the same repository. */
        FILE,
        /** Traces of the same repository. */
        REPOSITORY,
        /** Traces with the same system turn, or that name the same file. */
        TEMPLATE;

        List<String> keys(Trace trace) {
            var provenance = trace.provenance();
            var repository = String.valueOf(provenance.repository());
            var files = trace.paths().isEmpty()
                    ? Stream.of(repository + "\ntask " + provenance.task())
                    : trace.paths().stream().map(path -> repository + "\n" + path);
            return switch (this) {
                case FILE -> files.toList();
                case REPOSITORY -> List.of(repository);
                case TEMPLATE ->
                    Stream.concat(Stream.of(provenance.templateHash()), files).toList();
            };
        }

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * Percentages such as {@code 90/5/5}, for training, validation and test.
     *
     * @throws IllegalArgumentException where they are not three numbers
     */
    public static Map<Split, Integer> percent(String text) {
        var numbers = Arrays.stream(text.split("/", -1)).map(Integer::valueOf).toList();
        if (numbers.size() != Split.values().length) {
            throw new IllegalArgumentException("not three percentages: " + text);
        }
        var percent = new EnumMap<Split, Integer>(Split.class);
        var next = numbers.iterator();
        for (var split : Split.values()) {
            percent.put(split, next.next());
        }
        return percent;
    }
}
