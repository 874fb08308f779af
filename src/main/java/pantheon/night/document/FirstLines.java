package pantheon.night.document;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The lines of a text file that mean something only because they are first: an interpreter, a declaration, front
 * matter, an encoding, a directive.
 *
 * <p>Common ones are known by their look, some of them in files of one kind only. A first line that looks like one and
 * is not known is refused, and so is a file whose format has no comments.
 */
public final class FirstLines {
    private static final Set<String> MARKDOWN =
            Set.of("md", "markdown", "mdown", "mkd", "mkdn", "mdx", "mdoc", "mdwn", "qmd", "rmd", "livemd", "txt");
    /** What programs read, though it is called a text. */
    private static final Pattern LISTS = Pattern.compile(
            "(?:[\\w.-]*requirements|constraints)[\\w.-]*\\.txt|(?:robots|cmakelists|(?:app-)?ads)\\.txt");
    /** No comments, or rows of which the first names the columns. */
    private static final Set<String> WITHOUT_COMMENTS = Set.of(
            "json",
            "jsonl",
            "ndjson",
            "geojson",
            "ipynb",
            "webmanifest",
            "map",
            "csv",
            "tsv",
            "psv",
            "lock",
            "sum",
            "pem",
            "crt",
            "cer",
            "key",
            "pub",
            "asc",
            "sig",
            "eml",
            "mbox",
            "ics",
            "vcf",
            "diff",
            "patch",
            "svgz",
            "nvmrc",
            "rtf",
            "sln",
            "srt",
            "snap");

    /** Where {@code ---} is no fence of front matter. */
    private static final Set<String> DASHES =
            Set.of("yaml", "yml", "lua", "sql", "hs", "elm", "adb", "ads", "vhd", "vhdl");

    private static final Set<String> HASHES = Set.of(
            "c",
            "h",
            "cc",
            "cpp",
            "cxx",
            "hpp",
            "hh",
            "m",
            "mm",
            "cs",
            "csx",
            "fs",
            "fsx",
            "vb",
            "s",
            "asm",
            "glsl",
            "hlsl",
            "css",
            "scss",
            "less",
            "org",
            "swift",
            "idl",
            "rc",
            "gitignore");
    private static final Set<String> SIGNS = Set.of(
            "py", "pyi", "java", "kt", "kts", "scala", "groovy", "ts", "tsx", "js", "jsx", "mjs", "cjs", "mts", "cts",
            "dart", "swift", "css", "scss", "sass", "less", "jl", "ex", "exs", "m", "mm", "zig", "php", "hx", "cls");
    private static final Set<String> PERCENTS =
            Set.of("tex", "sty", "cls", "ltx", "bib", "bst", "m", "erl", "hrl", "pl", "pro", "mat");

    private static final Pattern MAGIC = Pattern.compile(
            "version https?://|-----BEGIN |WEBVTT|BEGIN:V|From |MIME-Version:|ply$|solid |P[1-7]$|Windows Registry Editor"
                    + "|REGEDIT|%!|%PDF|\\{\\\\rtf|# vtk |<<<<<<<|\\\\input texinfo|//!\\[|\\+\\+\\+[ \\t]*$|;;;[ \\t]*$|\\{%|\\{\\{|vim9script|VERSION \\d|/\\* XPM \\*/|GIMP Palette|<#ftl|\\[#ftl|### A Pluto|# ---[ \\t]*$|\\.\\. [\\w-]+: |:[\\w-]+: ");
    /** What programs look for in a first comment alone. */
    private static final Pattern PRAGMA = Pattern.compile("@(?:jest|vitest|flow|noflow|format|prettier|jsx)");

    /** An encoding, or a mode for an editor, in a comment. */
    private static final Pattern NAMED_IN_COMMENT = Pattern.compile("[^\\p{L}\\p{N}]+(?:.*-\\*-.*-\\*-"
            + "|(?:.*[^\\w])?(?:vim?|ex):[ \\t]*(?:set? )?\\w.*|.*coding[:=][ \\t]*[-\\w.]+).*");

