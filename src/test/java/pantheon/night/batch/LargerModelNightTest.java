package pantheon.night.batch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pantheon.night.agent.AgentAssembly;
import pantheon.night.config.AgentFiles;
import pantheon.night.config.ToolFiles;
import pantheon.night.contract.Json;
import pantheon.night.journal.JournalReader;
import pantheon.night.journal.NightEvent.CheckFinished;
import pantheon.night.prompt.ChatFormats;
import pantheon.night.queue.Task;
import pantheon.night.tool.builtin.BuiltInTools;
import pantheon.night.tool.command.CommandTools;
import pantheon.night.workspace.NewWorkspace;
import tools.jackson.databind.node.ObjectNode;

/** The agents that a larger model does, on answers that are written here: what is right is accepted, what is not is refused. */
final class LargerModelNightTest {
    private static final String DONE = SmallNight.call("final", "{\"status\": \"done\"}");
    private static final String TITLE = "Download the archive, unpack it and verify its signature on Linux";
    private static final String PAGE = """
            ---
            title: %s
            ---
            # %1$s

            The archive for Linux has the program and its manual. Verify its signature before you unpack it.
            """.formatted(TITLE);
    private static final String BESIDE = "What the manual of the program says of a signature that cannot be verified.";

    @TempDir
    private Path folder;

    private SmallNight night = SmallNight.in(Path.of(""));
    private final List<String> answers = new ArrayList<>();

    @BeforeEach
    void layOut() throws IOException {
        layOut("$1 - $2");
    }

    /** @param sum what the code makes of two numbers */
    private void layOut(String sum) throws IOException {
        var place = Files.createTempDirectory(folder, "night");
        var workspace = Files.createDirectories(place.resolve("workspace"));
        var docs = Files.createDirectory(workspace.resolve("docs"));
        for (var name : List.of("good", "title", "beside", "far")) {
            Files.writeString(docs.resolve(name + ".md"), PAGE);
        }
        var described = PAGE.replace("---\n#", "description: %s\n---\n#".formatted(BESIDE));
        Files.writeString(docs.resolve("described.md"), described);
        Files.writeString(workspace.resolve("code.sh"), "add() {\n    echo $((%s))\n}\n".formatted(sum));
        Files.writeString(workspace.resolve("test.sh"), ". ./code.sh\ntest \"$(add 1 2)\" = 3\n");
        Files.writeString(workspace.resolve("Makefile"), "check:\n\tsh test.sh\n");
        NewWorkspace.create(workspace, SmallNight.AUTHOR, "The files");
        night = SmallNight.in(place);
        agents();
    }

    private void agents() {
        var tools = new TreeMap<>(BuiltInTools.all());
        var own = List.copyOf(tools.keySet());
        tools.putAll(CommandTools.of(ToolFiles.load(Path.of("config/tools")), own, () -> {}));
        var assembly = new AgentAssembly(tools);
        AgentFiles.load(Path.of("config/more-agents")).forEach((name, file) -> {
            var agent = file.deepCopy();
            night.otherAgents.put(name, assembly.assemble(agent.put("model", "rule"), ChatFormats.QWEN));
        });
    }

    private Task task(String id, String agent, String input) {
        return new Task(id, agent, (ObjectNode) Json.parse(input), -answers.size(), List.of());
    }

    private List<String> run(Task... tasks) {
        var said = answers.iterator();
        return night.run(List.of(tasks), SmallNight.engine(prompt -> said.next()));
    }

    private Map<String, String> failed() {
        var failed = new TreeMap<String, String>();
        JournalReader.read(night.journal(), entry -> {
            if (entry.event() instanceof CheckFinished check && !check.passed()) {
                failed.put(check.task(), check.check() + ": " + check.message());
            }
        });
        return failed;
    }

    private Task described(String page, String description) {
        answers.add(SmallNight.call("view_page", "{}"));
        answers.add(SmallNight.call(
                "set_description", "{\"values\": {\"description\": %s}}".formatted(Json.quote(description))));
        answers.add(DONE);
        return task(page, "docops.description", "{\"path\": \"docs/%s.md\"}".formatted(page));
    }

    @Test
    void a_description_is_accepted_and_one_that_copies_or_is_of_something_else_is_not() {
        var ran = run(
                described("good", "How to verify and unpack the archive that the program comes in for Linux."),
                described("title", TITLE),
                described("beside", BESIDE),
                described("far", "Gardens bloom where bees gather nectar throughout sunny August."));
        assertEquals(List.of("good accepted", "title not_accepted", "beside not_accepted", "far not_accepted"), ran);
        assertEquals(
                Map.of(
                        "title", "description_fits: description: it is the title again",
                        "beside", "description_fits: description: a page beside it has nearly the same",
                        "far",
                                "description_fits: description: it is not about this page: the page has 0 % of its words; expected 50 %"),
                failed());
    }

    @Test
    void a_page_that_has_a_description_is_declined_and_one_that_has_none_may_not_be() {
        for (int i = 0; i < 2; i++) {
            answers.add(SmallNight.call("view_page", "{}"));
            answers.add(SmallNight.call("final", "{\"status\": \"fail\", \"reason\": \"described\"}"));
        }
        var path = "{\"path\": \"docs/%s.md\"}";
        assertEquals(
                List.of("has declined", "none not_accepted"),
                run(
                        task("has", "docops.description", path.formatted("described")),
                        task("none", "docops.description", path.formatted("good"))));
        assertEquals(Map.of("none", "key_standing: nothing stands for description"), failed());
    }

    private Task mended(String id, String path, String test, String old, String now) {
        answers.add(SmallNight.call("run_tests", "{}"));
        answers.add(SmallNight.call("read_code", "{}"));
        answers.add(SmallNight.call("mend", "{\"old\": %s, \"new\": %s}".formatted(Json.quote(old), Json.quote(now))));
        answers.add(DONE);
        return task(id, "code.fix", "{\"path\": \"%s\", \"test\": \"%s\"}".formatted(path, test));
    }

    @Test
    void a_fix_is_accepted_and_one_that_mends_nothing_or_the_test_is_not() {
        var ran = run(
                mended("fixed", "code.sh", "test.sh", "$1 - $2", "$1 + $2"),
                mended("still", "code.sh", "test.sh", "$1 - $2", "$2 - $1"),
                mended("test", "test.sh", "test.sh", "= 3", "= -1"));
        assertEquals(List.of("fixed accepted", "still not_accepted", "test not_accepted"), ran);
        assertEquals("unchanged: test.sh has changed; expected it as it was", failed().get("test"));
        assertTrue(String.valueOf(failed().get("still"))
                .startsWith("command_run_tests: it ended with exit code 2; expected [0]"));
    }

    @Test
    void a_fix_of_what_was_green_already_is_not_accepted() throws IOException {
        layOut("$1 + $2");
        var ran = run(mended("green", "code.sh", "test.sh", "$1 + $2", "$2 + $1"));
        assertEquals(List.of("green not_accepted"), ran);
        assertTrue(String.valueOf(failed().get("green"))
                .startsWith("command_run_tests_reverted: it ended with exit code 0; expected [2]"));
    }
}
