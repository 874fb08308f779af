package pantheon.night.cli.setup;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import pantheon.night.batch.Window;
import pantheon.night.config.NightConfig;
import pantheon.night.disk.RegularFile;

/**
 * A job of Slurm, as its environment and its script tell it (sbatch(1)), and what in them would cost a night its work. The
 * controller is not asked: nothing here calls out.
 *
 * @param environment of the process
 * @param script its lines; empty where it cannot be found, as in a step of srun
 */
public record SlurmJob(Map<String, String> environment, List<String> script) {
    /** What slurmd calls its copy of a script, in a folder of the job's. */
    private static final String COPY = "slurm_script";

    private static final int MOST_BYTES = 1 << 20;
    private static final Pattern OPTION = Pattern.compile("#SBATCH\\s+(.*)");
    private static final Pattern SIGNAL = Pattern.compile("(B:)?[A-Z0-9]+(?:@([0-9]{1,6}))?");
    /** Slurm may send a signal so much earlier than said. */
    private static final Duration EARLY = Duration.ofMinutes(1);

    /** The job that this process is in, empty where it is in none. */
    public static Optional<SlurmJob> here(Map<String, String> environment) {
        return environment.containsKey("SLURM_JOB_ID")
                ? Optional.of(new SlurmJob(environment, script(Path.of("/proc"))))
                : Optional.empty();
    }

    /** The script that one of the processes above this one runs. */
    private static List<String> script(Path proc) {
        return Stream.iterate(
                        ProcessHandle.current().parent(),
                        Optional::isPresent,
                        parent -> parent.flatMap(ProcessHandle::parent))
                .flatMap(Optional::stream)
                .flatMap(process -> words(proc.resolve(Long.toString(process.pid()))).stream())
                .filter(word -> word.endsWith("/" + COPY))
                .flatMap(word -> lines(Path.of(word)).stream())
                .toList();
    }

    private static List<String> words(Path process) {
        try {
            return List.of(
                    RegularFile.text(process.resolve("cmdline"), MOST_BYTES).split("\0"));
        } catch (IOException e) {
            return List.of(); // it is another user's, or gone
        }
    }

    private static List<String> lines(Path file) {
        try {
            return RegularFile.text(file, MOST_BYTES).lines().toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    /**
     * What to change, a line each.
     *
     * @param hasNetwork whether the process has the node's network
     */
    public List<String> problems(NightConfig config, boolean hasNetwork, Instant now, ZoneId zone) {
        var problems = new ArrayList<String>();
        environments(config, now, zone).forEach(problems::add);
        if (script.isEmpty()) {
            problems.add(
                    "its script cannot be looked at from here; run doctor in it, before the night's line and without exec");
            return problems;
        }
        scripts(config).forEach(problems::add);
        if (hasNetwork && !says("unshare")) {
            problems.add(
                    "the job has its node's network; where nodes let users make namespaces, write unshare -Ucn before the program, and there is none");
        }
        return problems;
    }

    private Stream<String> environments(NightConfig config, Instant now, ZoneId zone) {
        return Stream.of(shard(config), threads(config), export(), end(config, now, zone))
                .flatMap(Optional::stream);
    }

    private Optional<String> shard(NightConfig config) {
        boolean isSaid = config.shards() > 0 || says("--shard");
        return environment.containsKey("SLURM_ARRAY_TASK_ID") && !isSaid
                ? Optional.of(
                        "nothing says how many shards there are, and Slurm tells only how many were submitted; write --shard auto/N, or set shards")
                : Optional.empty();
    }

    private Optional<String> threads(NightConfig config) {
        int threads = config.models().values().stream()
                .mapToInt(NightConfig.Model::threads)
                .max()
                .orElse(1);
        var granted = granted();
        return granted.isPresent() && threads > granted.getAsInt()
                ? Optional.of(
                        "a model has %d threads, and the job %d processors; set its threads to $SLURM_CPUS_PER_TASK, as PANTHEON_NIGHT_MODELS_…_THREADS, or ask for more"
                                .formatted(threads, granted.getAsInt()))
                : Optional.empty();
    }

    private OptionalInt granted() {
        return Stream.of("SLURM_CPUS_PER_TASK", "SLURM_CPUS_ON_NODE")
                .map(name -> environment.getOrDefault(name, ""))
                .filter(value -> value.matches("[0-9]{1,6}"))
                .mapToInt(Integer::parseInt)
                .findFirst();
    }

    private Optional<String> export() {
        return "NONE".equals(environment.get("SLURM_EXPORT_ENV"))
                        || option("export").isPresent()
                ? Optional.empty()
                : Optional.of(
                        "the environment of the shell that submitted comes along, with its tokens and proxies; write #SBATCH --export=NONE");
    }

    /** The end of the window, against that of the job. */
    private Optional<String> end(NightConfig config, Instant now, ZoneId zone) {
        var limit = environment.getOrDefault("SLURM_JOB_END_TIME", "");
        var until = config.until();
        if (until == null || !limit.matches("[0-9]{1,12}")) {
            return Optional.empty();
        }
        var end = Instant.ofEpochSecond(Long.parseLong(limit));
        return Window.end("--until", until, now, zone).isBefore(end)
                ? Optional.empty()
                : Optional.of("the night's window is open until %s, and the job ends at %s; let it close before"
                        .formatted(until, end));
    }

    private Stream<String> scripts(NightConfig config) {
        return Stream.of(exec(), signal(config), until(config)).flatMap(Optional::stream);
    }

    private Optional<String> exec() {
        return script.stream().map(String::strip).anyMatch(line -> line.startsWith("exec ") || line.startsWith("srun "))
                ? Optional.empty()
                : Optional.of(
                        "the script has no exec, so Slurm's TERM ends the shell, and the program is killed without one; write exec before it");
    }

    private Optional<String> signal(NightConfig config) {
        var least = config.grace().plus(EARLY).toSeconds();
        var example = "#SBATCH --signal=B:TERM@%d".formatted(least);
        var said = option("signal").map(SIGNAL::matcher).filter(match -> match.matches());
        if (said.isEmpty()) {
            return Optional.of(
                    "the script asks for no signal before the time limit, and what runs then is killed; write %s"
                            .formatted(example));
        }
        if (said.get().group(1) == null && !says("srun")) {
            return Optional.of("its --signal is for steps of srun alone; write %s".formatted(example));
        }
        var seconds = said.get().group(2);
        return seconds != null && Long.parseLong(seconds) >= config.grace().toSeconds()
                ? Optional.empty()
                : Optional.of("its --signal comes later than window.grace, %d s, before the end; write %s"
                        .formatted(config.grace().toSeconds(), example));
    }

    private Optional<String> until(NightConfig config) {
        return config.until() != null || says("--until")
                ? Optional.empty()
                : Optional.of(
                        "nothing closes the night's window before the job's time limit; write --until, some minutes before --time");
    }

    /** The value of one of sbatch's options in the script. */
    private Optional<String> option(String name) {
        var form = Pattern.compile("(?:.*\\s)?--%s[= ]\\s*(\\S+).*".formatted(name));
        return script.stream()
                .map(OPTION::matcher)
                .filter(line -> line.matches())
                .map(line -> form.matcher(line.group(1)))
                .filter(value -> value.matches())
                .map(value -> value.group(1))
                .findFirst();
    }

    /** Whether a line of it that is no comment has a word. */
    private boolean says(String word) {
        return script.stream().map(String::strip).anyMatch(line -> !line.startsWith("#") && line.contains(word));
    }
}
