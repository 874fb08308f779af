package pantheon.night;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TimeZone;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import pantheon.night.disk.FileTree;

/**
 * Nights that an earlier version recorded are to this one what they were to that. {@code -Dgolden.update=true} keeps anew what
 * training data, reports and metrics are made of them, and nothing else.
 */
@Isolated("takes the standard streams, the zone and the locale")
final class GoldenNightsTest {
    private final PrintStream out = System.out;
    private final PrintStream err = System.err;
    private final TimeZone zone = TimeZone.getDefault();
    private final Locale locale = Locale.getDefault();

    @TempDir
    private Path folder;

    @BeforeEach
    void be_where_they_were_recorded() {
        TimeZone.setDefault(TimeZone.getTimeZone("UTC"));
        Locale.setDefault(Locale.ROOT);
    }

    @AfterEach
    void be_here() {
        System.setOut(out);
        System.setErr(err);
        TimeZone.setDefault(zone);
        Locale.setDefault(locale);
    }

    private String said(GoldenNights nights, GoldenNights.Line line) {
        var toOut = new ByteArrayOutputStream();
        var toErr = new ByteArrayOutputStream();
        System.setOut(new PrintStream(toOut, true, UTF_8));
        System.setErr(new PrintStream(toErr, true, UTF_8));
        int status = Main.run(nights.arguments(line));
        System.setOut(out);
        System.setErr(err);
        return nights.said(status, toOut.toString(UTF_8), toErr.toString(UTF_8));
    }

    static List<String> places() {
        return GoldenNights.places();
    }

    @ParameterizedTest
    @MethodSource("places")
    void every_command_says_and_writes_what_it_did(String place) throws IOException {
        var nights = GoldenNights.layOut(place, folder);
        for (var line : nights.looks()) {
            if (line.isKeptAnew() && Boolean.getBoolean("golden.update")) {
                nights.keepAnew(line, said(nights, line));
                FileTree.remove(nights.place().resolve("to").resolve(line.name()));
            }
        }
        assertAll(nights.looks().stream()
                .map(line -> () -> assertEquals(nights.expected(line), said(nights, line), line.name())));
        var files = nights.files();
        var expected = nights.expectedFiles();
        assertEquals(expected.keySet(), files.keySet());
        assertAll(
                expected.keySet().stream().map(name -> () -> assertEquals(expected.get(name), files.get(name), name)));
    }

    @Test
    void without_a_night_mining_says_that_there_is_none_and_makes_no_folder() throws IOException {
        var nights = GoldenNights.layOut("failed", folder);
        FileTree.remove(nights.place().resolve("log"));
        Files.createDirectory(nights.place().resolve("log"));
        var mine = nights.looks().stream()
                .filter(GoldenNights.Line::isMining)
                .findFirst()
                .orElseThrow();
        var said = said(nights, mine);
        assertTrue(said.startsWith("exit 65\n"), said);
        assertTrue(said.contains("there is no night in /golden/log to mine. Run one first"), said);
        assertEquals(false, Files.exists(nights.place().resolve("to")));
    }

    @Test
    void one_changed_byte_of_a_journal_is_noticed_by_every_command_that_reads_it() throws IOException {
        var nights = GoldenNights.layOut("failed", folder);
        var journal = GoldenNights.journals().stream()
                .filter(file -> file.startsWith(nights.kept()))
                .map(file -> nights.place().resolve(nights.kept().relativize(file)))
                .findFirst()
                .orElseThrow();
        var before = Files.readString(journal);
        var after = before.replaceFirst("docs/keys\\.md", "docs/keyz.md");
        assertNotEquals(before, after);
        Files.writeString(journal, after);
        var unmoved = new ArrayList<String>();
        for (var line : nights.looks()) {
            if (nights.expected(line).equals(said(nights, line))) {
                unmoved.add(line.name());
            }
        }
        assertEquals(List.of("verify-none", "validate", "validate-json"), unmoved);
    }
}
