package pantheon.night.document;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import pantheon.night.document.FrontMatter.Unreadable;

/** No front matter is a positive finding: the document begins with what every program reads as text. */
class OpeningTest {
    private static final List<String> METADATA = List.of(
            "+++\ntitle = \"Keys\"\ndraft = false\n[extra]\nstatus = \"published\"\n+++\n",
            "---toml\ntitle = \"Keys\"\n---\n",
            "---yaml\ntitle: Keys\nstatus: final\n---\n",
            "--- yaml\ntitle: Keys\n---\n",
            "---json\n{\"title\": \"Keys\"}\n---\n",
            "---js\nmodule.exports = {title: \"Keys\"}\n---\n",
            "---\u00a0\ntitle: Keys\n---\n",
            "--- # about\ntitle: Keys\n---\n",
            "--- {title: Keys}\n---\n",
            "----\ntitle: Keys\n----\n",
            "\u2013\u2013\u2013\ntitle: Keys\n\u2013\u2013\u2013\n",
            "\u2014\ntitle: Keys\n\u2014\n",
            " ---\ntitle: Keys\n---\n",
            "\t---\ntitle: Keys\n---\n",
            "\u200b---\ntitle: Keys\n---\n",
            "- - -\ntitle: Keys\n- - -\n",
            "===\ntitle: Keys\n===\n",
            "~~~\ntitle: Keys\n~~~\n".replace("~~~\nt", "~~~ yaml\nt"),
            "```yaml\ntitle: Keys\n```\n",
            "```{metadata}\ntitle: Keys\n```\n",
            ";;;\n{\"title\": \"Keys\"}\n;;;\n",
            "{\"title\": \"Keys\", \"status\": \"published\"}\n",
            "{\n  \"title\": \"Keys\"\n}\n",
            "{:title \"Keys\"}\n",
            "%{\n  title: \"Keys\"\n}\n---\n",
            "\"title\": \"Keys\",\n",
            "{% set title = \"Keys\" %}\n",
            "{{#title Keys}}\n",
            "{: title=\"Keys\"}\n",
            "%YAML 1.2\n---\ntitle: Keys\n---\n",
            "% Keys\n% A. Nyone\n% May 2026\n",
            "title: Keys\nauthor: A. Nyone\nstatus: published\n",
            "Title:Keys\n",
            "title = Keys\n",
            "  Title: Keys\n  Date: 2026-05-04\n",
            "    Title: Keys\n    Date: 2026-05-04\n",
            "title: Keys\nstatus: published\n---\n",
            "Base Header Level: 2\nTitle: Keys\n",
            "title:: Keys\ntags:: a, b\n",
            "- title:: Keys\n",
            "[title:: Keys]\n",
            "[title]: # \"Keys\"\n",
            "[_metadata_:title]:- \"Keys\"\n",
            "[extra]\nstatus = \"published\"\n",
            "[[!meta title=\"Keys\"]]\n",
            "(:title Keys:)\n",
            ":title: Keys\n:date: 2026-05-04\n",
            ".. title: Keys\n.. slug: keys\n",
            "= Keys\n:author: A. Nyone\n",
            "#+TITLE: Keys\n#+DATE: 2026\n",
            "#' ---\n#' title: Keys\n#' ---\n",
            "# ---\n# title: Keys\n# ---\n",
            "#title Keys\n",
            "@def title = \"Keys\"\n",
            "/*\nTitle: Keys\n*/\n",
            "<!--\n.. title: Keys\n.. slug: keys\n-->\n",
            "<!--\ntitle: Keys\n-->\n",
            "<!-- title: Keys -->\n",
            "<!-- --- title: Keys -->\n",
            "<!--\n---\ntitle: Keys\n---\n-->\n",
            "<!--\n+++\ntitle = \"Keys\"\n+++\n-->\n",
            "<!-- {\"title\": \"Keys\"} -->\n",
            "<!-- without an end\n",
            "<frontmatter>\n  title: Keys\n</frontmatter>\n",
            "<Meta title=\"Keys\" />\n",
            "<meta name=\"title\" content=\"Keys\">\n",
            "<script>\nexport const title = \"Keys\"\n</script>\n",
            "<?php $title = \"Keys\"; ?>\n",
            "<%= title %>\n",
            "<!DOCTYPE html>\n",
            "export const meta = {title: \"Keys\"}\n",
            "export const title = \"Keys\"\n",
            "export default {title: \"Keys\"}\n",
            "export const x =\n  {title: \"Keys\"}\n",
            "export { meta } from \"./keys.js\"\n",
            "import x from \"./x\"\n\nexport const meta = {title: \"Keys\"}\n",
            "---\ntitle: Keys\n",
            "###\ntitle: Keys\n###\n",
            "<!--meta\ntitle=Keys\n-->\n",
            "<!--metadata title=\"Keys\" -->\n",
            "<!-- @title Keys -->\n",
            "<!-- :title: Keys -->\n",
            "<!--#set var=\"title\" value=\"Keys\" -->\n",
            "\u25CA(define-meta title \"Keys\")\n",
            "title := Keys\n",
            "'title': Keys\n",
            "[//]: # (title: Keys)\n",
            "::: meta\ntitle: Keys\n:::\n");