    private static final Pattern BLANK_OR_HASH = Pattern.compile("[ \\t\\f]*(?:#.*)?");
    private static final Pattern ENCODING = Pattern.compile("[ \\t\\f]*#.*?coding[:=][ \\t]*[-\\w.]+.*");

    private static final Pattern DIRECTIVE = Pattern.compile(
            "@charset [\"'][^\"']*[\"'];|[\"']use [\\w -]+[\"'];?|#cloud-(?:config|boothook).*|#include|#part-handler|## template:.*"
                    + "|#(?:lang|reader|compdef|autoload)\\b.*|#%\\w.*|#[ \\t]*(?i:syntax|escape|check)[ \\t]*=.*|#[ \\t]*language:.*"
                    + "|@page\\b.*|(?i:@echo off)|(?:doctype|!!!)(?:[ \\t].*)?|%[ \\t]*![ \\t]*(?i:TeX)\\b.*|%&.*|//[ \\t]*swift-tools-version.*|///usr/bin/env .*"
                    + "|//[ \\t]*@(?:flow|noflow|ts-\\w+|format|dart)\\b.*|%(?:YAML|TAG)\\b.*|--[ \\t]*(?i:liquibase formatted sql).*|'\\\\\"[ \\t][a-z]+|/-[ \\t]*kdl-version\\b.*|<\\?xml-[^?]*\\?>");
    /** The line below an interpreter that tells it more. */
    private static final Pattern SECOND = Pattern.compile("%%!.*|-- stack .*|#![ \\t]*nix-shell.*");

    private static final Pattern PHP = Pattern.compile(
            "<\\?(?:php|hh)(?:[ \\t]+declare[ \\t]*\\([^)]*\\)[ \\t]*;|[ \\t]+(?://|#)(?!.*\\?>).*)?[ \\t]*");
    private static final Pattern UNKNOWN = Pattern.compile("<[?%].*|<!(?!--).*|\\+\\+\\+.*|---+[^-\\s].*");
    private static final Pattern HASH = Pattern.compile("#[^\\s#!/*=~<>-].*");
    private static final List<List<String>> BRACKETS = List.of(
            List.of("/*", "*/"), List.of("<!--", "-->"), List.of("(*", "*)"), List.of("{-", "-}"), List.of("{#", "#}"));

    private final String text;
    private final String kind;

    private FirstLines(String path, String text) {
        this.text = text;
        this.kind = kind(path);
    }

