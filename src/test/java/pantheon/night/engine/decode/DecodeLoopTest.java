package pantheon.night.engine.decode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import pantheon.night.ExitCode;
import pantheon.night.NightException;
import pantheon.night.engine.Decoding;
import pantheon.night.engine.EngineLost;
import pantheon.night.engine.sampling.Sampler;
import pantheon.night.local.SystemClock;
import pantheon.night.outcome.StopReason;

/** The loop over a model that computes nothing, so that what is seen is the loop. */
final class DecodeLoopTest {
    private static final long BUDGET = 1_000L * ToyRunner.TOKEN_BYTES;

    private static DecodeLoop loop(ToyRunner runner) {
        return loop(runner, Decoding.FAST);
    }

    private static DecodeLoop loop(ToyRunner runner, Decoding decoding) {
        return new DecodeLoop("toy", runner, BUDGET, new SystemClock(), decoding);
    }

    private static int[] prompt(int length, int seed) {
        return IntStream.range(0, length).map(i -> (i * 7 + seed * 11) % 40).toArray();
    }

    private static Request request(DecodeLoop loop, int[] prompt, int prefix, Sampler sampler) {
        long now = loop.now();
        return new Request(
                prompt,
                prefix,
                sampler,
                1000,
                StopReason.TOKEN_LIMIT,
                now,
                now + Duration.ofMinutes(1).toNanos());
    }

    private static List<Integer> decode(DecodeLoop loop, Place place, int[] prompt, int most) {
        var sampler = new ToyRunner.Picks(most);
        assertEquals(
                StopReason.END_OF_TURN,
                loop.decode(place, request(loop, prompt, 0, sampler)).reason());
        return sampler.tokens();
    }

