package pantheon.night.past;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import pantheon.night.ExitCode;
import pantheon.night.NightException;
import pantheon.night.batch.SmallNight;
import pantheon.night.journal.Shard;
import pantheon.night.journal.StateFolder;

/** Which shard a state folder is for. */
final class ShardStateTest {
    private static final Shard MINE = new Shard(3, 6);

    @TempDir
    private Path folder = Path.of("");

    private void claim(@Nullable Shard shard) {
        var state = new StateFolder(folder.resolve("state"));
        new ShardState(state).claim(shard, History.of(folder.resolve("log")));
    }

    private String refused(@Nullable Shard shard, ExitCode code) {
        var refused = assertThrows(NightException.class, () -> claim(shard));
        assertEquals(code, refused.exitCode());
        return Objects.requireNonNull(refused.getMessage());
    }

    private Path file() {
        return folder.resolve("state/shard.json");
    }

    @Test
    void a_new_folder_becomes_the_shards_and_stays_it() throws IOException {
        claim(MINE);
        claim(MINE);
        assertEquals("{\"index\": 3, \"of\": 6, \"hash\": \"sha256-64\"}\n", Files.readString(file()));
    }

    @Test
    void another_shard_and_another_number_of_them_are_refused_with_what_to_do() {
        claim(MINE);
        var other = refused(new Shard(3, 7), ExitCode.USAGE);
        assertTrue(other.contains("is the state of shard 3 of 6, and this start is for shard 3 of 7"), other);
        assertTrue(other.contains("Say --shard 3/6, or set state and log"), other);
        refused(new Shard(2, 6), ExitCode.USAGE);
        var whole = refused(null, ExitCode.USAGE);
        assertTrue(whole.contains("this start is for a whole queue"), whole);
    }

    @Test
    void a_whole_queue_leaves_no_file_and_its_folder_is_no_shards() throws IOException {
        claim(null);
        assertTrue(Files.notExists(file()));
        var night = SmallNight.layOut(folder, 1);
        night.run(SmallNight.tasks(1), SmallNight.rule());
        claim(null);
        var refused = refused(MINE, ExitCode.USAGE);
        assertTrue(refused.contains("is the state of a whole queue"), refused);
        assertTrue(refused.contains("Leave --shard and shards out"), refused);
        claim(new Shard(0, 1));
    }

    @Test
    void where_the_file_was_lost_the_journals_tell() throws IOException {
        var night = SmallNight.layOut(folder, 1);
        night.shard = MINE;
        night.run(SmallNight.tasks(1), SmallNight.rule());
        refused(new Shard(2, 6), ExitCode.USAGE);
        refused(null, ExitCode.USAGE);
        claim(MINE);
        assertTrue(Files.exists(file()), "and it is written again");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{}",
                "[3, 6]",
                "{\"index\":3,\"of\":6}",
                "{\"index\":6,\"of\":6,\"hash\":\"sha256-64\"}",
                "{\"index\":3,\"of\":6,\"hash\":\"another\"}",
                "{\"index\":3e99,\"of\":6,\"hash\":\"sha256-64\"}"
            })
    void a_file_that_tells_no_shard_is_refused(String text) throws IOException {
        Files.createDirectories(folder.resolve("state"));
        Files.writeString(file(), text);
        var message = refused(MINE, ExitCode.DATA);
        assertTrue(message.contains("shard.json cannot be read"), message);
    }
}
