package pantheon.night.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pantheon.night.ExitCode;
import pantheon.night.NightException;
import pantheon.night.contract.Json;
import tools.jackson.databind.node.ObjectNode;

final class ValueFromResultTest {
    @TempDir
    private Path folder;

    private static String found(JudgedCheckout checkout, String output, String with) throws Exception {
        var results = List.of(
                new Work.Returned("slug_of", Json.parse("{\"slug\": \"old\"}")),
                new Work.Returned("slug_of", Json.parse("{\"slug\": \"a-page\"}")),
                new Work.Returned("find", Json.parse("{\"all\": [{\"line\": 3}, {\"line\": 7}]}")));
        var work = new Work(
                checkout.input,
                (ObjectNode) Json.parse(output),
                checkout.task.changes(),
                new Work.Trace(checkout.task, results));
        var result = Checks.named("value_from_result", Json.parse(with)).check(work);
        return result.passed() ? "passed" : result.message();
    }

    @Test
    void what_stands_in_the_front_matter_was_returned() throws Exception {
        var with = "{\"tool\": \"slug_of\", \"at\": \"/slug\", \"front_matter\": \"slug\"}";
        try (var work = new JudgedCheckout(folder, Map.of("a.md", "---\ntitle: A\n---\n"))) {
            assertEquals("a.md: slug has no value; expected one that slug_of returned", found(work, "{}", with));
            work.write("a.md", "---\ntitle: A\nslug: a-page\n---\n");
            assertEquals("passed", found(work, "{}", with));
            work.write("a.md", "---\ntitle: A\nslug: a-pag\n---\n");
            assertEquals(
                    "a.md: slug is \"a-pag\"; expected one of [\"old\", \"a-page\"], which slug_of returned",
                    found(work, "{}", with));
        }
    }

    @Test
    void what_the_agent_ends_with_was_returned() throws Exception {
        var with = "{\"tool\": \"find\", \"at\": \"/all/*/line\", \"output\": \"/line\"}";
        try (var work = new JudgedCheckout(folder, Map.of("a.md", "A\n"))) {
            assertEquals("passed", found(work, "{\"line\": 7}", with));
            assertEquals(
                    "/line is \"8\"; expected one of [\"3\", \"7\"], which find returned",
                    found(work, "{\"line\": 8}", with));
            assertEquals("/line has no value; expected one that find returned", found(work, "{}", with));
        }
    }

    @Test
    void of_merged_lines_nothing_is_known() throws Exception {
        var with = Json.parse("{\"tool\": \"find\", \"at\": \"/line\", \"output\": \"/line\"}");
        try (var work = new JudgedCheckout(folder, Map.of("a.md", "A\n"))) {
            var merged = new Work(work.input, Json.object().put("line", 1), work.task.changes());
            assertEquals(
                    "what tools returned is not known of lines that were merged; a person decides",
                    Checks.named("value_from_result", with).check(merged).message());
        }
    }

    @Test
    void a_pointer_begins_with_a_slash() {
        var with = Json.parse("{\"tool\": \"find\", \"at\": \"line\", \"output\": \"/line\"}");
        var e = assertThrows(NightException.class, () -> Checks.named("value_from_result", with));
        assertEquals(ExitCode.CONFIG, e.exitCode());
    }
}