    private static String kind(String path) {
        var name = path.substring(path.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
        if (LISTS.matcher(name).matches()) {
            return "";
        }
        return name.substring(name.lastIndexOf('.') + 1).equals(name) ? "" : name.substring(name.lastIndexOf('.') + 1);
    }

    /**
     * Where the lines end that have to stay first, a byte-order mark included.
     *
     * @param path the file's path, whose ending tells its kind
     * @throws FrontMatter.Unreadable where that cannot be told
     */
    public static int end(String path, String text) throws FrontMatter.Unreadable {
        return new FirstLines(path, text).end();
    }

    private int end() throws FrontMatter.Unreadable {
        int start = text.startsWith("\uFEFF") ? 1 : 0;
        refuse(WITHOUT_COMMENTS.contains(kind), "files of this kind have no comments");
        refuse(MAGIC.matcher(line(start)).lookingAt(), "its first line has to stay the first");
        refuse(PRAGMA.matcher(firstComment(start)).find(), "its first comment has to stay the first");
        if (MARKDOWN.contains(kind) || (isFence(start) && !DASHES.contains(kind))) {
            return frontMatter(start);
        }
        int at = start;
        for (int next = behind(at); next > at; next = behind(at)) {
            at = next;
        }
        refuse(at == start && isUnknown(line(at)), "its first line looks like one that has to stay the first");
        refuse(at > start && isFence(at) && !DASHES.contains(kind), "it has front matter below its first line");
        return at == start && isEncodingBelow(at) ? next(next(at)) : at;
    }

    /** Whether an encoding is in the second line, below a comment or a blank line (PEP 263). */
    private boolean isEncodingBelow(int start) {
        return BLANK_OR_HASH.matcher(line(start)).matches()
                && ENCODING.matcher(line(next(start))).matches();
    }

    private String firstComment(int start) {
        int end = text.startsWith("/*", start) ? text.indexOf("*/", start) : start;
        return text.substring(start, Math.max(end, start));
    }

    private static void refuse(boolean refused, String why) throws FrontMatter.Unreadable {
        if (refused) {
            throw new FrontMatter.Unreadable(why);
        }
    }

    private boolean isFence(int at) {
        return line(at).stripTrailing().equals("---");
    }

    private int frontMatter(int start) throws FrontMatter.Unreadable {
        int end = FrontMatter.end(text);
        refuse(end == start && isFence(start), "its front matter has no closing line ---");
        var doubt = end > start ? null : Opening.doubt(text.substring(start));
        refuse(doubt != null, String.valueOf(doubt));
        return end;
    }

    /** Behind one more line that stays first; the same place where there is none. */
    private int behind(int at) throws FrontMatter.Unreadable {
        var line = line(at).stripTrailing();
        boolean first = at <= 1;
        if (first && line.startsWith("#!") && !line.startsWith("#![")) {
            refuse(line.endsWith("\\"), "its interpreter is told more in the lines below");
            return next(at);
        }
        if (first && line.startsWith("#") && kind.equals("lua")) {
            return next(at); // Lua passes over such a line in the first place alone
        }
        if (line.startsWith("<?xml ") || line.startsWith("<%@") || line.regionMatches(true, 0, "<!doctype", 0, 9)) {
            return declaration(at, line);
        }
        if (line.startsWith("<?php") || line.startsWith("<?hh")) {
            refuse(!PHP.matcher(line).matches(), "its first line holds code behind <?php");
            return next(at);
        }
        boolean stays = DIRECTIVE.matcher(line).matches()
                || (isNearTop(at)
                        && (isNamed(line) || (!first && SECOND.matcher(line).matches())));
        return stays ? next(at) : at;
    }

    private int declaration(int at, String line) throws FrontMatter.Unreadable {
        var close = line.startsWith("<?") ? "?>" : line.startsWith("<%") ? "%>" : ">";
        int end = text.indexOf(close, at);
        refuse(end < 0, "its declaration has no end");
        refuse(close.equals(">") && text.substring(at, end).indexOf('[') >= 0, "its document type has declarations");
        int behind = end + close.length();
        return line(behind).isBlank() ? next(behind) : behind;
    }

    /** Encodings and modes are looked for in the first two lines. */
    private boolean isNearTop(int at) {
        return text.substring(0, at).lines().count() < 2;
    }

    private static boolean isNamed(String line) throws FrontMatter.Unreadable {
        if (!NAMED_IN_COMMENT.matcher(line).matches()) {
            return false;
        }
        for (var pair : BRACKETS) {
            refuse(line.contains(pair.getFirst()) && !line.contains(pair.getLast()), "its first line opens a comment");
        }
        return true;
    }

    private boolean isUnknown(String line) {
        return UNKNOWN.matcher(line).matches()
                || (HASH.matcher(line).matches() && !HASHES.contains(kind))
                || (line.startsWith("@") && !SIGNS.contains(kind))
                || (line.startsWith("%") && !PERCENTS.contains(kind))
                || line.startsWith("@charset")
                || kind.startsWith("php");
    }

    private String line(int at) {
        return text.substring(at, lineEnd(at));
    }

    private int lineEnd(int at) {
        int end = at;
        while (end < text.length() && text.charAt(end) != '\n' && text.charAt(end) != '\r') {
            end++;
        }
        return end;
    }

    /** Behind a line and what ends it. */
    private int next(int at) {
        int end = lineEnd(at);
        return end + (text.startsWith("\r\n", end) ? 2 : end < text.length() ? 1 : 0);
    }
}
