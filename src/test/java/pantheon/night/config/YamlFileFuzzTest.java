package pantheon.night.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import pantheon.night.NightException;
import pantheon.night.contract.Json;

/** Whatever is in a YAML file, it is read whole or its problems are told. */
final class YamlFileFuzzTest {
    @TempDir
    private Path folder;

    @FuzzTest(maxDuration = "")
    void a_file_is_read_whole_or_its_problems_are_told(byte[] content) throws IOException {
        var file = folder.resolve("config.yaml");
        Files.write(file, content);
        var problems = new Problems();
        var yaml = YamlFile.read(file, problems);
        boolean clean = true;
        try {
            problems.throwIfAny();
        } catch (NightException e) {
            clean = false;
        }
        assertTrue(yaml.isWhole() || !clean, "what was not read whole has a problem");
        var written = Json.write(yaml.json());
        assertEquals(written, Json.write(Json.parse(written)), "what was read can be written and read again");
    }
}
