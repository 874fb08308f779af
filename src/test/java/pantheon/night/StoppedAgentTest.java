package pantheon.night;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import pantheon.night.batch.StoppedNight;

/** What commands say of an agent whose tasks wait for a person, and how it goes on. Takes the standard streams. */
@Isolated("takes the standard streams")
final class StoppedAgentTest {
    @TempDir
    private Path folder;

    private String run = "";

    private void stop() throws IOException {
        run = StoppedNight.run(folder);
        Files.writeString(folder.resolve("pantheon-night.yaml"), """
                workspace: workspace
                queue: queue.jsonl
                state: .
                log: log
                agents: agents
                models: {rule: {path: model, format: qwen}}
                egress: {require: []}
                """);
        Files.writeString(Files.createDirectories(folder.resolve("agents")).resolve("writer.yaml"), """
                name: writer
                version: "1"
                description: Writes a line.
                model: rule
                input: {type: object, properties: {path: {type: string}}, required: [path]}
                output: {type: object, properties: {status: {enum: [done, fail]}}, required: [status]}
                tools: [{name: list_files}]
                prompt: {role: You write.}
                checks: [{use: changed}]
                """);
        Files.writeString(
                folder.resolve("queue.jsonl"),
                "{\"id\": \"task-5\", \"agent\": \"writer\", \"input\": {\"path\": \"file-5.txt\"}}\n");
    }

    private SaidCommand said(String... words) {
        var arguments = new ArrayList<>(
                List.of("--config", folder.resolve("pantheon-night.yaml").toString()));
        arguments.addAll(List.of(words));
        return SaidCommand.of(arguments.toArray(String[]::new));
    }

    @Test
    void status_list_doctor_report_and_a_dry_run_tell_of_it_and_after_its_release_no_more() throws IOException {
        stop();
        var stopped =
                "agent writer stopped in night %s, where its last tasks all ended alike, declined, so its other tasks wait for a person."
                        .formatted(run);
        for (var command : List.of("status", "list", "doctor", "--dry-run")) {
            var said = said(command);
            assertTrue((said.out() + said.err()).contains(stopped), command + ": " + said);
        }
        said("report");
        assertTrue(report().contains("agent writer stopped in night " + run));
        assertEquals(
                "writer",
                ResultSchema.valid("status", said("status", "--json").out())
                        .at("/waiting_agents/0/agent")
                        .stringValue());
        assertEquals(
                "writer goes on after its stop in night %s%n".formatted(run),
                said("release", "writer").out());
        for (var command : List.of("status", "list", "doctor", "--dry-run")) {
            var said = said(command);
            assertFalse((said.out() + said.err()).contains("writer stopped"), command + ": " + said);
        }
    }

    private String report() throws IOException {
        var all = new StringBuilder();
        try (var files = Files.walk(folder)) {
            for (var file :
                    files.filter(path -> path.toString().endsWith(".md")).toList()) {
                all.append(Files.readString(file));
            }
        }
        return all.toString();
    }

    @Test
    void who_does_not_wait_is_told_so() throws IOException {
        stop();
        var other = said("release", "reader");
        assertEquals(ExitCode.DATA.status(), other.status());
        assertTrue(
                other.err().contains("agent \"reader\" does not wait for a person; expected one of [writer]."),
                other.err());
        assertEquals(
                ExitCode.USAGE.status(),
                said("release", "writer", "--reason", " ").status());
        assertEquals(
                0,
                said("release", "writer", "--reason", "The prompt was wrong.").status());
        var again = said("release", "writer", "--json");
        assertEquals(ExitCode.DATA.status(), again.status());
        assertTrue(again.err().contains("does not wait for a person; none does."), again.err());
    }
}
