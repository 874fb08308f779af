package pantheon.night.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import pantheon.night.Count;
import pantheon.night.ExitCode;
import pantheon.night.IoReason;
import pantheon.night.NightException;
import pantheon.night.cli.console.Output;
import pantheon.night.cli.option.ConfigOptions;
import pantheon.night.cli.setup.Setup;
import pantheon.night.contract.Json;
import pantheon.night.engine.Engine;
import pantheon.night.engine.Generation;
import pantheon.night.engine.GenerationLimits;
import pantheon.night.journal.Machine;
import pantheon.night.prompt.Prompt;
import pantheon.night.report.section.Amount;
import pantheon.night.sizing.past.Speed;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Measures a model of the configuration on this machine; what it finds sizes the nights of agents that never ran. */
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        exitCodeOnInvalidInput = 64,
        description = "Measures a model's prefill and decode speed, alone and beside others, for dry runs to come.")
final class ModelBench implements Callable<Integer> {
    private static final int[] SEQUENCES = {1, 2, 4, 8};
    private static final int TURNS = 4;
    private static final int PROMPT_WORDS = 200;
    private static final int TOKENS = 64;
    private static final int ALL_TURNS = TURNS * IntStream.of(SEQUENCES).sum();
    private static final Duration LONGEST_TURN = Duration.ofMinutes(5);

    @Mixin
    private ConfigOptions config = new ConfigOptions();

    @Parameters(paramLabel = "MODEL", description = "The model's name in the configuration.")
    private String model = "";

    @Override
    public Integer call() {
        var output = config.output();
        var setup = Setup.load(config.file(), Map.of());
        if (!setup.config().models().containsKey(model)) {
            throw new NightException(
                    ExitCode.USAGE,
                    "there is no model \"%s\"; expected one of %s. Name one of the configuration."
                            .formatted(model, setup.config().models().keySet()));
        }
        try (var engine = setup.engine(model)) {
            output.say("%s is loaded; %d turns of %d tokens are measured".formatted(model, ALL_TURNS, TOKENS));
            turn(engine, 0); // the first turn of a process is slower than any after it
            var speed = measured(engine, output);
            var file = setup.state().speed(model);
            write(file, speed);
            output.result(speed.json());
            output.say("%s: prefill %.0f tokens/s; decode of each of 1, 2, 4, 8 sequences %s tokens/s"
                    .formatted(
                            model,
                            speed.prefillTokensPerSecond(),
                            speed.decodeTokensPerSecond().values().stream()
                                    .map("%.0f"::formatted)
                                    .toList()));
            output.say("written to " + file);
        }
        return ExitCode.OK.status();
    }

    private static Speed measured(Engine engine, Output output) {
        NavigableMap<Integer, Double> decode = new TreeMap<>();
        double prefill = 0;
        int number = 1;
        var began = Instant.now();
        for (int sequences : SEQUENCES) {
            int first = number;
            var turns = beside(engine, sequences, first);
            number += sequences * TURNS;
            double seconds = turns.stream()
                            .mapToDouble(turn -> turn.decodeTime().toNanos())
                            .sum()
                    / 1e9;
            double tokens =
                    turns.stream().mapToInt(turn -> turn.usage().outputTokens()).sum();
            decode.put(sequences, tokens / Math.max(1e-9, seconds));
            output.say(progress(
                    sequences, tokens / Math.max(1e-9, seconds), number - 1, Duration.between(began, Instant.now())));
            if (sequences == 1) {
                double prompt = turns.stream()
                        .mapToInt(turn ->
                                turn.usage().inputTokens() - turn.usage().cachedTokens())
                        .sum();
                double read = turns.stream()
                                .mapToDouble(turn -> turn.prefillTime().toNanos())
                                .sum()
                        / 1e9;
                prefill = prompt / Math.max(1e-9, read);
            }
        }
        return new Speed(engine.model().digest(), Machine.here(Path.of("/proc")), Instant.now(), prefill, decode);
    }

    /** What was measured last, and how long the rest takes if each of its turns takes as long as those until now. */
    private static String progress(int sequences, double tokensPerSecond, int turns, Duration elapsed) {
        int left = ALL_TURNS - turns;
        return "%s at once: %.0f tokens/s each; %s left%s"
                .formatted(
                        Count.of(sequences, "sequence"),
                        tokensPerSecond,
                        Count.of(left, "turn"),
                        left == 0
                                ? ""
                                : ", about "
                                        + Amount.time(elapsed.multipliedBy(left).dividedBy(turns)));
    }

    /** As many sequences at once, each some turns long. */
    private static List<Generation> beside(Engine engine, int sequences, int first) {
        try (var threads = Executors.newFixedThreadPool(sequences)) {
            var running = IntStream.range(0, sequences)
                    .mapToObj(sequence -> threads.submit(() -> IntStream.range(0, TURNS)
                            .mapToObj(turn -> turn(engine, first + sequence * TURNS + turn))
                            .toList()))
                    .toList();
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

    /** A turn on a prompt that no other has a beginning in common with, so that no cache answers it. */
    private static Generation turn(Engine engine, int number) {
        var words = new StringBuilder();
        for (int i = 0; i < PROMPT_WORDS; i++) {
            words.append((number * 7919L + i * 31L) % 1000).append(" word ");
        }
        try (var conversation = engine.open()) {
            return conversation.generate(Prompt.unshared(words.toString()), new GenerationLimits(TOKENS, LONGEST_TURN));
        }
    }

    private static void write(Path file, Speed speed) {
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(
                    file, Json.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(speed.json()) + "\n");
        } catch (IOException e) {
            throw new NightException(
                    ExitCode.CANT_CREATE,
                    "%s cannot be written: %s. Check the folder's owner.".formatted(file, IoReason.of(e, file)),
                    e);
        }
    }
}
