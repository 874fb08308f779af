package pantheon.night.trainer;

import ai.djl.Device;
import ai.onnxruntime.OrtException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * The command that makes the embedded model: learns a vocabulary, trains, exports, and checks the export. One line is
 * printed per phase. Where the checkpoint exists, it goes on from there with the vocabulary in the output folder.
 */
@Command(
        name = "train-tiny-model",
        mixinStandardHelpOptions = true,
        description = "Trains the embedded tiny model and writes it as a model folder.")
public final class TrainTinyModel implements Callable<Integer> {
    /** Where conversations come from, by name. */
    private static final Map<String, ExampleSource.Factory> SOURCES = Map.of(
            "copies", CopyExamples::new,
            "front-matter", FrontMatterTraces::common,
            "front-matter-hard", FrontMatterTraces::hard,
            "front-matter-rare", FrontMatterTraces::rare);

    private static final int BPE_CONVERSATIONS = 6000;
    private static final int VALIDATION_CONVERSATIONS = 64;

    /** Validation and vocabulary come from sources of their own, far from the training source's seed. */
    private static final long VALIDATION_SEED = 777_000_777;

    private static final int CHECK_TOKENS = 96;

    /** When to stop; one of the two. */
    static final class End {
        @Option(names = "--minutes", description = "Stop after so many minutes of training.")
        double minutes;

        @Option(names = "--steps", description = "Stop after so many steps.")
        int steps;

        Schedule schedule() {
            return steps > 0
                    ? new Schedule.Steps(steps)
                    : new Schedule.Time(Duration.ofMillis(Math.round(minutes * 60_000)));
        }
    }

    @Option(names = "--out", required = true, description = "Folder to write the model to.")
    private Path out = Path.of("");

    @ArgGroup(multiplicity = "1")
    private End end = new End();

    @Option(names = "--source", defaultValue = "copies", description = "Where examples come from.")
    private String source = "copies";

    @Option(names = "--examples", description = "File of conversations to learn from, in place of a source.")
    private @Nullable Path examples;

    @Option(names = "--validation", description = "File of conversations to validate on, where examples are a file.")
    private @Nullable Path validation;

    @Option(names = "--from", description = "Model folder whose vocabulary and weights to begin with.")
    private @Nullable Path from;

    @Option(names = "--seed", defaultValue = "1")
    private long seed = 1;

    @Option(names = "--batch", defaultValue = "4800", description = "Tokens per step (default: ${DEFAULT-VALUE}).")
    private int batchTokens = 4800;

    @Option(names = "--learning-rate", defaultValue = "0.002", description = "Peak (default: ${DEFAULT-VALUE}).")
    private double learningRate = 0.002;

    @Option(
            names = "--full-prefix-share",
            defaultValue = "0.25",
            description = "Share of the steps that see the whole system prompt (default: ${DEFAULT-VALUE}).")
    private double fullPrefixShare = 0.25;

    @Option(names = "--vocabulary", defaultValue = "1024", description = "Tokens (default: ${DEFAULT-VALUE}).")
    private int vocabulary = 1024;

    @Option(names = "--checkpoint", description = "File to save to and resume from (default: OUT/checkpoint.bin).")
    private @Nullable Path checkpoint;

    @Option(names = "--device", defaultValue = "cpu", description = "cpu or gpu.")
    private String device = "cpu";

    @Option(names = "--threads", defaultValue = "0", description = "Threads of an operation; 0 for all cores.")
    private int threads;

    public static void main(String... arguments) {
        System.exit(new CommandLine(new TrainTinyModel()).execute(arguments));
    }

