package pantheon.night.cli.setup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import pantheon.night.config.ConfigVersion;

final class ProgramVersionTest {
    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(delimiter = '|', textBlock = """
            0123456789abcdef0123456789abcdef01234567 | false          | commit 0123456789abcdef0123456789abcdef01234567
            0123456789abcdef0123456789abcdef01234567 | true           | commit 0123456789abcdef0123456789abcdef01234567 and changes that were not committed
            0123456789abcdef0123456789abcdef01234567 | unknown        | commit 0123456789abcdef0123456789abcdef01234567, and whether anything else is not known
            unknown                                  | unknown        | commit unknown, built outside of a git checkout
            ${git.commit.id.full}                    | ${git.dirty}   | commit unknown, built outside of a git checkout
                                                     |                | commit unknown, built outside of a git checkout
            """)
    void a_build_tells_its_commit_and_what_it_does_not_know(String commit, String changed, String words) {
        var built = new Properties();
        if (commit != null) {
            built.setProperty("commit", commit);
            built.setProperty("changed", changed);
        }
        assertEquals(words, ProgramVersion.commit(built));
    }

    @Test
    void the_version_is_told_with_the_configurations_and_with_java() {
        var lines = new ProgramVersion().getVersion();
        assertEquals(3, lines.length);
        assertTrue(lines[0].startsWith("pantheon-night " + ProgramVersion.text() + ", commit "), lines[0]);
        assertEquals("configuration version " + ConfigVersion.CURRENT, lines[1]);
        assertEquals("Java %s, %s".formatted(Runtime.version(), System.getProperty("java.vendor")), lines[2]);
    }

    @Test
    void the_changelog_begins_with_this_version_and_says_the_configurations() throws IOException {
        var sections = Files.readString(Path.of("CHANGELOG.md")).split("\n## ", -1);
        assertTrue(sections[1].startsWith(ProgramVersion.text()), sections[1]);
        assertTrue(sections[1].contains("onfiguration version %d.".formatted(ConfigVersion.CURRENT)), sections[1]);
    }
}
