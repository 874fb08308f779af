package pantheon.night.cli.setup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pantheon.night.config.ConfigLoader;
import pantheon.night.config.NightConfig;

/** What doctor says of a job script. */
final class SlurmJobTest {
    private static final Instant NOW = Instant.parse("2026-11-30T22:00:00Z");

    @TempDir
    private Path temporary = Path.of("");

    private final Map<String, String> environment = new HashMap<>(Map.of(
            "SLURM_JOB_ID", "17",
            "SLURM_ARRAY_TASK_ID", "3",
            "SLURM_EXPORT_ENV", "NONE",
            "SLURM_CPUS_PER_TASK", "4",
            "SLURM_CPUS_ON_NODE", "8"));
    private final List<String> script = new ArrayList<>();
    private String configuration = "";

    @BeforeEach
    void take_the_shipped_script() throws IOException {
        script.addAll(Files.readAllLines(Path.of("config/slurm/night.sbatch")));
    }

    private NightConfig config() throws IOException {
        var models = configuration.contains("models:") ? "" : "models: {docops-front-matter: {path: m}}\n";
        var file = Files.writeString(temporary.resolve("pantheon-night.yaml"), models + configuration);
        return ConfigLoader.load(file, Map.of(), Map.of()).config();
    }

    private List<String> problems(boolean hasNetwork) throws IOException {
        return new SlurmJob(environment, script).problems(config(), hasNetwork, NOW, ZoneOffset.UTC);
    }

    private void tells(String words) throws IOException {
        var problems = problems(false);
        assertEquals(1, problems.size(), problems.toString());
        assertTrue(problems.getFirst().contains(words), problems.toString());
    }

    private void replace(String what, String by) {
        script.replaceAll(line -> line.replace(what, by));
    }

    @Test
    void the_shipped_script_has_nothing_to_change() throws IOException {
        assertEquals(List.of(), problems(false));
        assertEquals(List.of(), problems(true), "it makes a network of its own where it can");
    }

    @Test
    void without_exec_the_program_gets_no_signal() throws IOException {
        replace("exec \"", "\"");
        tells("write exec before it");
    }

    @Test
    void a_signal_has_to_be_asked_for_in_time_and_for_the_script() throws IOException {
        replace("#SBATCH --signal=B:TERM@300", "");
        tells("write #SBATCH --signal=B:TERM@180");
        script.add("#SBATCH --signal=TERM@300");
        tells("for steps of srun alone");
        replace("#SBATCH --signal=TERM@300", "#SBATCH --signal=B:TERM@30");
        tells("later than window.grace, 120 s");
        replace("@30", "@120");
        assertEquals(List.of(), problems(false));
    }

    @Test
    void something_closes_the_window_before_the_job_ends() throws IOException {
        replace("--until \"$until\"", "");
        tells("write --until");
        configuration = "window: {until: \"06:00\"}\n";
        assertEquals(List.of(), problems(false));
        environment.put(
                "SLURM_JOB_END_TIME",
                Long.toString(Instant.parse("2026-12-01T05:00:00Z").getEpochSecond()));
        tells("open until 06:00, and the job ends at 2026-12-01T05:00:00Z");
        environment.put(
                "SLURM_JOB_END_TIME",
                Long.toString(Instant.parse("2026-12-01T06:10:00Z").getEpochSecond()));
        assertEquals(List.of(), problems(false));
    }

    @Test
    void what_the_submitting_shell_has_stays_there() throws IOException {
        environment.remove("SLURM_EXPORT_ENV");
        assertEquals(List.of(), problems(false), "the script says so");
        replace("#SBATCH --export=NONE", "");
        tells("write #SBATCH --export=NONE");
    }

    @Test
    void there_are_no_more_threads_than_processors_were_granted() throws IOException {
        configuration = "models: {docops-front-matter: {path: m, threads: 6}}\n";
        tells("6 threads, and the job 4 processors");
        environment.remove("SLURM_CPUS_PER_TASK");
        assertEquals(List.of(), problems(false), "the node granted 8");
    }

    @Test
    void an_array_says_how_many_shards_there_are() throws IOException {
        replace("--shard \"$shard/$shards\"", "");
        tells("write --shard auto/N");
        configuration = "shards: 6\n";
        assertEquals(List.of(), problems(false));
    }

    @Test
    void the_nodes_network_is_told_of() throws IOException {
        script.removeIf(line -> line.contains("unshare"));
        assertEquals(List.of(), problems(false));
        var problems = problems(true);
        assertEquals(1, problems.size(), problems.toString());
        assertTrue(problems.getFirst().contains("unshare -Ucn"), problems.toString());
    }

    @Test
    void a_script_that_cannot_be_found_is_told_of_and_the_environment_looked_at() throws IOException {
        script.clear();
        environment.remove("SLURM_EXPORT_ENV");
        configuration = "shards: 6\n";
        var problems = problems(true);
        assertEquals(2, problems.size(), problems.toString());
        assertTrue(problems.getFirst().contains("--export=NONE"), problems.toString());
        assertTrue(problems.getLast().contains("without exec"), problems.toString());
    }

    @Test
    void outside_of_a_job_nothing_is_said() {
        assertEquals(Optional.empty(), SlurmJob.here(Map.of("HOME", "/nonexistent")));
        assertTrue(SlurmJob.here(environment).isPresent());
    }
}
