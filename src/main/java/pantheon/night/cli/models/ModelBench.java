package pantheon.night.cli.models;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import pantheon.night.Count;
import pantheon.night.ExitCode;
import pantheon.night.IoReason;
import pantheon.night.NightException;
import pantheon.night.cli.console.Output;
import pantheon.night.cli.option.ConfigOptions;
import pantheon.night.cli.setup.Setup;
import pantheon.night.cli.unit.InUnit;
import pantheon.night.contract.Json;
import pantheon.night.disk.WholeFile;
import pantheon.night.engine.Engine;
import pantheon.night.journal.Machine;
import pantheon.night.report.section.Amount;
import pantheon.night.sizing.past.Speed;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/**
 * Measures a model of the configuration on this machine; what it finds sizes the nights of agents that never ran.
 *
 * <p>A model of this process is measured as the configuration has it, but with as many sequences as pay, and then with
 * other numbers of threads: the configuration that is the fastest here is told, and not taken.
 */
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        exitCodeOnInvalidInput = 64,
        description = {
            "Measures a model's prefill and decode speed, alone and beside others, for dry runs to come.",
            "With 1 to 16 sequences, and of a model that runs in this process with other numbers of threads as well; which of",
            "them are the fastest here is told."
        })
final class ModelBench implements Callable<Integer> {
    private static final int MOST_SEQUENCES = 16;
    /** Fewer sequences are chosen where more are not faster by so much. */
    private static final double WORTH = 1.05;

    @Mixin
    private ConfigOptions config = new ConfigOptions();

    @Mixin
    private InUnit inUnit = new InUnit();

    @Parameters(paramLabel = "MODEL", description = "The model's name in the configuration.")
    private String model = "";

    @Override
    public Integer call() {
        return inUnit.isAsked() ? inUnit.run() : bench();
    }

    private int bench() {
        var output = config.output();
        var setup = Setup.load(config.file(), Map.of());
        var configured = setup.config().models().get(model);
        if (configured == null) {
            throw new NightException(
                    ExitCode.USAGE,
                    "there is no model \"%s\"; expected one of %s. Name one of the configuration."
                            .formatted(model, setup.config().models().keySet()));
        }
        inUnit.prove(setup.egress(), config.file());
        var speed = rows(setup, configured.threads(), output);
        var file = setup.state().speed(model);
        write(file, speed);
        output.say("written to " + file);
        var result = speed.json();
        int slots = fastest(speed);
        result.put("sequences", slots);
        if (configured.server() == null) {
            result.put("threads", threads(setup, configured.threads(), slots, output));
        }
        output.result(result);
        return ExitCode.OK.status();
    }

    /** As the configuration has it, with 1 to 16 sequences. */
    private Speed rows(Setup setup, int threads, Output output) {
        try (var engine = setup.engine(model, threads, MOST_SEQUENCES)) {
            output.say("%s is loaded%s".formatted(model, memory(engine)));
            int most = Math.min(MOST_SEQUENCES, engine.model().sequences());
            var progress = new BenchProgress(output, InstantSource.system(), BenchTurns.ofAll(most));
            var turns = new BenchTurns(engine, progress);
            var began = Instant.now();
            double prefill = turns.prefillTokensPerSecond();
            var left = Duration.between(began, Instant.now())
                    .multipliedBy(BenchTurns.ofRows(most))
                    .dividedBy(BenchTurns.ofRows(1));
            progress.say("prefill: %.0f tokens/s; the decode speeds take about %s at most"
                    .formatted(prefill, Amount.time(left)));
            var decode = new TreeMap<Integer, Double>();
            for (int rows = 1; rows <= most; rows *= 2) {
                double each = turns.decodeTokensPerSecond(rows);
                decode.put(rows, each);
                progress.say("decode, %s: %.0f tokens/s each, %.0f in all"
                        .formatted(Count.of(rows, "sequence"), each, rows * each));
            }
            return new Speed(engine.model().digest(), Machine.here(Path.of("/proc")), Instant.now(), prefill, decode);
        }
    }

    private static String memory(Engine engine) {
        long bytes = engine.memoryBytes();
        return bytes == 0 ? "" : "; it takes %,d MB at most".formatted(bytes / 1_000_000);
    }

    /** The fewest sequences with which no other number is faster by much. */
    private static int fastest(Speed speed) {
        var all = speed.decodeTokensPerSecond().entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getKey() * entry.getValue()));
        double best = all.values().stream().mapToDouble(each -> each).max().orElseThrow();
        return all.entrySet().stream()
                .filter(entry -> entry.getValue() * WORTH >= best)
                .mapToInt(Map.Entry::getKey)
                .min()
                .orElseThrow();
    }

    /** The number of threads with which so many sequences are decoded the fastest. */
    private int threads(Setup setup, int configured, int sequences, Output output) {
        var speeds = new TreeMap<Integer, Double>();
        int cores = Runtime.getRuntime().availableProcessors();
        var all = IntStream.concat(IntStream.iterate(1, n -> n < cores, n -> 2 * n), IntStream.of(configured, cores))
                .distinct()
                .sorted()
                .toArray();
        var progress = new BenchProgress(output, InstantSource.system(), all.length * BenchTurns.of(sequences));
        for (int threads : all) {
            speeds.put(threads, withThreads(setup, threads, sequences, progress));
        }
        int best = speeds.entrySet().stream()
                .reduce((a, b) -> b.getValue() > a.getValue() * WORTH ? b : a)
                .orElseThrow()
                .getKey();
        progress.say(
                "fastest here: models.%1$s.threads %2$d, models.%1$s.sequences %3$d".formatted(model, best, sequences));
        return best;
    }

    private double withThreads(Setup setup, int threads, int sequences, BenchProgress progress) {
        try (var engine = setup.engine(model, threads, sequences)) {
            double each = new BenchTurns(engine, progress).decodeTokensPerSecond(sequences);
            progress.say("%s, %s: %.0f tokens/s in all"
                    .formatted(Count.of(threads, "thread"), Count.of(sequences, "sequence"), sequences * each));
            return each;
        }
    }

    private static void write(Path file, Speed speed) {
        try {
            Files.createDirectories(file.getParent());
            WholeFile.replace(
                    file, Json.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(speed.json()) + "\n");
        } catch (IOException e) {
            throw new NightException(
                    ExitCode.CANT_CREATE,
                    "%s cannot be written: %s. Check the folder's owner.".formatted(file, IoReason.of(e, file)),
                    e);
        }
    }
}
