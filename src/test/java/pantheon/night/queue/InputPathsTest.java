package pantheon.night.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pantheon.night.agent.Agent;
import pantheon.night.agent.AgentAssembly;
import pantheon.night.config.AgentFiles;
import pantheon.night.contract.Json;
import pantheon.night.prompt.ChatFormats;
import pantheon.night.tool.builtin.BuiltInTools;
import pantheon.night.workspace.Git;
import pantheon.night.workspace.Workspace;

final class InputPathsTest {
    private static final Agent AGENT = new AgentAssembly(BuiltInTools.all())
            .assemble(
                    Objects.requireNonNull(
                            AgentFiles.load(Path.of("config/agents")).get("docops.front-matter")),
                    ChatFormats.QWEN);

    @TempDir
    private Path folder = Path.of("");

    private Optional<String> problem(String path) throws IOException {
        var git = Git.init(folder).write("docs/a.md", "").write("docs/ä b.md", "");
        if (!Files.exists(folder.resolve("docs/link.md"))) {
            Files.createSymbolicLink(folder.resolve("docs/link.md"), Path.of("a.md"));
            Files.createSymbolicLink(folder.resolve("linked"), Path.of("docs"));
        }
        git.commitAll("base");
        try (var workspace = Workspace.open(folder)) {
            return new InputPaths(workspace, workspace.baseCommit())
                    .problem(AGENT, Json.object().put("path", path));
        }
    }

    @Test
    void a_file_of_the_commit_is_right() throws IOException {
        assertEquals(Optional.empty(), problem("docs/a.md"));
        assertEquals(Optional.empty(), problem("docs/ä b.md"));
    }

    @Test
    void another_spelling_is_a_bad_name_and_the_file_is_told() throws IOException {
        for (var path : List.of(
                "./docs/a.md",
                "/abs/docs/a.md",
                "docs/../docs/a.md",
                "docs\\a.md",
                "docs/a.md/",
                "docs//a.md",
                "/docs/a.md")) {
            var problem = problem(path).orElse("");
            assertTrue(problem.startsWith("bad_name: "), path + ": " + problem);
            assertTrue(problem.contains("did you mean \"docs/a.md\"?"), problem);
        }
        assertTrue(problem("../a.md").orElse("").startsWith("bad_name: "));
        assertTrue(problem("docs/\u0000").orElse("").startsWith("bad_name: "));
    }

    @Test
    void what_is_no_file_there_is_not_found() throws IOException {
        for (var path : List.of(
                "docs/none.md",
                "docs",
                "docs/link.md",
                "linked/a.md",
                "docs/a.md/b",
                "DOCS/A.md",
                "docs/%C3%A4%20b.md")) {
            assertTrue(problem(path).orElse("").startsWith("not_found: "), path + ": " + problem(path));
        }
        assertTrue(problem("docs").orElse("").contains("is a folder"));
        assertTrue(problem("docs/link.md").orElse("").contains("is a symbolic link"));
        assertTrue(problem("DOCS/A.md").orElse("").contains("did you mean \"docs/a.md\"?"));
        assertTrue(problem("docs/%C3%A4%20b.md").orElse("").contains("did you mean \"docs/ä b.md\"?"));
    }

    @Test
    void a_reader_tells_the_line() throws IOException {
        var queue = Files.writeString(
                folder.resolve("queue.jsonl"),
                "\n{\"id\": \"a\", \"agent\": \"docops.front-matter\", \"input\": {\"path\": \"docs/none.md\"}}\n");
        var reader = new QueueReader(Map.of(AGENT.name(), AGENT), task -> Optional.of("not_found: nothing"));
        var tasks = new ArrayList<Task>();
        reader.read(queue, tasks::add);
        assertEquals(List.of(), tasks);
        assertEquals(List.of(queue + ":2: not_found: nothing"), reader.problems());
    }
}
