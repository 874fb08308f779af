package pantheon.night.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pantheon.night.ResultSchema;
import pantheon.night.workspace.Git;

/** From a repository of one's own to an agent of one's own: init, agent new, agent check, try. */
final class FirstAgentIT {
    private static final Pattern BLOCK = Pattern.compile("(?ms)^```sh\n(.*?)^```$");

    @TempDir
    private Path folder = Path.of("");

    private Git git = new Git(folder);

    @BeforeEach
    void commit() {
        git = Git.init(folder.resolve("my-docs"))
                .write("guide/install.md", "---\nstatus: draft\n---\n\n# Install\n\nUnpack it.\n")
                .write("guide/empty.md", "");
        git.commitAll("base");
    }

    private Path night() {
        return folder.resolve("night");
    }

    private void layOut() {
        good(folder, "init", "night", "--workspace", "my-docs");
    }

    private static Program.Run good(Path where, String... words) {
        var run = Program.run(where, words);
        assertEquals(0, run.status(), run.out() + run.err());
        return run;
    }

    /** The page's own agent is one that the embedded model does not know, so it may well not be accepted. */
    @Test
    void every_command_of_the_page_runs() throws IOException {
        var where = folder;
        var said = new StringBuilder();
        for (var line : commands("docs/write-your-own-agent.md")) {
            if (line.startsWith("cd ")) {
                where = where.resolve(line.substring(3));
                continue;
            }
            var run = Program.process(where, Map.of(), List.of("sh", "-c", Program.HOME.resolve("bin") + "/" + line));
            boolean isOfAnotherModel = line.startsWith("pantheon-night try docs.description");
            assertTrue(
                    run.status() == 0 || (isOfAnotherModel && run.status() == 65),
                    "%s: %d\n%s%s".formatted(line, run.status(), run.out(), run.err()));
            said.append(run.out());
        }
        for (var part : List.of(
                "You normalise the front matter of one Markdown document.",
                "calls    read_front_matter",
                "  check only_changes passed",
                "+title: Install",
                "outcome    accepted",
                "agent docs.description@1: 2 tools, 4 checks, turns held",
                "the configuration has no model that may do it",
                "2 lines added",
                "docs.description@1  guide/install.md")) {
            assertTrue(said.indexOf(part) >= 0, part + " in " + said);
        }
    }

    private static List<String> commands(String page) throws IOException {
        var commands = BLOCK.matcher(Files.readString(Path.of(page)))
                .results()
                .flatMap(block -> block.group(1).lines())
                .toList();
        assertTrue(commands.size() > 10, commands.toString());
        return commands;
    }

    @Test
    void a_place_is_laid_out_once_and_only_for_a_repository() throws IOException {
        layOut();
        var before = Files.readString(night().resolve("pantheon-night.yaml"));
        var again = Program.run(folder, "init", "night", "--workspace", "my-docs");
        assertEquals(73, again.status());
        assertTrue(again.err().contains("it is there already"), again.err());
        assertEquals(before, Files.readString(night().resolve("pantheon-night.yaml")));
        assertEquals(
                78, Program.run(folder, "init", "other", "--workspace", "night").status());
        assertFalse(Files.exists(folder.resolve("other")));
    }

    @Test
    void nothing_of_a_trial_stays_and_one_that_is_not_accepted_ends_with_65() throws IOException {
        layOut();
        var before = listed(folder);
        var json = good(night(), "try", "agents/docops.front-matter.yaml", "guide/install.md", "--json");
        assertEquals(
                "accepted", ResultSchema.valid("try", json.out()).get("outcome").stringValue());
        var run = Program.run(night(), "try", "docops.front-matter", "guide/empty.md");
        assertEquals(65, run.status(), run.err());
        assertTrue(run.out().contains("outcome    declined"), run.out());
        assertFalse(run.out().contains("committed"), run.out());
        assertEquals(before, listed(folder));
        assertEquals("", git.run("branch", "--list", "night/*"));
    }

    @Test
    void a_check_of_an_agent_tells_all_that_is_wrong_with_it() throws IOException {
        layOut();
        good(night(), "agent", "new", "docs.description");
        var file = night().resolve("agents/docs.description.yaml");
        Files.writeString(
                file,
                Files.readString(file)
                        .replace("name: read_file", "name: read_fil")
                        .replace("use: changed", "use: chnged")
                        .replace("{except: [description]}", "{excpt: [description]}"));
        var wrong = Program.run(night(), "agent", "check", file.toString());
        assertEquals(78, wrong.status());
        for (var part : List.of("\"read_fil\"", "\"chnged\"", "excpt")) {
            assertTrue(
                    wrong.err()
                            .lines()
                            .anyMatch(line -> line.contains(part) && line.contains("docs.description.yaml:")),
                    part + " in " + wrong.err());
        }
        var other = good(night(), "agent", "check", "agents/docops.front-matter.yaml", "--json");
        ResultSchema.valid("doctor", other.out());
    }

    private static List<String> listed(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            return files.map(Path::toString).sorted().toList();
        }
    }
}
