package pantheon.night.engine.decode;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import pantheon.night.ExitCode;
import pantheon.night.NightException;
import pantheon.night.engine.sampling.Sampler;

/** A model whose logits are made by chance of all tokens before: what a sequence lost or had too much shows at once. */
final class ToyRunner implements Runner {
    static final int WIDTH = 50;
    static final int CHUNK = 8;
    static final int TOKEN_BYTES = 10;

    private final int sequences;
    private final List<List<Integer>> runs = Collections.synchronizedList(new ArrayList<>());
    private final Map<Integer, RuntimeException> failures = new HashMap<>();
    private final AtomicInteger living = new AtomicInteger(Integer.MAX_VALUE);
    private int opened;
    private int copies;

    ToyRunner(int sequences) {
        this.sequences = sequences;
    }

    /** Has runs with a token fail. */
    void failAt(int token, RuntimeException failure) {
        failures.put(token, failure);
    }

    /** Has all runs fail after so many more, until it is built anew. */
    void dieAfter(int more) {
        living.set(more);
    }

    @Override
    public boolean isSound() {
        return living.get() > 0;
    }

    @Override
    public void rebuild() {
        living.set(Integer.MAX_VALUE);
    }

    /** Each run as the numbers of its shares' tokens. */
    List<List<Integer>> runs() {
        return List.copyOf(runs);
    }

    /** Sequences and copies that were not closed. */
    int left() {
        return opened + copies;
    }

    @Override
    public int sequences() {
        return sequences;
    }

    @Override
    public int chunkTokens() {
        return CHUNK;
    }

    @Override
    public boolean isRewoundForNothing() {
        return true;
    }

    @Override
    public long tokenBytes() {
        return TOKEN_BYTES;
    }

    @Override
    public Toy open() {
        if (opened == sequences) {
            throw new IllegalStateException("all sequences are in use");
        }
        opened++;
        return new Toy();
    }

    @Override
    public float[][] run(List<Share> shares) {
        if (living.getAndUpdate(left -> Math.max(0, left - 1)) == 0) {
            throw new NightException(ExitCode.UNAVAILABLE, "the toy is broken");
        }
        runs.add(shares.stream().map(share -> share.tokens().length).toList());
        var logits = new ArrayList<float[]>();
        for (var share : shares) {
            var toy = (Toy) share.sequence();
            for (int i = 0; i < share.tokens().length; i++) {
                var failure = failures.get(share.tokens()[i]);
                if (failure != null) {
                    throw failure;
                }
                toy.tokens.add(share.tokens()[i]);
                if (i >= share.tokens().length - share.wanted()) {
                    logits.add(logits(toy.tokens));
                }
            }
        }
        return logits.toArray(float[][]::new);
    }

    /** What follows some tokens. */
    static float[] logits(List<Integer> tokens) {
        var random = new Random(tokens.hashCode());
        var logits = new float[WIDTH];
        for (int i = 0; i < WIDTH; i++) {
            logits[i] = random.nextFloat();
        }
        return logits;
    }

    @Override
    public void close() {}

    final class Toy implements Sequence {
        private List<Integer> tokens = new ArrayList<>();

        @Override
        public int tokens() {
            return tokens.size();
        }

        @Override
        public void truncate(int length) {
            tokens = new ArrayList<>(tokens.subList(0, length));
        }

        @Override
        public Kept keep(int length) {
            copies++;
            return new Copy(List.copyOf(tokens.subList(0, length)));
        }

        @Override
        public void restore(Kept kept, int length) {
            tokens = new ArrayList<>(((Copy) kept).tokens.subList(0, length));
        }

        @Override
        public void close() {
            opened--;
        }
    }

    private final class Copy implements Sequence.Kept {
        private final List<Integer> tokens;

        Copy(List<Integer> tokens) {
            this.tokens = tokens;
        }

        @Override
        public long bytes() {
            return (long) TOKEN_BYTES * tokens.size();
        }

        @Override
        public void close() {
            copies--;
        }
    }

    /** Picks the likeliest, so many times. */
    static class Picks implements Sampler {
        private final int most;
        private final List<Integer> tokens = new ArrayList<>();

        Picks(int most) {
            this.most = most;
        }

        @Override
        public Step next(float[] logits) {
            if (tokens.size() == most) {
                return Step.ENDED;
            }
            tokens.add(pick(logits));
            return Step.WENT_ON;
        }

        int pick(float[] logits) {
            int best = 0;
            for (int i = 0; i < logits.length; i++) {
                best = logits[i] > logits[best] ? i : best;
            }
            return best;
        }

        @Override
        public List<Integer> tokens() {
            return tokens;
        }

        @Override
        public int forcedTokens() {
            return 0;
        }
    }

    /** Picks by chance, which hangs on a seed and on the logits; five tokens in turn most of the time. */
    static final class Habits extends Picks {
        private final Random random;

        Habits(int most, long seed) {
            super(most);
            random = new Random(seed);
        }

        @Override
        int pick(float[] logits) {
            return logits[0] + random.nextFloat() / 2 < 1.3 ? tokens().size() % 5 : super.pick(logits);
        }
    }

    /** What follows a prompt, computed by itself. */
    static List<Integer> alone(int[] prompt, int most) {
        return alone(prompt, new Picks(most));
    }

    /** What is picked behind a prompt, computed by itself, a token at a time. */
    static List<Integer> alone(int[] prompt, Picks picks) {
        var all = new ArrayList<Integer>();
        Arrays.stream(prompt).forEach(all::add);
        while (picks.next(logits(all)) == Sampler.Step.WENT_ON) {
            all.add(picks.tokens().getLast());
        }
        return picks.tokens();
    }
}
