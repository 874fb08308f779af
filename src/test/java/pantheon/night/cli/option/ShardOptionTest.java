package pantheon.night.cli.option;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import pantheon.night.ExitCode;
import pantheon.night.NightException;
import pantheon.night.journal.Shard;

/** Which shard a start is for. */
final class ShardOptionTest {
    private static final Map<String, String> SLURM = Map.of("SLURM_ARRAY_TASK_ID", "3", "SLURM_ARRAY_TASK_COUNT", "1");
    private static final Map<String, String> KUBERNETES = Map.of("JOB_COMPLETION_INDEX", "3");

    /** As a night has it: how many there are comes from the option, else from the configuration. */
    private static Optional<Shard> shard(@Nullable String text, int configured, Map<String, String> environment) {
        var said = text == null ? null : ShardOption.parse(text);
        int shards = said == null || said.of() == null ? configured : said.of();
        return ShardOption.of(said, shards, environment);
    }

    private static void refused(
            String message, @Nullable String text, int configured, Map<String, String> environment) {
        var refused = assertThrows(NightException.class, () -> shard(text, configured, environment));
        assertEquals(ExitCode.USAGE, refused.exitCode());
        var words = Objects.requireNonNull(refused.getMessage());
        assertTrue(words.contains(message), words);
    }

    @ParameterizedTest
    @CsvSource({"3/6,0", "3/6,9", "3,6"})
    void its_number_and_how_many_there_are_can_be_said(String text, int configured) {
        assertEquals(Optional.of(new Shard(3, 6)), shard(text, configured, Map.of()));
        assertEquals(Optional.of(new Shard(3, 6)), shard(text, configured, Map.of("SLURM_ARRAY_TASK_ID", "5")));
    }

    @ParameterizedTest
    @CsvSource(
            value = {"auto/6,0", "/6,0", "auto,6", "-,6"},
            nullValues = "-")
    void the_scheduler_may_tell_the_number(@Nullable String text, int configured) {
        assertEquals(Optional.of(new Shard(3, 6)), shard(text, configured, SLURM));
        assertEquals(Optional.of(new Shard(3, 6)), shard(text, configured, KUBERNETES));
    }

    @Test
    void without_a_word_a_night_does_the_whole_queue() {
        assertEquals(Optional.empty(), shard(null, 0, Map.of()));
        assertEquals(Optional.of(new Shard(0, 1)), shard("0/1", 0, SLURM));
    }

    @Test
    void a_process_of_an_array_that_was_not_told_of_shards_is_refused() {
        refused("each would do the whole queue", null, 0, SLURM);
        refused("each would do the whole queue", null, 0, KUBERNETES);
    }

    @Test
    void how_many_there_are_is_never_taken_from_the_scheduler() {
        refused("how many shards there are was not said", "auto", 0, SLURM);
        refused("Say --shard 3/N", "3", 0, Map.of());
    }

    @Test
    void a_number_that_nobody_tells_is_refused() {
        refused("Say --shard 0/6", null, 6, Map.of());
        refused("Say --shard 0/6", "auto/6", 0, Map.of());
        refused("expected one number", "auto/6", 0, Map.of("SLURM_ARRAY_TASK_ID", "3", "JOB_COMPLETION_INDEX", "4"));
        refused("expected one number", "auto/6", 0, Map.of("SLURM_ARRAY_TASK_ID", "3%2"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"6/6", "0/0", "auto/0", "/0", "0/100001", "auto/100001", "7/6"})
    void a_number_that_no_shard_has_is_told_as_it_was_written(String text) {
        refused("--shard is \"%s\", and there is no such shard".formatted(text), text, 0, SLURM);
    }

    @Test
    void a_number_that_no_shard_of_the_configuration_has_is_refused() {
        refused("there is no shard 6 of 6", "6", 6, Map.of());
        refused("there is no shard 3 of 3", null, 3, SLURM);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "3/", "/", "-1/6", "3/6/9", "three", "3 / 6", "auto6", "1234567/2345678"})
    void what_is_no_shard_is_refused(String text) {
        if (text.equals("/")) {
            refused("expected the shard's number", text, 0, Map.of());
        }
        refused("expected the shard's number", text, 6, Map.of());
    }
}
