package pantheon.night.workspace.glob;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import pantheon.night.ExitCode;
import pantheon.night.NightException;

final class GlobTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "docs/**/*.md docs/a.md",
                "docs/**/*.md docs/x/y/b.md",
                "**/*.md README.md",
                "**/*.md docs/x/b.md",
                "**/docs/*.md docs/a.md",
                "**/docs/*.md x/docs/a.md",
                "docs/**.md docs/x/b.md",
                "docs/**.md docs/a.md",
                "docs/**/x/**/*.md docs/x/b.md",
                "docs/** docs/x/b.md",
                "** docs/x/b.md",
                "./docs/*.md docs/a.md",
                "././docs/./a.md docs/a.md",
                "docs//a.md docs/a.md",
                "{./docs,x}/*.md docs/a.md",
                "{README,docs/*}.md docs/a.md",
                "{README,docs/{a,b}}.md docs/b.md",
                "docs/a{,.md} docs/a.md",
                "docs/[!b].md docs/a.md",
                "docs/[^b].md docs/a.md",
                "docs/[a-c].md docs/b.md",
                "docs/[]x].md docs/].md",
                "docs/[a-].md docs/-.md",
                "docs/[[:alpha:]].md docs/ä.md",
                "docs/[[:digit:]x].md docs/7.md",
                "docs/[{,}].md docs/{.md",
                "docs/\\[a].md docs/[a].md",
                "docs/\\{a,b\\}.md docs/{a,b}.md",
                "docs/?.md docs/拋.md",
                "docs/?.md docs/😀.md",
                "*.md .hidden.md",
                "**/*.yml .github/workflows/a.yml",
                "docs/a}.md docs/a}.md",
            })
    void matches_as_git_and_shells_do(String pattern, String path) {
        assertTrue(Glob.of(pattern).matches(path));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "docs/*.md docs/x/b.md",
                "docs/?a.md docs//a.md",
                "docs[/]a.md docs/a.md",
                "docs[!x]a.md docs/a.md",
                "*.md docs/a.md",
                "**/a.md docs/ba.md",
                "docs/**/b.md docsb.md",
                "docs/ docs/a.md",
                "docs docs/a.md",
                "DOCS/*.md docs/a.md",
                "docs/[!a].md docs/a.md",
                "docs/{b,c}.md docs/a.md",
                "docs\\a.md docs/a.md",
            })
    void and_does_not_match_what_they_do_not(String pattern, String path) {
        assertFalse(Glob.of(pattern).matches(path));
    }

    @Test
    void two_stars_match_a_name_with_a_line_end() {
        assertTrue(Glob.of("docs/**.md").matches("docs/a\nb.md"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[",
                "[a",
                "[]",
                "[!]",
                "[[:alpha:]",
                "[\\]",
                "{a",
                "{a,{b}",
                "a\\",
                "[z-a]",
                "[[:nobody:]]",
                "",
                "/abs/docs/*.md",
                "../docs/*.md",
                "docs/../*.md",
                "{docs,..}/*.md",
                "./",
                "{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}",
            })
    void a_broken_pattern_is_told_in_one_line(String pattern) {
        var refused = assertThrows(NightException.class, () -> Glob.of(pattern));
        assertEquals(ExitCode.USAGE, refused.exitCode());
        assertEquals(1, String.valueOf(refused.getMessage()).lines().count());
        assertTrue(String.valueOf(refused.getMessage()).contains("the pattern \""), refused.getMessage());
    }

    @Test
    void many_stars_take_no_longer_than_their_number() {
        var pattern = Glob.of("**a".repeat(200) + "b");
        var path = "a".repeat(4000);
        Assertions.assertTimeout(Duration.ofSeconds(20), () -> assertFalse(pattern.matches(path)));
        assertTrue(List.of(path).stream().noneMatch(Glob.of("*a".repeat(100) + "b")::matches));
    }
}