    @Override
    public Integer call() throws IOException, InterruptedException, OrtException {
        PrintStream log = System.out;
        ExampleSource.Factory factory = factory(examples);
        Files.createDirectories(out);
        Path saved = checkpoint == null ? out.resolve("checkpoint.bin") : checkpoint;
        String prefixText = factory.open(seed).prefix();
        if (!Files.exists(saved) || !Files.exists(out.resolve(TokenizerFiles.TOKENIZER))) {
            if (from == null) {
                learnVocabulary(factory, prefixText, log);
            } else {
                TokenizerFiles.copy(from, out);
            }
        }
        ModelShape shape = ModelShape.embedded(vocabulary);
        float[] initial =
                from == null ? InitialWeights.of(shape, seed) : OnnxWeights.read(shape, from.resolve(ModelFiles.GRAPH));
        TrainingRun.Settings settings =
                new TrainingRun.Settings(end.schedule(), seed, batchTokens, learningRate, fullPrefixShare, saved);
        try (ExampleEncoder encoder = new ExampleEncoder(out);
                TinyQwen model = new TinyQwen(shape, device.equals("gpu") ? Device.gpu() : Device.cpu(), threads)) {
            Prefix prefix = new Prefix(encoder.tokens(prefixText));
            ExampleSource kept =
                    factory(validation == null ? examples : validation).open(VALIDATION_SEED);
            List<Batch> asked = BatchQueue.cut(examples(kept, encoder), 2 * batchTokens);
            TrainingRun run = new TrainingRun(settings, shape, initial, model, prefix, asked, log);
            log.printf(
                    "training from step %d: %d parameters, prefix of %d tokens, %d tokens a step%n",
                    run.step(), run.weights().length, prefix.length(), batchTokens);
            run.validate();
            // A resumed run takes fresh examples rather than the first ones again.
            ExampleSource fresh = factory.open(seed + 1_000_003L * run.step());
            try (BatchQueue batches =
                    new BatchQueue(() -> encoder.example(fresh.next()), batchTokens, seed + run.step())) {
                run.run(batches);
            }
            ModelFiles.write(out, shape, run.weights());
            log.printf("exported %s, %d bytes%n", ModelFiles.GRAPH, Files.size(out.resolve(ModelFiles.GRAPH)));
            check(shape, model, run.weights(), log);
        }
        return 0;
    }

    /** Conversations of a file, or of the source where there is none. */
    private ExampleSource.Factory factory(@Nullable Path file) throws IOException {
        if (file != null) {
            return ExampleFile.read(file)::source;
        }
        ExampleSource.Factory factory = SOURCES.get(source);
        if (factory == null) {
            throw new IllegalArgumentException("no source is called " + source + ", only " + SOURCES.keySet());
        }
        return factory;
    }

    private void learnVocabulary(ExampleSource.Factory factory, String prefix, PrintStream log) throws IOException {
        BpeTrainer bpe = new BpeTrainer();
        ExampleSource examples = factory.open(seed);
        for (int i = 0; i < BPE_CONVERSATIONS; i++) {
            examples.next().forEach(segment -> bpe.add(segment.text()));
        }
        // The prefix is read once a night, not once a task: it earns few tokens of its own.
        bpe.add(prefix, BPE_CONVERSATIONS / 20);
        TokenizerFiles.write(out, bpe.train(vocabulary), ModelShape.MAX_POSITIONS);
        log.printf("vocabulary of %d tokens from %d conversations%n", vocabulary, BPE_CONVERSATIONS);
    }

    private static List<Example> examples(ExampleSource source, ExampleEncoder encoder) {
        List<Example> examples = new ArrayList<>();
        for (int i = 0; i < VALIDATION_CONVERSATIONS; i++) {
            examples.add(encoder.example(source.next()));
        }
        return examples;
    }

    /** Compares the exported graph with the trained model: as one chunk, token by token, and a chunk after the prefix. */
    private void check(ModelShape shape, TinyQwen model, float[] weights, PrintStream log) throws OrtException {
        double worst = exportDifference(shape, model, weights, out.resolve(ModelFiles.GRAPH));
        log.printf("largest difference of a logit between the trained and the exported model: %.2g%n", worst);
        if (worst > OnnxCheck.TOLERANCE) {
            throw new IllegalStateException("the exported model differs from the trained one");
        }
    }

    /** The largest difference of a logit over random tokens, given whole, in two chunks, and one by one. */
    static double exportDifference(ModelShape shape, TinyQwen model, float[] weights, Path graph) throws OrtException {
        int[] tokens = new Random(9).ints(CHECK_TOKENS, 0, shape.vocabulary()).toArray();
        boolean[] asked = new boolean[CHECK_TOKENS];
        Arrays.fill(asked, true);
        int first = CHECK_TOKENS / 3;
        // Logits exist from the first row token on, to predict its successor; those of the prefix are not computed.
        Prefix prefix = new Prefix(Arrays.copyOf(tokens, first));
        Example row = new Example(
                Arrays.copyOfRange(tokens, first, CHECK_TOKENS), Arrays.copyOfRange(asked, first, CHECK_TOKENS));
        float[] expected = model.logits(weights, prefix, Batch.of(List.of(row)));
        int[] single = new int[CHECK_TOKENS];
        Arrays.fill(single, 1);
        double worst = 0;
        try (OnnxCheck check = new OnnxCheck(shape, graph)) {
            for (int[] chunks : new int[][] {{CHECK_TOKENS}, {first, CHECK_TOKENS - first}, single}) {
                float[] logits = check.logits(tokens, chunks);
                for (int i = 0; i < expected.length; i++) {
                    worst = Math.max(worst, Math.abs(expected[i] - logits[first * shape.vocabulary() + i]));
                }
            }
        }
        return worst;
    }
}
