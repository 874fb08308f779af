package pantheon.night.document.prose;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a phrase must be to stand as a page's description. */
final class DescriptionTest {
    private static final Description.Bounds BOUNDS = new Description.Bounds(50, 155, 0.5);
    private static final String PAGE = """
            ---
            title: Install
            ---
            # Install the program

            Download the *archive* for Linux, unpack it, and [verify](verify.md) its signature.
            Then put the program's folder in your path.

            ```sh
            forbidden words of code that nobody describes
            ```

            | a | table |
            """;
    private static final String GOOD = "How to download, unpack and verify the program's archive on Linux.";

    private static String problem(String text, String title, String... neighbours) {
        var page = new Description.Page(title, PageProse.of(PAGE), List.of(neighbours));
        return String.valueOf(new Description(text).problem(BOUNDS, page));
    }

    @Test
    void a_plain_phrase_about_the_page_fits() {
        assertEquals("null", problem(GOOD, "Install the program"));
        assertEquals("null", problem(GOOD, "Install the program", "How to remove the service from a cluster again."));
    }

    @Test
    void it_is_neither_too_short_nor_too_long() {
        assertEquals("it has 8 characters; expected 50 to 155", problem("Install.", "Install"));
        assertEquals("it has 198 characters; expected 50 to 155", problem(GOOD.repeat(3), "Install"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "How to download, unpack and **verify** the program's archive on Linux.",
                "How to download, unpack and [verify](x) the program's archive on Linux.",
                "How to download, unpack and verify the archive: https://example.org/linux",
                "How to download, unpack and verify the program's archive on Linux,",
                "<b>How to download, unpack and verify the program's archive on Linux</b>",
                "How to download, unpack and verify\nthe program's archive on Linux today",
                "TODO: how to download, unpack and verify the program's archive on Linux",
                "Download the archive download download download the archive for Linux",
                "DOWNLOAD, UNPACK AND VERIFY THE PROGRAM'S ARCHIVE ON LINUX MACHINES",
            })
    void what_is_not_plain_does_not_fit(String text) {
        assertNotEquals("null", problem(text, "Install the program"));
    }

    @Test
    void the_title_again_is_no_description() {
        var title = "How to download, unpack and verify the program's archive on Linux";
        assertEquals("it is the title again", problem(title, title));
        assertEquals("it is the title again", problem(GOOD, title + ": Linux"));
    }

    @Test
    void what_the_page_does_not_speak_of_does_not_fit() {
        assertEquals(
                "it is not about this page: the page has 0 % of its words; expected 50 %",
                problem("Gardens bloom where bees gather nectar throughout sunny August", "Install"));
        assertNotNull(PageProse.of(PAGE));
        assertEquals(-1, PageProse.of(PAGE).indexOf("forbidden"));
        assertEquals(
                "Install the program\nDownload the archive for Linux, unpack it, and verify its signature.\nThen put the program's folder in your path.\n",
                PageProse.of(PAGE));
    }

    @Test
    void what_a_page_beside_it_has_does_not_fit() {
        assertEquals(
                "a page beside it has nearly the same",
                problem(GOOD, "Install", "Another thing that somebody said.", GOOD.replace("How to", "How you")));
    }

    @Test
    void scripts_without_blanks_are_compared_by_pairs_of_characters() {
        var page = new Description.Page("インストール", "このページでは、プログラムのアーカイブをダウンロードして検証する方法を説明します。", List.of());
        var text = "プログラムのアーカイブをダウンロードして検証する方法を説明します。";
        assertNull(new Description(text).problem(new Description.Bounds(20, 155, 0.5), page));
        assertNotNull(
                new Description("庭の花と蜂と夏の太陽についての長い長い物語を読む人のための頁").problem(new Description.Bounds(20, 155, 0.5), page));
    }
}
