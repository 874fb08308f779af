package pantheon.night.trainer;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/** Trains a model from its constructed initial weights, or on from a checkpoint, until its schedule ends. */
final class TrainingRun {

    /**
     * What a run is given.
     *
     * @param batchTokens tokens per step, padding included
     * @param learningRate peak
     * @param fullPrefixShare share of the steps that see the whole prefix; the others see its last tokens, at a third of
     *     the cost. After {@code TAIL_UNTIL} of the run every step sees the whole.
     * @param checkpoint file to resume from where it exists, and to write
     */
    record Settings(
            Schedule schedule,
            long seed,
            int batchTokens,
            double learningRate,
            double fullPrefixShare,
            Path checkpoint) {}

    private static final double WEIGHT_DECAY = 0.05;
    private static final double TAIL_UNTIL = 0.7;
    private static final int TAIL_TOKENS = 16;
    private static final int LOG_STEPS = 25;
    private static final int VALIDATION_STEPS = 100;
    private static final int CHECKPOINT_STEPS = 200;

    private final Settings settings;
    private final TinyQwen model;
    private final Prefix prefix;
    private final List<Batch> validation;
    private final PrintStream log;
    private final float[] weights;
    private final AdamW optimizer;
    private final Duration before;
    private final long start = System.nanoTime();

    /**
     * @param initial the parameters to begin with where there is no checkpoint
     * @param validation batches that are never trained on
     */
    TrainingRun(
            Settings settings,
            ModelShape shape,
            float[] initial,
            TinyQwen model,
            Prefix prefix,
            List<Batch> validation,
            PrintStream log)
            throws IOException {
        this.settings = settings;
        this.model = model;
        this.prefix = prefix;
        this.validation = validation;
        this.log = log;
        ParameterLayout layout = new ParameterLayout(shape);
        if (Files.exists(settings.checkpoint())) {
            Checkpoint saved = Checkpoint.read(settings.checkpoint(), layout.size());
            weights = saved.weights();
            optimizer = new AdamW(layout, WEIGHT_DECAY, saved.step(), saved.mean(), saved.square());
            before = saved.elapsed();
        } else {
            weights = initial.clone();
            optimizer = new AdamW(layout, WEIGHT_DECAY);
            before = Duration.ZERO;
        }
    }

    /** Steps done so far, those before a resumption included. */
    int step() {
        return optimizer.step();
    }

    Duration elapsed() {
        return before.plusNanos(System.nanoTime() - start);
    }

    /** The parameters as they stand. */
    float[] weights() {
        return weights.clone();
    }

    /** Trains to the schedule's end. */
    void run(BatchQueue batches) throws IOException, InterruptedException {
        float[] gradient = new float[weights.length];
        Score score = Score.NONE;
        double loss = 0;
        long tokens = 0;
        long since = System.nanoTime();
        while (progress() < 1) {
            Batch batch = batches.take();
            double rate = settings.learningRate() * settings.schedule().factor(step(), elapsed());
            TinyQwen.Outcome outcome = model.train(weights, prefixOfStep(), batch, gradient);
            double norm = optimizer.update(weights, gradient, rate);
            score = score.plus(outcome.score());
            loss += outcome.loss() / LOG_STEPS;
            tokens += batch.tokens();
            if (step() % LOG_STEPS == 0) {
                double seconds = (System.nanoTime() - since) / 1e9;
                log.printf(
                        Locale.ROOT,
                        "step %d  %.0f s  loss %.4f  tokens right %.4f  documents whole %.3f  gradient %.2f  rate %.5f"
                                + "  %.0f tokens/s%n",
                        step(),
                        elapsed().toMillis() / 1e3,
                        loss,
                        score.accuracy(),
                        score.wholeShare(),
                        norm,
                        rate,
                        tokens / seconds);
                score = Score.NONE;
                loss = 0;
                tokens = 0;
                since = System.nanoTime();
            }
            if (step() % VALIDATION_STEPS == 0) {
                validate();
            }
            if (step() % CHECKPOINT_STEPS == 0) {
                save();
            }
        }
        validate();
        save();
    }

    /** Writes a line on the validation batches, seen with the whole prefix. */
    Score validate() {
        Score score = Score.NONE;
        double loss = 0;
        for (Batch batch : validation) {
            TinyQwen.Outcome outcome = model.evaluate(weights, prefix, batch);
            score = score.plus(outcome.score());
            loss += outcome.loss() * outcome.score().tokens();
        }
        log.printf(
                Locale.ROOT,
                "validation at step %d: loss %.4f  tokens right %.4f  documents whole %.3f of %d%n",
                step(),
                loss / score.tokens(),
                score.accuracy(),
                score.wholeShare(),
                score.documents());
        return score;
    }

    private void save() throws IOException {
        new Checkpoint(step(), elapsed(), weights, optimizer.mean(), optimizer.square()).write(settings.checkpoint());
    }

    private double progress() {
        return settings.schedule().progress(step(), elapsed());
    }

    /** Chosen by seed and step alone, so that a resumed run goes on as it would have. */
    private Prefix prefixOfStep() {
        boolean whole = progress() >= TAIL_UNTIL
                || new Random(settings.seed() * 1_000_003 + step()).nextDouble() < settings.fullPrefixShare();
        return whole ? prefix : prefix.tail(TAIL_TOKENS);
    }
}
