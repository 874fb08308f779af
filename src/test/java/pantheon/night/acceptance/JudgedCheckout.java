package pantheon.night.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import pantheon.night.contract.Json;
import pantheon.night.workspace.NewWorkspace;
import pantheon.night.workspace.Workspace;
import pantheon.night.workspace.git.Identity;
import pantheon.night.workspace.scratch.Scratch;
import pantheon.night.workspace.scratch.ScratchTask;
import tools.jackson.databind.node.ObjectNode;

/** A git repository with a task's checkout of it, whose work is judged. */
final class JudgedCheckout implements AutoCloseable {
    private final Workspace workspace;
    private final Scratch scratch;
    final ScratchTask task;
    ObjectNode input = Json.object().put("path", "a.md");

    /** @param files path → text, committed */
    JudgedCheckout(Path folder, Map<String, String> files) throws Exception {
        var repository = folder.resolve("repository");
        for (var file : files.entrySet()) {
            var path = repository.resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.writeString(path, file.getValue());
        }
        NewWorkspace.create(repository, new Identity("a", "a@localhost"), "The files");
        workspace = Workspace.open(repository);
        scratch = workspace.checkout(workspace.baseCommit(), folder.resolve("scratch"));
        task = new ScratchTask(scratch);
    }

    JudgedCheckout write(String path, String text) throws Exception {
        task.files().write(path, text.getBytes(UTF_8));
        return this;
    }

    JudgedCheckout input(String json) {
        input = (ObjectNode) Json.parse(json);
        return this;
    }

    CheckResult result(String check, String with) throws Exception {
        var work = new Work(input, Json.object().put("status", "done"), task.changes());
        return Checks.named(check, Json.parse(with)).check(work);
    }

    void passes(String check, String with) throws Exception {
        var result = result(check, with);
        assertTrue(result.passed(), result.message());
        assertEquals(check, result.check());
    }

    void fails(String message, String check, String with) throws Exception {
        var result = result(check, with);
        assertEquals(message, result.passed() ? "it passed" : result.message());
    }

    @Override
    public void close() {
        workspace.close();
    }
}
