package pantheon.night.workspace.glob;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import pantheon.night.NightException;

/** Reads a pattern without braces into its parts. */
final class GlobParser {
    private final String pattern;
    private final String told;
    private final List<GlobPart> parts = new ArrayList<>();
    private int at;

    private GlobParser(String pattern, String told) {
        this.pattern = pattern;
        this.told = told;
    }

    /** @param told the pattern as it was given, for messages */
    static List<GlobPart> parse(String pattern, String told) {
        var parser = new GlobParser(plain(pattern), told);
        parser.requireInside();
        while (parser.at < parser.pattern.length()) {
            parser.part();
        }
        return List.copyOf(parser.parts);
    }

    /** Without what means nothing in a path: a dot for a name, and a second slash. */
    private static String plain(String pattern) {
        var plain = pattern.replaceAll("/(\\./)+|//+", "/").replaceAll("/{2,}", "/");
        return plain.startsWith("./") ? plain.substring(2) : plain;
    }

    private void requireInside() {
        if (pattern.isEmpty()) {
            throw wrong("is empty");
        }
        if (pattern.startsWith("/")) {
            throw wrong("is absolute, and paths are those from the top of the workspace on");
        }
        if (Arrays.asList(pattern.split("/", -1)).contains("..")) {
            throw wrong("leads up by \"..\", and no path of the workspace does");
        }
    }

    private void part() {
        switch (pattern.charAt(at)) {
            case '*' -> parts.add(stars());
            case '?' -> one(new GlobPart.One(c -> c != '/'), 1);
            case '[' -> characters();
            case '\\' -> escaped();
            default -> one(GlobPart.One.of(pattern.codePointAt(at)), Character.charCount(pattern.codePointAt(at)));
        }
    }

    private void one(GlobPart part, int length) {
        parts.add(part);
        at += length;
    }

    private GlobPart stars() {
        int from = at;
        while (at < pattern.length() && pattern.charAt(at) == '*') {
            at++;
        }
        if (at - from == 1) {
            return new GlobPart.InName();
        }
        boolean begins = from == 0 || pattern.charAt(from - 1) == '/';
        if (begins && at < pattern.length() && pattern.charAt(at) == '/') {
            at++;
            return new GlobPart.Folders();
        }
        return new GlobPart.Across();
    }

    private void characters() {
        int end = GlobClass.end(pattern, at);
        try {
            one(new GlobPart.One(GlobClass.members(pattern.substring(at, end))), end - at);
        } catch (IllegalArgumentException e) {
            throw wrong(String.valueOf(e.getMessage()));
        }
    }

    private void escaped() {
        at++;
        if (at == pattern.length()) {
            throw wrong("ends in a backslash with nothing behind it");
        }
        int character = pattern.codePointAt(at);
        one(GlobPart.One.of(character), Character.charCount(character));
    }

    private NightException wrong(String what) {
        return GlobBraces.wrong(told, what);
    }
}
