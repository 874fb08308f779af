package pantheon.night.cli.option;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import pantheon.night.ExitCode;
import pantheon.night.NightException;
import pantheon.night.journal.Shard;

/**
 * Which shard of the queue a night does. Its number may come from the scheduler's environment; how many shards there are
 * never does, since {@code SLURM_ARRAY_TASK_COUNT} is how many were submitted, and Kubernetes does not tell.
 *
 * @param index null where the environment tells it
 * @param of null where the configuration tells it
 */
record ShardOption(@Nullable Integer index, @Nullable Integer of) {
    private static final Pattern FORM = Pattern.compile("(auto|[0-9]{1,6})?(?:/([0-9]{1,6}))?");

    /** What tells a process its number: Slurm's job arrays, Kubernetes' Indexed Jobs. */
    private static final List<String> VARIABLES = List.of("SLURM_ARRAY_TASK_ID", "JOB_COMPLETION_INDEX");

    /**
     * Reads the option.
     *
     * @throws NightException with exit code 64 where it is none of {@code I/N}, {@code auto/N}, {@code I} and {@code auto},
     *     or no queue has so many
     */
    static ShardOption parse(String text) {
        var match = FORM.matcher(text);
        if (text.isEmpty() || !match.matches()) {
            throw usage(
                    "--shard is \"%s\"; expected the shard's number from 0 and how many there are, such as 3/6, or auto/6 for the number that the scheduler gives."
                            .formatted(text));
        }
        var index = match.group(1);
        var of = match.group(2);
        int number = index == null || index.equals("auto") ? -1 : Integer.parseInt(index);
        if (of != null && isNone(Math.max(number, 0), Integer.parseInt(of))) {
            throw usage(
                    "--shard is \"%s\", and there is no such shard: they count from 0, and there are 1 to %d. Correct it."
                            .formatted(text, Shard.MOST));
        }
        return new ShardOption(number < 0 ? null : Integer.valueOf(number), of == null ? null : Integer.valueOf(of));
    }

    /**
     * The shard.
     *
     * @param shards how many there are; 0 where nobody said
     * @throws NightException with exit code 64 where it is not known which one, or there is none such
     */
    private Shard shard(int shards, Map<String, String> environment) {
        if (shards == 0 && of == null) {
            throw usage(
                    "how many shards there are was not said, and no scheduler is asked: an array's count is what was submitted. Say --shard %s/N, or set shards."
                            .formatted(index == null ? "auto" : index));
        }
        int number = index == null ? given(environment, shards) : index;
        if (isNone(number, shards)) {
            throw usage(
                    "there is no shard %d of %d; shards count from 0, and there are at most %d. Correct --shard, shards or the array's numbers."
                            .formatted(number, shards, Shard.MOST));
        }
        return new Shard(number, shards);
    }

    private static boolean isNone(int number, int shards) {
        return shards < 1 || shards > Shard.MOST || number >= shards;
    }

    private static int given(Map<String, String> environment, int shards) {
        var given = VARIABLES.stream()
                .filter(environment::containsKey)
                .map(name -> name + "=" + environment.get(name))
                .toList();
        if (given.isEmpty()) {
            throw usage("the queue has %d shards, and neither %s tells which one this is. Say --shard 0/%d, or another."
                    .formatted(shards, String.join(" nor ", VARIABLES), shards));
        }
        var numbers = given.stream()
                .map(text -> text.substring(text.indexOf('=') + 1))
                .distinct()
                .toList();
        if (numbers.size() != 1 || !numbers.getFirst().matches("[0-9]{1,6}")) {
            throw usage("the environment has %s; expected one number from 0. Say --shard I/%d."
                    .formatted(String.join(" and ", given), shards));
        }
        return Integer.parseInt(numbers.getFirst());
    }

    /**
     * The shard of a night, empty for the whole queue.
     *
     * @param said null where the option was left out
     * @param shards of the configuration; 0 where it has none
     * @throws NightException with exit code 64 where it is not known which one, or there is none such
     */
    static Optional<Shard> of(@Nullable ShardOption said, int shards, Map<String, String> environment) {
        if (said == null && shards == 0) {
            requireNoArray(environment);
            return Optional.empty();
        }
        var option = said == null ? new ShardOption(null, null) : said;
        return Optional.of(option.shard(shards, environment));
    }

    /** In an array without shards each process would do the whole queue. */
    private static void requireNoArray(Map<String, String> environment) {
        VARIABLES.stream()
                .filter(name ->
                        !Objects.requireNonNullElse(environment.get(name), "").isEmpty())
                .findFirst()
                .ifPresent(name -> {
                    throw usage(
                            "%s=%s says that this is one process of several, and each would do the whole queue. Say --shard auto/N with how many there are, or --shard 0/1 for the whole queue."
                                    .formatted(name, environment.get(name)));
                });
    }

    private static NightException usage(String message) {
        return new NightException(ExitCode.USAGE, message + " Nothing was started.");
    }
}
