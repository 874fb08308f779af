package pantheon.night.config;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The job scripts for schedulers, as they are shipped. */
final class ShippedJobsTest {
    private static final Path SLURM = Path.of("config/slurm/night.sbatch");
    private static final Path KUBERNETES = Path.of("config/kubernetes/night.yaml");

    private static List<String> found(String text, String pattern) {
        return Pattern.compile(pattern)
                .matcher(text)
                .results()
                .map(match -> match.group(1))
                .distinct()
                .toList();
    }

    @Test
    void the_slurm_script_is_one_that_bash_takes_and_ends_in_the_program_itself() throws Exception {
        var bash = new ProcessBuilder("bash", "-n", SLURM.toString())
                .redirectErrorStream(true)
                .start();
        var said = new String(bash.getInputStream().readAllBytes(), UTF_8);
        assertEquals(0, bash.waitFor(), said);
        var last = Files.readString(SLURM).strip().lines().toList().getLast();
        assertTrue(last.startsWith("exec "), last);
        assertTrue(Files.readString(SLURM).contains("#SBATCH --export=NONE"));
    }

    @Test
    void variables_of_both_are_variables_of_the_configuration() throws IOException {
        var docs = Files.readString(Path.of("docs/configuration.md"));
        for (var file : List.of(SLURM, KUBERNETES)) {
            var names = found(Files.readString(file), "(PANTHEON_NIGHT_[A-Z_]+)");
            assertTrue(names.size() > 3, file + " sets " + names);
            names.stream()
                    .filter(name -> !name.startsWith("PANTHEON_NIGHT_MODELS_"))
                    .forEach(name -> assertTrue(docs.contains(name), file + ": " + name));
        }
    }

    @Test
    void the_kubernetes_job_says_the_number_of_its_shards_alike_everywhere() throws IOException {
        var job = Files.readString(KUBERNETES);
        var numbers = Stream.of("completions: ([0-9]+)", "parallelism: ([0-9]+)", "SHARDS, value: \"([0-9]+)\"")
                .flatMap(pattern -> found(job, pattern).stream())
                .toList();
        assertEquals(3, numbers.size());
        assertEquals(1, numbers.stream().distinct().count(), numbers.toString());
    }
}
