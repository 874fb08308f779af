package pantheon.night;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** What cannot be tried, and which agents cannot be begun, is told before anything starts. */
@Isolated("takes the standard streams")
final class TryingTest {
    @TempDir
    private Path folder = Path.of("");

    @Test
    void what_cannot_be_tried_is_told_before_anything_starts() throws IOException {
        var nights = GoldenNights.layOut("nights", folder);
        for (var wrong : List.of(
                List.of(
                        "65",
                        "did you mean \"docs/windows-line-ends.md\"",
                        "try",
                        "docops.by-command",
                        "docs/Windows-line-ends.md"),
                List.of(
                        "64",
                        "there is no agent \"nobody\"; expected one of [",
                        "try",
                        "nobody",
                        "docs/windows-line-ends.md"),
                List.of("64", "try takes FILE or --input, one of them", "try", "docops.by-command"),
                List.of(
                        "64",
                        "this is no input of agent docops.by-command: ",
                        "try",
                        "docops.by-command",
                        "--input",
                        "{\"file\": 1}"),
                List.of("64", "--input is no JSON object", "try", "docops.by-command", "--input", "[]"),
                List.of("64", "--input is no JSON: ", "try", "docops.by-command", "--input", "["),
                List.of("64", "\"No Name\" is no agent's name", "agent", "new", "No Name"),
                List.of("64", "agent needs a subcommand: agent new NAME", "agent"))) {
            var words = new ArrayList<>(wrong.subList(2, wrong.size()));
            var said = SaidCommand.of(nights, words.toArray(String[]::new));
            assertEquals(wrong.getFirst(), String.valueOf(said.status()), said.err());
            assertTrue(said.err().contains(wrong.get(1)), said.err());
            assertEquals("", said.out());
        }
    }
}
