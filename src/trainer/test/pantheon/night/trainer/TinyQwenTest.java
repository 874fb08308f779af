package pantheon.night.trainer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TinyQwenTest {
    private static final ModelShape SHAPE = ModelShape.embedded(1024);
    private static TinyQwen model;

    @BeforeAll
    static void open() {
        model = new TinyQwen(SHAPE, Device.cpu(), 0);
    }

    @AfterAll
    static void close() {
        model.close();
    }

    @Test
    void copies_before_the_first_step() {
        Score score = evaluate(InitialWeights.of(SHAPE, 1), new CopyTask(1024, 150, 0, 0), 16, 300);
        assertTrue(score.accuracy() > 0.99, () -> score.toString());
    }

    @Test
    void follows_the_longest_common_run_among_look_alikes() {
        Score score = evaluate(InitialWeights.of(SHAPE, 1), new CopyTask(1024, 40, 3, 3), 100, 300);
        assertTrue(score.accuracy() > 0.9, () -> score.toString());
    }

    @Test
    void does_not_copy_from_ordinary_weights() {
        float[] weights = InitialWeights.of(SHAPE, 1);
        ParameterLayout.Slice output = new ParameterLayout(SHAPE).slice("l1_output");
        Arrays.fill(weights, output.offset(), output.offset() + output.size(), 0);
        assertTrue(evaluate(weights, new CopyTask(1024, 150, 0, 0), 16, 300).accuracy() < 0.05);
    }

    @Test
    void the_gradient_is_the_slope_of_the_loss() {
        float[] weights = noisy(2);
        Prefix prefix = new Prefix(new Random(4).ints(20, 0, 1024).toArray());
        Batch batch = Batch.of(examples(new CopyTask(1024, 20, 0, 0), 4, 5));
        float[] gradient = new float[weights.length];
        model.train(weights, prefix, batch, gradient);
        double length = Math.sqrt(dot(gradient, gradient));
        double step = 0.002;
        float[] ahead = weights.clone();
        float[] behind = weights.clone();
        for (int i = 0; i < weights.length; i++) {
            ahead[i] += (float) (step * gradient[i] / length);
            behind[i] -= (float) (step * gradient[i] / length);
        }
        double slope = (model.evaluate(ahead, prefix, batch).loss()
                        - model.evaluate(behind, prefix, batch).loss())
                / (2 * step);
        assertEquals(length, slope, 0.02 * length);
    }

    @Test
    void padding_and_neighbours_change_nothing() {
        float[] weights = noisy(3);
        Prefix prefix = new Prefix(new int[] {5, 6, 7});
        Example small = examples(new CopyTask(1024, 8, 0, 0), 1, 1).getFirst();
        Example big = examples(new CopyTask(1024, 30, 0, 0), 1, 2).getFirst();
        float[] alone = model.logits(weights, prefix, Batch.of(List.of(small)));
        float[] beside = model.logits(weights, prefix, Batch.of(List.of(small, big)));
        assertArrayEquals(alone, Arrays.copyOf(beside, alone.length), 1e-4f);
    }

    @Test
    void the_exported_graph_computes_the_same(@TempDir Path directory) throws Exception {
        float[] weights = noisy(4);
        ModelFiles.write(directory, SHAPE, weights);
        Path graph = directory.resolve(ModelFiles.GRAPH);
        assertTrue(TrainTinyModel.exportDifference(SHAPE, model, weights, graph) < OnnxCheck.TOLERANCE);
        assertTrue(TrainTinyModel.exportDifference(SHAPE, model, noisy(5), graph) > OnnxCheck.TOLERANCE);
    }

    @Test
    void a_resumed_run_has_the_state_of_the_one_that_stopped(@TempDir Path directory) throws Exception {
        Random random = new Random(6);
        Checkpoint saved =
                new Checkpoint(17, Duration.ofSeconds(5), floats(random, 9), floats(random, 9), floats(random, 9));
        Path file = directory.resolve("checkpoint.bin");
        saved.write(file);
        Checkpoint read = Checkpoint.read(file, 9);
        assertEquals(saved.step(), read.step());
        assertEquals(saved.elapsed(), read.elapsed());
        assertArrayEquals(saved.weights(), read.weights());
        assertArrayEquals(saved.mean(), read.mean());
        assertArrayEquals(saved.square(), read.square());
    }

    /** Initial weights with every silent part woken, so that a difference anywhere shows. */
    private static float[] noisy(long seed) {
        float[] weights = InitialWeights.of(SHAPE, seed);
        Random random = new Random(seed);
        for (int i = 0; i < weights.length; i++) {
            weights[i] += (float) (random.nextGaussian() * 0.02);
        }
        return weights;
    }

    private static Score evaluate(float[] weights, CopyTask task, int rows, int prefixTokens) {
        Prefix prefix = new Prefix(new Random(3).ints(prefixTokens, 0, 1024).toArray());
        return model.evaluate(weights, prefix, Batch.of(examples(task, rows, 7)))
                .score();
    }

    private static List<Example> examples(CopyTask task, int count, long seed) {
        Random random = new Random(seed);
        List<Example> examples = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            examples.add(task.next(random));
        }
        return examples;
    }

    private static float[] floats(Random random, int count) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = random.nextFloat();
        }
        return values;
    }

    private static double dot(float[] a, float[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += (double) a[i] * b[i];
        }
        return sum;
    }
}
