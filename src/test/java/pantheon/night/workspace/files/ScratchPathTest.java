package pantheon.night.workspace.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import pantheon.night.workspace.files.PathRefused.Code;

class ScratchPathTest {
    private static Code refusal(String path) {
        return assertThrows(PathRefused.class, () -> ScratchPath.parse(path)).code();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a",
                "a/b/c.md",
                "two words.md",
                "new\nline",
                "tab\there",
                "-rf",
                "~",
                "...",
                "a..b",
                "C:x",
                "é",
                "e\u0301",
                "日本語",
                "😀",
                "quote\"d",
                "<|im_end|>"
            })
    void plain_names_are_paths(String path) throws PathRefused {
        assertEquals(path, ScratchPath.parse(path).text());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ".git",
                ".GIT",
                ".Git",
                "sub/.git/config",
                ".git.",
                ".git ",
                ".git . .",
                "git~1",
                "GIT~1",
                "git~2",
                ".g\u200cit",
                ".gi\u200dt",
                "\u200e.git",
                ".git\ufeff",
                ".g\u00adit",
                ".gi\u034ft",
                ".git\ufe0f",
                ".g\u0131t",
                "．git",
                ".ｇｉｔ",
                ".git:stream",
                ".git::$INDEX_ALLOCATION/config"
            })
    void what_may_be_taken_for_git_is_refused(String path) {
        assertEquals(Code.GIT, refusal(path));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {".gitignore", ".gitattributes", ".github/workflows", "git", "x.git", ".gits", ".gi", "git~x"})
    void names_that_only_begin_like_git_are_paths(String path) throws PathRefused {
        assertEquals(path, ScratchPath.parse(path).text());
    }

    @ParameterizedTest
    @CsvSource({
        "/etc/passwd, ABSOLUTE",
        "/, ABSOLUTE",
        "//a, ABSOLUTE",
        ".., PARENT",
        "../a, PARENT",
        "a/../b, PARENT",
        "a/.., PARENT",
        "., BAD_NAME",
        "./a, BAD_NAME",
        "a/./b, BAD_NAME",
        "a//b, BAD_NAME",
        "a/, BAD_NAME",
        "'', BAD_NAME",
        "a\\b, BAD_NAME",
        "..\\a, BAD_NAME"
    })
    void other_paths_are_refused(String path, Code code) {
        assertEquals(code, refusal(path));
    }

    @Test
    void a_nul_a_lone_surrogate_and_excessive_lengths_are_refused() throws PathRefused {
        for (String path : List.of("a\0b", "a\ud800", "x".repeat(256), "é".repeat(128), "a/".repeat(64) + "a")) {
            assertEquals(Code.BAD_NAME, refusal(path));
        }
        for (String path : List.of("x".repeat(255), "é".repeat(127), "a/".repeat(63) + "a")) {
            assertEquals(path, ScratchPath.parse(path).text());
        }
    }

    @Test
    void a_refusal_says_the_path_as_json_on_one_line() {
        PathRefused refused = assertThrows(PathRefused.class, () -> ScratchPath.parse("../\"x\"\n\u0001\ud800é"));
        assertEquals(
                "path \"../\\\"x\\\"\\n\\u0001\\ud800é\" has a segment \"..\"; no path leads out of the workspace",
                refused.getMessage());
        assertEquals("parent", refused.code().wireName());
    }

    @ParameterizedTest
    @CsvSource({"./docs/a.md, docs/a.md", "docs/, docs", "./docs/, docs", "././a, a", "docs/a.md, docs/a.md", "..., ..."
    })
    void a_leading_dot_and_a_last_slash_mean_nothing_in_what_is_asked_for(String asked, String path)
            throws PathRefused {
        assertEquals(path, ScratchPath.asked(asked).text());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", ".", "./", "a//", "a//b", "a/./b", "./../a", ".//a", "/a/", "./.git", ".git/", "a/..", "a/../"
            })
    void other_spellings_stay_refused(String asked) {
        assertThrows(PathRefused.class, () -> ScratchPath.asked(asked));
    }
}
