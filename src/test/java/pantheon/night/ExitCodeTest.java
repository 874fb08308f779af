package pantheon.night;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import pantheon.night.cli.PantheonNight;

/** The exit codes mean the same wherever they are told. */
final class ExitCodeTest {
    private static final Path DOCS = Path.of("docs/operations.md");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| (\\d+) \\| (.*) \\|$");

    @Test
    void the_docs_tell_every_code_in_its_words_and_then_more() throws IOException {
        var told = ROW.matcher(Files.readString(DOCS).replace("`", ""))
                .results()
                .collect(Collectors.toMap(row -> row.group(1), row -> row.group(2)));
        for (var code : ExitCode.values()) {
            var words = String.valueOf(told.remove(String.valueOf(code.status())));
            assertTrue(words.startsWith(code.words()), code + " is told as " + words);
        }
        assertEquals(Map.of(), told, "codes that there are not");
    }

    @Test
    void the_help_lists_every_code() {
        var help = PantheonNight.whole().getUsageMessage().replaceAll("\\s+", " ");
        for (var code : ExitCode.values()) {
            assertTrue(help.contains(" %d %s".formatted(code.status(), code.words())), code + " is not in " + help);
        }
    }
}
