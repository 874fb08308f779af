package pantheon.night.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is wrong with a configuration is told by {@code doctor} as by a start, with file and line, and nothing starts. */
final class BrokenConfigurationIT {
    @TempDir
    private Path folder;

    private SampleNight layOut() throws IOException {
        return SampleNight.layOut(folder.resolve("night"), 1);
    }

    private static void edit(Path file, String part, String by) throws IOException {
        var text = Files.readString(file);
        assertTrue(text.contains(part), part);
        Files.writeString(file, text.replace(part, by));
    }

    @ParameterizedTest
    @ValueSource(strings = {"doctor", ""})
    void each_file_s_fault_is_told_at_once(String command) throws IOException {
        var night = layOut();
        var agents = night.folder().resolve("agents");
        var agent = Files.readString(agents.resolve("docops.front-matter.yaml"));
        for (var name : new String[] {"version", "field", "schema"}) {
            Files.writeString(
                    agents.resolve(name + ".yaml"), agent.replace("name: docops.front-matter", "name: " + name));
        }
        edit(agents.resolve("version.yaml"), "version: \"3\"", "version: \"3 \"");
        edit(agents.resolve("field.yaml"), "fields: [path]", "fields: [paths]");
        edit(agents.resolve("schema.yaml"), "path: {type: string,", "path: {$ref: \"#/properties/path\",");
        edit(
                night.folder().resolve("tools/slug_of_text.yaml"),
                "  properties: {text: {type: string, minLength: 1, maxLength: 2000}}",
                "  properties: {text: {type: array, items: {type: string}}}\npaths: [text]\n#");
        var run = Program.run(night.folder(), command.isEmpty() ? new String[0] : new String[] {command});
        assertEquals(78, run.status(), run.out() + run.err());
        for (var file : new String[] {"agents/version", "agents/field", "agents/schema", "tools/slug_of_text"}) {
            assertTrue(
                    (run.out() + run.err()).matches("(?s).*%s\\.yaml:[0-9]+: .*".formatted(file)),
                    run.out() + run.err());
        }
        assertFalse(run.err().contains("bug"), run.err());
        assertFalse(Files.exists(night.folder().resolve("log")));
    }

    @Test
    void one_broken_agent_ends_nothing_that_can_do_without_it() throws IOException {
        var night = layOut();
        var right = night.folder().resolve("agents/docops.front-matter.yaml");
        var wrong = night.folder().resolve("agents/wrong.yaml");
        Files.writeString(wrong, Files.readString(right).replace("name: docops.front-matter", "name: wrong"));
        edit(wrong, "model: docops-front-matter", "model: gone");
        Files.writeString(
                night.folder().resolve("queue/wrong.jsonl"),
                "{\"id\": \"w\", \"agent\": \"wrong\", \"input\": {\"path\": \"README.md\"}}\n");
        var run = Program.run(night.folder(), "--dry-run");
        assertEquals(0, run.status(), run.err());
        assertTrue(run.err().contains("wrong.yaml:") && run.err().contains("model is \"gone\""), run.err());
        assertTrue(run.err().contains("wrong.jsonl:1: there is no agent \"wrong\""), run.err());
        assertEquals(78, Program.run(night.folder(), "--dry-run", "--strict").status());
        assertEquals(0, Program.run(night.folder(), "status").status());
        try (var agents = Files.newDirectoryStream(night.folder().resolve("agents"), "[!w]*.yaml")) {
            for (var other : agents) {
                Files.delete(other);
            }
        }
        assertEquals(78, Program.run(night.folder(), "--dry-run").status(), "no agent is right");
    }

    @Test
    void an_author_s_name_that_no_commit_can_have_is_told_by_both() throws IOException {
        var night = layOut();
        var config = night.folder().resolve("pantheon-night.yaml");
        Files.writeString(config, Files.readString(config) + "\ngit:\n  name: \"a\\u0007b\"\n");
        for (var words : new String[][] {{"doctor"}, {}}) {
            var run = Program.run(night.folder(), words);
            assertEquals(78, run.status(), run.out() + run.err());
            assertTrue(
                    (run.out() + run.err()).matches("(?s).*pantheon-night\\.yaml:[0-9]+: .*git\\.name.*"),
                    run.out() + run.err());
        }
    }
}
