package pantheon.night.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A new key on a disk that has no room for it. */
final class KeygenIT {
    @TempDir
    private Path folder;

    /** A tmpfs gives out whole pages, and each half of a key takes one. */
    @ParameterizedTest
    @ValueSource(ints = {0, 4})
    void a_key_is_there_as_a_whole_or_not_at_all(int freeKilobytes) {
        var run = Program.process(folder, Map.of(), List.of("unshare", "--mount", "sh", "-c", """
                mkdir small && mount -t tmpfs -o size=64k none small && cd small
                head -c $((65536 - 1024 * %2$d)) /dev/zero > full
                %1$s keygen key; echo "$?"
                ls -A
                rm full
                %1$s keygen key --quiet; echo "$?"
                ls -A
                stat -c %%a key key.pub
                """.formatted(
                        Program.HOME.resolve("bin/pantheon-night"), freeKilobytes)));
        assertEquals(
                List.of("73", "full", "0", "key", "key.pub", "600", "644"),
                run.out().lines().toList());
        assertTrue(run.err().contains("key cannot be written: No space left on device."), run.err());
    }
}