    /** Two turns of a conversation, the second after the first; whether each is what it is alone. */
    private static boolean isAsAlone(DecodeLoop loop, int seed) {
        var place = loop.open();
        var prompt = prompt(5 + seed * 3 % 40, seed);
        var first = decode(loop, place, prompt, 6 + seed % 5);
        var next = IntStream.concat(
                        IntStream.concat(Arrays.stream(prompt), first.stream().mapToInt(i -> i)),
                        Arrays.stream(prompt(9, seed + 1)))
                .toArray();
        var second = decode(loop, place, next, 7);
        loop.leave(place);
        return first.equals(ToyRunner.alone(prompt, 6 + seed % 5)) && second.equals(ToyRunner.alone(next, 7));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 16})
    void many_conversations_are_each_what_they_are_alone(int sequences) throws Exception {
        var runner = new ToyRunner(sequences);
        try (var loop = loop(runner);
                var threads = Executors.newFixedThreadPool(8)) {
            var asked = IntStream.range(0, 200)
                    .mapToObj(seed -> threads.submit(() -> isAsAlone(loop, seed)))
                    .toList();
            for (var one : asked) {
                assertTrue(one.get());
            }
        }
        assertEquals(0, runner.left());
        assertEquals(sequences > 1, runner.runs().stream().anyMatch(run -> run.size() > 1));
        assertTrue(runner.runs().stream().allMatch(run -> run.size() <= sequences));
    }

    /** Turns of a model with habits, which sampling by a seed breaks now and then; gives back the runs that it took. */
    private static int runs(Decoding decoding) {
        var runner = new ToyRunner(2);
        try (var loop = loop(runner, decoding)) {
            var place = loop.open();
            for (int seed = 0; seed < 40; seed++) {
                var prompt = prompt(5 + seed * 3 % 40, seed);
                var habits = new ToyRunner.Habits(20 + seed, seed);
                loop.decode(place, request(loop, prompt, 0, habits));
                assertEquals(ToyRunner.alone(prompt, new ToyRunner.Habits(20 + seed, seed)), habits.tokens());
            }
        }
        assertEquals(0, runner.left());
        if (decoding == Decoding.EXACT) {
            assertTrue(runner.runs().stream()
                            .filter(run -> !run.equals(List.of(1)))
                            .count()
                    < 40 * 6);
        }
        return runner.runs().size();
    }

    @Test
    void what_is_likely_is_computed_at_once_and_stays_what_is_picked_token_by_token() {
        int exact = runs(Decoding.EXACT);
        int fast = runs(Decoding.FAST);
        assertTrue(fast < 0.75 * exact, "%d runs, one by one %d".formatted(fast, exact));
    }

    /** Forces three tokens first and two behind each pick, and ends with what it forces. */
    private static final class Forces implements Sampler {
        private final List<Integer> tokens = new ArrayList<>();

        @Override
        public void begin() {
            tokens.addAll(List.of(1, 2, 3));
        }

        @Override
        public Step next(float[] logits) {
            tokens.addAll(List.of(new ToyRunner.Picks(1).pick(logits), 4, 5));
            return tokens.size() == 12 ? Step.LAST : Step.WENT_ON;
        }

        @Override
        public List<Integer> tokens() {
            return tokens;
        }

        @Override
        public int forcedTokens() {
            return 9;
        }
    }

    @Test
    void what_must_come_is_one_run_or_single_steps() {
        var prompt = prompt(4, 1);
        for (var decoding : Decoding.values()) {
            var runner = new ToyRunner(1);
            try (var loop = loop(runner, decoding)) {
                var place = loop.open();
                var forces = new Forces();
                loop.decode(place, request(loop, prompt, 0, forces));
                var runs = runner.runs();
                var one = List.of(1);
                assertEquals(
                        decoding == Decoding.FAST
                                ? List.of(List.of(7), List.of(3), List.of(3))
                                : List.of(List.of(4), one, one, one, one, one, one, one, one, one, one, one, one),
                        runs);
                var all = IntStream.concat(
                                Arrays.stream(prompt), forces.tokens().stream().mapToInt(i -> i))
                        .toArray();
                assertEquals(ToyRunner.alone(all, 3), decode(loop, place, all, 3));
            }
        }
    }

    @Test
    void a_prefix_that_several_ask_for_at_once_is_computed_once() throws Exception {
        var runner = new ToyRunner(4);
        var prefix = prompt(32, 1);
        try (var loop = loop(runner);
                var threads = Executors.newFixedThreadPool(4)) {
            var cached = new ArrayList<Integer>();
            var asked = IntStream.range(0, 4)
                    .mapToObj(task -> threads.submit(() -> {
                        var prompt = Arrays.copyOf(prefix, 34);
                        prompt[32] = 41;
                        prompt[33] = task;
                        return loop.decode(loop.open(), request(loop, prompt, 32, new ToyRunner.Picks(3)))
                                .cached();
                    }))
                    .toList();
            for (var one : asked) {
                cached.add(one.get());
            }
            assertEquals(List.of(0, 32, 32, 32), cached.stream().sorted().toList());
        }
    }

    @Test
    void one_thread_may_use_more_conversations_than_there_are_sequences() {
        try (var loop = loop(new ToyRunner(1))) {
            var one = loop.open();
            var other = loop.open();
            var prompt = prompt(20, 3);
            var first = decode(loop, one, prompt, 5);
            assertEquals(first, decode(loop, other, prompt, 5));
            var next = IntStream.concat(Arrays.stream(prompt), first.stream().mapToInt(i -> i))
                    .toArray();
            // What the first had was put aside for the other, and is not computed again.
            var answer = loop.decode(one, request(loop, next, 0, new ToyRunner.Picks(5)));
            assertEquals(24, answer.cached());
        }
    }

    @Test
    void a_sequence_that_fails_ends_alone() throws Exception {
        var runner = new ToyRunner(4);
        runner.failAt(77, new IllegalArgumentException("no such token"));
        try (var loop = loop(runner);
                var threads = Executors.newFixedThreadPool(4)) {
            var begun = new CountDownLatch(1);
            var asked = IntStream.range(0, 3)
                    .mapToObj(seed -> threads.submit(() -> {
                        begun.await();
                        return isAsAlone(loop, seed);
                    }))
                    .toList();
            Future<Answer> failing = threads.submit(() -> {
                begun.countDown();
                return loop.decode(loop.open(), request(loop, new int[] {1, 2, 77}, 0, new ToyRunner.Picks(3)));
            });
            for (var one : asked) {
                assertTrue(one.get());
            }
            var failure = assertThrows(ExecutionException.class, failing::get);
            assertEquals(
                    "the model could not go on with this turn: no such token",
                    Objects.requireNonNull(failure.getCause()).getMessage());
        }
        assertEquals(0, runner.left());
    }

    @Test
    void a_runner_that_dies_is_built_anew_once_and_nothing_is_lost() {
        var runner = new ToyRunner(2);
        try (var loop = loop(runner)) {
            runner.dieAfter(7);
            assertTrue(isAsAlone(loop, 3));
            runner.dieAfter(2);
            var dead = assertThrows(NightException.class, () -> isAsAlone(loop, 4));
            assertEquals(ExitCode.UNAVAILABLE, dead.exitCode());
            assertThrows(NightException.class, () -> isAsAlone(loop, 5));
        }
        assertEquals(0, runner.left());
    }

    @Test
    void a_sampler_that_fails_ends_its_own_turn() {
        try (var loop = loop(new ToyRunner(2))) {
            var broken = new Sampler() {
                @Override
                public Step next(float[] logits) {
                    throw new IllegalStateException("the grammar allows nothing");
                }

                @Override
                public List<Integer> tokens() {
                    return List.of();
                }

                @Override
                public int forcedTokens() {
                    return 0;
                }
            };
            var place = loop.open();
            assertThrows(EngineLost.class, () -> loop.decode(place, request(loop, prompt(4, 1), 0, broken)));
            assertEquals(ToyRunner.alone(prompt(4, 1), 3), decode(loop, place, prompt(4, 1), 3));
        }
    }

    @Test
    void a_thread_that_is_interrupted_gives_its_turn_up() throws Exception {
        try (var loop = loop(new ToyRunner(1));
                var threads = Executors.newSingleThreadExecutor()) {
            var place = loop.open();
            var picks = new CountDownLatch(3);
            var endless = new Sampler() {
                private final List<Integer> tokens = new ArrayList<>();

                @Override
                public Step next(float[] logits) {
                    picks.countDown();
                    tokens.add(1);
                    return Step.WENT_ON;
                }

                @Override
                public List<Integer> tokens() {
                    return tokens;
                }

                @Override
                public int forcedTokens() {
                    return 0;
                }
            };
            long now = loop.now();
            var forGood = new Request(
                    prompt(4, 1),
                    0,
                    endless,
                    Integer.MAX_VALUE,
                    StopReason.TOKEN_LIMIT,
                    now,
                    now + Duration.ofMinutes(1).toNanos());
            var asked = threads.submit(() -> assertThrows(EngineLost.class, () -> loop.decode(place, forGood)));
            picks.await();
            threads.shutdownNow();
            asked.get();
            assertEquals(ToyRunner.alone(prompt(4, 1), 3), decode(loop, place, prompt(4, 1), 3));
        }
    }

    @Test
    void turns_that_wait_for_a_sequence_end_at_their_limit_too() {
        try (var loop = loop(new ToyRunner(1))) {
            var late = new Request(
                    prompt(4, 1), 0, new ToyRunner.Picks(3), 9, StopReason.TOKEN_LIMIT, loop.now(), loop.now());
            var answer = loop.decode(loop.open(), late);
            assertEquals(StopReason.TIME_LIMIT, answer.reason());
            assertEquals(0, answer.cached());
        }
    }

    @Test
    void a_closed_loop_takes_no_turn() {
        var loop = loop(new ToyRunner(1));
        var place = loop.open();
        loop.close();
        var refused = assertThrows(IllegalStateException.class, () -> decode(loop, place, prompt(4, 1), 3));
        assertEquals("the decode loop is closed", refused.getMessage());
    }
}