    private static final List<String> TEXT = List.of(
            "# Keys\n",
            "#\n\n# Keys\n",
            "# Note: the keys\n",
            "## Keys\n",
            "Keys\n====\n",
            "The keys are rotated.\n",
            "Die Schlüssel (alle)\n",
            "鍵を回す\n",
            "2026 was a year\n",
            "- a\n- b: c\n",
            "* a\n",
            "1. a\n",
            "**Note:** keys\n",
            "*keys*\n",
            "> keys\n",
            "`keys` turn\n",
            "```sh\nrotate: keys\n```\n",
            "~~~sh\nkeys\n~~~\n",
            "![logo](logo.svg)\n",
            "[![Build](b.svg)](https://example.org)\n",
            "[Keys](https://example.org)\n",
            "[TOC]\n\n# Keys\n",
            "<h1 align=\"center\">Keys</h1>\n",
            "<p align=\"center\">\n  <img src=\"a.svg\">\n</p>\n",
            "<!-- SPDX-License-Identifier: MIT -->\n# Keys\n",
            "<!-- markdownlint-disable MD033 -->\n\n# Keys\n",
            "<!-- see https://example.org -->\nKeys\n",
            "| a | b |\n|---|---|\n| title: | x |\n",
            "🚀 Keys\n",
            "\n\n# Keys\n",
            "import Tabs from \"@theme/Tabs\";\n\n# Keys\n",
            "export const x = `\n# not a title\n`;\n\n# Keys\n",
            "# Keys\n\n---\n\nA rule: and a key.\n\n---\n",
            "# Keys\n\n```yaml\n---\ntitle: Keys\n---\n```\n",
            "# Keys\u2028again\n",
            "This page tells of three things: one, two, three.\n",
            "It's simple: turn the key.\n",
            "The keys (all): rotate.\n",
            "Use `a:b` for them.\n",
            "See https://example.org for more.\n",
            "1. First: turn the key.\n",
            "let us begin\n",
            "import duties explained\n",
            "&copy; 2026\n",
            "\\# Keys\n",
            "$5 a key\n",
            ":::note\nkeys\n:::\n",
            "!!! note\n    keys\n",
            "<!-- TODO: more -->\n# Keys\n",
            "<!-- badges: start -->\n[![Build](b.svg)](x)\n<!-- badges: end -->\n",
            "[build]: https://example.org/b.svg\n\n# Keys\n",
            "[//]: # (a comment)\n\n# Keys\n",
            "# Keys\n\n`map :: (a -> b)` and std::string and a::b\n",
            "# Keys\n\nThe status was: published\n",
            "");

    static Stream<String> metadata() {
        var after = "\n# Rotating the keys\n\nText.\n";
        return METADATA.stream()
                .flatMap(form -> Stream.of(form, "\n" + form, "\n \n" + form, "<!-- a comment -->\n" + form))
                .flatMap(
                        form -> Stream.of(form + after, "\uFEFF" + form + after, (form + after).replace("\n", "\r\n")));
    }

    @ParameterizedTest
    @MethodSource("metadata")
    void what_may_be_metadata_is_never_pushed_below_a_block(String text) {
        var problem = assertThrows(Unreadable.class, () -> FrontMatter.of(text)).problem();
        assertEquals(-1, problem.indexOf('\n'), problem);
    }

    static Stream<String> text() {
        return TEXT.stream().flatMap(text -> Stream.of(text, "\uFEFF" + text, text.replace("\n", "\r\n")));
    }

    @ParameterizedTest
    @MethodSource("text")
    void what_every_program_reads_as_text_gets_a_block_above_it(String text) throws Unreadable {
        var mark = text.startsWith("\uFEFF") ? "\uFEFF" : "";
        var newline = text.contains("\r\n") ? "\r\n" : "\n";
        var block = "---" + newline + "status: draft" + newline + "---" + newline;
        assertEquals(
                mark + block + text.substring(mark.length()),
                FrontMatter.of(text).with(Map.of("status", "draft")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "# Keys\n\nText.\n\n---\nstatus: published\n---\n",
                "# Keys\n\nText.\n\n---\nstatus: published\n...\n",
                "# Keys\nstatus: published\n---\nText.\n",
                "# Keys\n- a\n\nstatus: published\n;;;\nText.\n",
                "# Keys\n\n<!-- ---\nstatus: published\n-->\n",
                "# Keys\n\nexport const metadata = {status: \"published\"}\n",
                "---\ntitle: Keys\n---\n\n---\nstatus: published\n---\n",
                "---\ntitle: Keys\n---\n+++\nstatus = \"published\"\n+++\n",
                "---\ntitle: Keys\n---\n\n;;;\n{\"status\": \"published\"}\n;;;\n",
                "---\ntitle: Keys\n---\n---toml\nstatus = \"published\"\n---\n",
                "---\n---\nstatus: published\n\n# Keys\n",
                "---\n\n# Keys\n\n---\n",
                "# Keys\n\nText.\n\n---\n# about\nstatus: published\n---\n",
                "# Keys\n---\nstatus: published\n---\n",
                "# Keys\n\n<!--\n---\nstatus: published\n---\n-->\n",
                "# Keys\n\nstatus:: published\n",
                "# Keys\n- **status**:: published\n",
                "# Keys\n\nText [status:: published] here.\n",
            })
    void metadata_further_down_is_for_a_person(String text) {
        assertThrows(Unreadable.class, () -> FrontMatter.of(text));
    }

    @Test
    void lines_that_end_in_a_carriage_return_alone_are_named() {
        var problem = assertThrows(Unreadable.class, () -> FrontMatter.of("---\rtitle: a\r---\r\r# Keys\r"))
                .problem();
        assertTrue(problem.contains("carriage return"), problem);
    }
}
