package pantheon.night.cli.models;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import pantheon.night.NightException;
import pantheon.night.engine.Engine;
import pantheon.night.engine.Generation;
import pantheon.night.engine.GenerationLimits;
import pantheon.night.prompt.Prompt;

/** Turns whose time is taken, on prompts of which no two have a beginning in common, so that no cache answers one. */
final class BenchTurns {
    /** Of all sequences together, and of each at least. */
    private static final int TURNS = 8;

    private static final int LEAST_TURNS = 2;
    private static final int PROMPT_WORDS = 200;
    private static final int TOKENS = 64;
    private static final Duration LONGEST_TURN = Duration.ofMinutes(5);

    private final Engine engine;
    private final BenchProgress progress;
    private int number;

    /** @param progress hears of each turn */
    BenchTurns(Engine engine, BenchProgress progress) {
        this.engine = engine;
        this.progress = progress;
        turn(number++); // the first turn of a process is slower than any after it
    }

    /** How many turns the decode speeds of 1, 2, 4 and so on sequences take together. */
    static int ofRows(int most) {
        return IntStream.iterate(1, rows -> rows <= most, rows -> 2 * rows)
                .map(rows -> rows * turns(rows))
                .sum();
    }

    /** How many turns all takes that is measured of one engine with up to so many sequences. */
    static int ofAll(int most) {
        return 1 + turns(1) + ofRows(most);
    }

    /** How many turns it takes where it is so many sequences alone. */
    static int of(int sequences) {
        return 1 + sequences * turns(sequences);
    }

    private static int turns(int sequences) {
        return Math.max(LEAST_TURNS, TURNS / sequences);
    }

    /** Of one sequence alone. */
    double prefillTokensPerSecond() {
        var turns = beside(1);
        long tokens =
                turns.stream().mapToLong(turn -> turn.usage().prefilledTokens()).sum();
        return perSecond(tokens, turns.stream().map(Generation::prefillTime).toList());
    }

    /** Of each of some sequences at once. */
    double decodeTokensPerSecond(int sequences) {
        var turns = beside(sequences);
        long tokens =
                turns.stream().mapToLong(turn -> turn.usage().outputTokens()).sum();
        return perSecond(tokens, turns.stream().map(Generation::decodeTime).toList());
    }

    private static double perSecond(long tokens, List<Duration> times) {
        return tokens
                / Math.max(1e-9, times.stream().mapToLong(Duration::toNanos).sum() / 1e9);
    }

    /** As many sequences at once, each some turns long. */
    private List<Generation> beside(int sequences) {
        int turns = turns(sequences);
        try (var threads = Executors.newFixedThreadPool(sequences)) {
            var running = IntStream.range(0, sequences)
                    .mapToObj(sequence -> {
                        int first = number + sequence * turns;
                        return threads.submit(() -> IntStream.range(first, first + turns)
                                .mapToObj(this::turn)
                                .toList());
                    })
                    .toList();
            number += sequences * turns;
            return running.stream().flatMap(future -> got(future).stream()).toList();
        }
    }

    private static <T> T got(Future<T> future) {
        try {
            return future.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("the measurement was interrupted", e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof NightException known
                    ? known
                    : new IllegalStateException("a turn of the measurement failed", e);
        }
    }

    private Generation turn(int number) {
        var words = new StringBuilder();
        for (int i = 0; i < PROMPT_WORDS; i++) {
            words.append((number * 7919L + i * 31L) % 1000).append(" word ");
        }
        try (var conversation = engine.open()) {
            var turn = conversation.generate(
                    Prompt.unshared(words.toString()), new GenerationLimits(TOKENS, LONGEST_TURN));
            progress.ended();
            return turn;
        }
    }
}
