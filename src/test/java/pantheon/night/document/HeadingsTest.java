package pantheon.night.document;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HeadingsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'# A title\n'|A title",
                "'text\n\n#   A   *title*  with `code` ##\n'|A title with code",
                "'A title\n=====\n'|A title",
                "'Two\nlines\n===\n'|Two lines",
                "'# First\n# Second\n'|First",
                "'```\n# code\n```\n# One\n'|One",
                "'    # code\n\n# One\n'|One",
                "'> # quoted\n\n# One\n'|One",
                "'- # in a list\n\n# One\n'|One",
                "'<!--\n# comment\n-->\n# One\n'|One",
                "'# [A link](https://example.org) and **bold**\n'|A link and bold",
                "'# a \\* b &amp; c\n'|a * b & c",
                "'# \u00a0a b\u2028\n'|a b",
                "'\r\n# One\r\n'|One",
            })
    void the_title_is_the_first_heading_of_level_one(String markdown, String title) throws FrontMatter.Unreadable {
        assertEquals(title, Headings.title(markdown));
    }

    @ParameterizedTest
    @ValueSource(strings = {"## Two\n", "Two\n---\n\ntext\n\n", "### Three\n\n## Two\n\n", "text\n\n######\n\n"})
    void a_heading_behind_another_one_opens_a_part_of_the_page(String above) throws FrontMatter.Unreadable {
        assertNull(Headings.title(above + "# One\n\n# Second\n"));
        assertEquals("One", Headings.title("# One\n\n" + above + "# Second\n"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "text", "## Two\n", "#hashtag\n", "#\n", "```\n# code\n", "    # code\n", "> # quoted\n"})
    void other_texts_have_none(String markdown) throws FrontMatter.Unreadable {
        assertNull(Headings.title(markdown));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Rotating the keys {#rotate}",
                "Rotating the keys { #rotate .wide data-x=1 }",
                "Rotating the keys {: #rotate .wide}",
                "Rotating the keys {-}",
                "Rotating the keys {.unnumbered .unlisted}",
                "Rotating the keys ##",
                "Rotating the keys [#rotate]",
                "Rotating the keys {/* #rotate */}",
                "Rotating<br>the keys",
                "Rotating<br/> the keys",
                "Rotating <BR /> the&nbsp;keys",
                "Rotating&#10;the\u3000keys",
                "Rotating the keys [![Build](b.svg)](x)",
                "![logo](l.svg) Rotating the keys <img src=\"b.svg\">",
                "Rotating the keys <!-- omit in toc -->",
                "<a name=\"top\"></a>Rotating <kbd>the</kbd> **[keys](x)**",
                "Rotating the keys[^1]",
                "Ro\u00adtating\u200b the&shy; keys\ufeff",
                "Rotating [the keys][k]",
                "Rotating the keys [\u00b6](#rotate)",
                "Rotating the keys [#](#rotate)",
                "[Rotating](#rotate) the keys",
                "[Rotating the keys]"
            })
    void the_title_is_what_a_reader_of_the_page_sees(String heading) throws FrontMatter.Unreadable {
        assertEquals("Rotating the keys", Headings.title("# " + heading + "\n\n[k]: x\n[Rotating the keys]: y\n"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Rotating the keys ## {#rotate}|Rotating the keys ##",
                "[WIP] Rotating the keys|[WIP] Rotating the keys",
                "Rotating the `{keys}` {#rotate}|Rotating the {keys}",
                "The `[[keys]]` of `:rocket:`|The [[keys]] of :rocket:",
                "Costs $5 and $10|Costs $5 and $10",
                "At 10:30:15 a::b::c|At 10:30:15 a::b::c",
                "a < b & c ~5 x^2 C++|a < b & c ~5 x^2 C++"
            })
    void what_every_program_shows_as_it_is_stays(String heading, String title) throws FrontMatter.Unreadable {
        assertEquals(title, Headings.title("# " + heading + "\n"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{{ page.title }}",
                "{% title %}",
                "<%= title %>",
                "${title}",
                "Keys {{< badge >}}",
                "`{{ keys }}`",
                "Keys {props.x}",
                "Keys <Badge text=\"new\" />",
                "List<T>",
                "Keys <span class=\"sr-only\">x</span>",
                "E=mc<sup>2</sup>",
                "<del>Old</del> Keys",
                ":rocket: Keys",
                "Keys :material-key:",
                "The $x^2$ key",
                "The \\(x^2\\) key",
                "[[Keys]]",
                "Keys [[rotate]]",
                "[[Keys|the keys]]",
                "Keys [rotate]",
                "==Keys==",
                "~~Old~~ Keys",
                "H~2~O",
                "x^2^ keys",
                "{++Keys++}",
                "{--Old--} Keys",
                "{sub}`2` Keys",
                "[Keys]{.wide}",
                "![logo](l.svg)",
                "[@cite] Keys",
                "![Keys][none]",
                "The \\LaTeX keys",
                "%title%",
                "@title@",
                "||keys||",
                "Keys <xref:a.b>",
                "Keys %%hidden%%",
                "Keys :+1:",
                "Keys :id=rotate",
                "Keys |version|",
                "Keys <a href=\"#keys\">\u00b6</a>",
                "\\{#rotate}",
                "Keys \u202etfard",
                "Keys &#x2066;draft",
                "Keys \u0000"
            })
    void a_heading_that_a_program_decides_on_is_none(String heading) throws FrontMatter.Unreadable {
        assertNull(Headings.title("# " + heading + "\n\n# Second\n"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "#\n\n",
                "# \n",
                "#  ##\n\n",
                "export const x = `\n# not a title\n`;\n\n",
                "export const x = `\n\n# not a title\n`;\n\n",
                "import Tabs from '@theme/Tabs';\nimport Item from '@theme/Item';\n\n",
                "import {\n  a,\n\n  b\n} from './x'\n\n",
                "<!--\n# not a title\n-->\n\n",
                "```\n# not a title\n<h1>x</h1>\n{{ x }}\n```\n\n",
                "<script>\n\n# not a title\n\n</script>\n\n",
                "<div align=\"center\">\n\n",
                "<p align=\"center\"><img src=\"a.svg\"></p>\n\n",
                "<details><summary>x</summary>\n\ny\n\n</details>\n\n",
                "> # not a title\n\n",
                "1. # not a title\n\n",
                "[TOC]\n\n#tag #other-tag\n\n",
                "Some `{{ code }}` and `<h1>` here.\n\n",
                "```js\nimport x from 'y'\n\nexport default x\n```\n\n",
                "~~~\n\nexport const x = `\n~~~\n\n",
            })
    void the_title_is_the_first_heading_that_shows_on_the_page(String above) throws FrontMatter.Unreadable {
        assertEquals("Keys", Headings.title(above + "# Keys\n\n# Second\n"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<h1 align=\"center\">Keys</h1>\n\n",
                "<h1>\nKeys\n</h1>\n\n",
                "{% if draft %}\n\n",
                "{% raw %}\n\n",
                "{% include title.md %}\n\n",
                "{{ title }}\n\n",
                "{{< details >}}\n\n",
                "<%= title %>\n\n",
                "{::comment}\n\n",
                ":::note\n\n",
                "/// note\n\n",
                "<Tabs>\n\n",
                "<Hidden />\n\n",
                "<details>\n<summary>x</summary>\n\n",
                "<div hidden>\n\n",
                "<div class=\"only-print\">\n\n",
                "<template>\n\n",
                "text <!-- opened\n",
                "%%\n\n",
                "$$\n\n",
                "\\begin{comment}\n\n",
                "#Keys\n\n",
                "<<<<<<< ours\n",
                "export const x = `\n\n",
                "{\n# not a title\n}\n\n",
                "<>\n\n# not a title\n\n</>\n\n",
                "[//]: # (\n# not a title\n)\n\n",
                "\\[\n# not a title\n\\]\n\n",
                "\\iffalse\n\n# not a title\n\n",
                "\\iffalse\n# not a title\n\\fi\n\n",
                "@startuml\n\n# not a title\n\n",
                "@startmindmap\n# not a title\n@endmindmap\n\n",
            })
    void where_the_page_may_hide_it_or_show_another_there_is_none(String above) throws FrontMatter.Unreadable {
        assertNull(Headings.title(above + "# Second\n"));
    }

    @Test
    void a_title_is_looked_for_in_the_first_characters_alone() throws FrontMatter.Unreadable {
        var text = "text\n\n".repeat(10) + "# Keys\n";
        assertEquals("Keys", Headings.title(text, text.length()));
        var problem = assertThrows(FrontMatter.Unreadable.class, () -> Headings.title(text, text.length() - 1))
                .problem();
        assertEquals("there is no title heading in its first 66 characters", problem);
    }

    @Test
    void a_heading_that_is_longer_than_the_bound_is_for_a_person() throws FrontMatter.Unreadable {
        var longest = "x".repeat(HeadingText.MOST_CHARS);
        assertEquals(longest, Headings.title("# " + longest));
        assertThrows(FrontMatter.Unreadable.class, () -> Headings.title("# x" + longest));
    }

    @Test
    void a_statement_ends_within_a_bound_or_not_at_all() throws FrontMatter.Unreadable {
        var within = "export const x = \"" + "x".repeat(Statements.MOST_CHARS - 100) + "\\\"`\"\n\n# Keys\n";
        assertEquals("Keys", Headings.title(within));
        assertNull(Headings.title("export const x = \"" + "x".repeat(Statements.MOST_CHARS) + "\"\n\n# Keys\n"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"x <!-- ", "``", "![", "[", "__", "<a-", "[\n", "\n \n"})
    void what_is_opened_and_never_closed_is_text_above_no_title(String opening) throws FrontMatter.Unreadable {
        var heading = FrontMatter.of("---\ntitle: x\n---\n" + opening.repeat(20) + "\n\n# Keys\n")
                .heading();
        assertTrue(heading == null || heading.equals("Keys"), "heading " + heading);
    }

    @Test
    void blocks_that_are_nested_deeper_than_the_bound_are_text() throws FrontMatter.Unreadable {
        var nested = "> ".repeat(MarkdownBlocks.MOST_LEVELS + 10) + "# not a title\n\n";
        assertEquals("Keys", Headings.title(nested + "# Keys\n"));
    }
}
