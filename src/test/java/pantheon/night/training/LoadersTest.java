package pantheon.night.training;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pantheon.night.contract.Json;

/**
 * What the loaders that trainers bring make of mined files: of two agents, whose tools have arguments of one name and
 * several types. The loaders are Python's, as {@code src/test/setup.sh} installs them.
 */
final class LoadersTest {
    private static final Path READERS = Path.of("target/readers").toAbsolutePath();

    @TempDir
    private Path folder;

    @BeforeEach
    void two_agents_worked() {
        var night = new PastNight(folder, "n1")
                .calling(
                        "2026-11-23",
                        "2026-11-23.md",
                        "{\"type\": \"object\", \"properties\": {\"text\": {\"type\": \"string\"}}}",
                        "{}",
                        "{\"text\": \"A\"}",
                        "{\"text\": \"007\", \"day\": \"2026-11-23\"}",
                        "{\"text\": \"null\", \"more\": [1, \"a\", {\"x\": null}]}")
                .calling(
                        "2026-11-24",
                        "2026-11-24.md",
                        "{\"type\": \"object\", \"properties\": {\"text\": {\"type\": [\"integer\", \"null\"], \"default\": 5}, \"values\": {\"type\": \"object\"}}}",
                        "{\"text\": 5}",
                        "{\"text\": null, \"values\": {\"b\": 1.5, \"a\": \"\u00fcber \\\\u2028\"}}",
                        "{\"values\": {}}");
        night.close();
        var options = new MiningOptions(
                MiningOptions.percent("100/0/0"), 0, MiningOptions.GroupBy.FILE, 1, true, Set.of(), "MIT");
        assertEquals(
                2,
                new Mining(options)
                        .mine(List.of(night.source()), folder.resolve("data"))
                        .get("kept")
                        .intValue());
    }

    private record Said(int status, String text) {}

    /** @param more a folder of modules that come before those installed */
    private Said compare(Path more, String loader) throws IOException {
        var python = READERS.resolve("bin/python");
        assertTrue(Files.exists(python), python + " is not there; run src/test/setup.sh");
        var command = new ProcessBuilder(List.of(
                        python.toString(),
                        "src/test/readers/compare.py",
                        folder.resolve("data").toString(),
                        loader))
                .redirectErrorStream(true);
        command.environment().put("PYTHONPATH", more.toString());
        command.environment().put("HF_HOME", folder.resolve("home").toString());
        command.environment().put("HF_HUB_OFFLINE", "1");
        var process = command.start();
        var text = new String(process.getInputStream().readAllBytes(), UTF_8);
        return new Said(process.onExit().join().exitValue(), text);
    }

    private void assertSame(Said said, String... forms) {
        assertEquals(0, said.status(), said.text());
        for (var form : forms) {
            assertTrue(said.text().contains("train/" + form + ".jsonl: "), form + " in " + said.text());
        }
    }

    @Test
    void a_reader_of_tables_leaves_the_files_of_strings_as_they_are() throws IOException {
        assertSame(compare(folder, "pyarrow"), "sft_gen", "sft_sharegpt");
    }

    @Test
    void datasets_4_0_leaves_the_files_of_strings_as_they_are() throws IOException {
        assertSame(compare(folder, "datasets"), "sft_gen", "sft_sharegpt");
    }

    @Test
    void datasets_5_2_leaves_the_conversations_as_they_are_too() throws IOException {
        assertSame(compare(READERS.resolve("newer"), "datasets"), "sft_gen", "sft_sharegpt", "sft_tools");
    }

    @Test
    void a_reader_of_tables_does_change_what_has_objects() throws IOException {
        var train = folder.resolve("data/train");
        Files.move(
                train.resolve("sft_tools.jsonl"), train.resolve("sft_gen.jsonl"), StandardCopyOption.REPLACE_EXISTING);
        var said = compare(folder, "pyarrow");
        assertNotEquals(0, said.status(), said.text());
    }

    @Test
    void the_template_beside_the_files_renders_what_was_sent() throws IOException {
        var said = compare(folder, "template");
        assertSame(said, "sft_tools");
        assertTrue(said.text().contains("2 rows, 0 of them"), said.text());
    }

    @Test
    void every_file_that_the_index_names_is_one_of_strings() throws IOException {
        var forms = new ArrayList<String>();
        for (var entry : Json.parse(Files.readString(folder.resolve("data/dataset_info.json")))) {
            forms.add(entry.get("file_name").stringValue());
        }
        assertEquals(List.of("train/sft_gen.jsonl", "train/sft_sharegpt.jsonl"), forms);
    }
}
