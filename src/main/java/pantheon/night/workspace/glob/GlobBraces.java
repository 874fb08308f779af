package pantheon.night.workspace.glob;

import java.util.ArrayList;
import java.util.List;
import pantheon.night.ExitCode;
import pantheon.night.NightException;
import pantheon.night.contract.Json;

/** The braces of a pattern, {@code {a,b}}, written out: one text for each choice. */
final class GlobBraces {
    /** So many choices a pattern may stand for. */
    static final int MOST_CHOICES = 1000;

    private final String pattern;
    private int at;

    private GlobBraces(String pattern) {
        this.pattern = pattern;
    }

    /** The texts without braces that a pattern stands for. */
    static List<String> expand(String pattern) {
        return new GlobBraces(pattern).sequence(0);
    }

    /** Up to the end of the pattern, or inside of braces to the comma or brace that ends a choice. */
    private List<String> sequence(int depth) {
        var texts = List.of("");
        while (at < pattern.length() && !(depth > 0 && endsChoice())) {
            texts = product(texts, pattern.charAt(at) == '{' ? choices(depth + 1) : List.of(plain()));
        }
        return texts;
    }

    private boolean endsChoice() {
        return pattern.charAt(at) == ',' || pattern.charAt(at) == '}';
    }

    private List<String> choices(int depth) {
        if (depth > 16) {
            throw wrong("has braces in more than 16 others");
        }
        var texts = new ArrayList<String>();
        do {
            at++; // the brace, or the comma
            texts.addAll(sequence(depth));
        } while (at < pattern.length() && pattern.charAt(at) == ',');
        if (at == pattern.length()) {
            throw wrong("has a { without its }");
        }
        at++;
        return texts;
    }

    /** A character, an escaped one, or a class, in which braces and commas stand for themselves. */
    private String plain() {
        int from = at;
        switch (pattern.charAt(at)) {
            case '\\' -> at = Math.min(pattern.length(), at + 2);
            case '[' -> at = Math.max(at + 1, GlobClass.end(pattern, at));
            default -> at++;
        }
        return pattern.substring(from, at);
    }

    private List<String> product(List<String> before, List<String> after) {
        if ((long) before.size() * after.size() > MOST_CHOICES) {
            throw wrong("stands for more than %d others".formatted(MOST_CHOICES));
        }
        return before.stream().flatMap(text -> after.stream().map(text::concat)).toList();
    }

    private NightException wrong(String what) {
        return wrong(pattern, what);
    }

    static NightException wrong(String pattern, String what) {
        return new NightException(
                ExitCode.USAGE,
                "the pattern %s %s; expected one such as 'docs/**.md'. A backslash before a character takes it for itself."
                        .formatted(Json.quote(pattern), what));
    }
}
