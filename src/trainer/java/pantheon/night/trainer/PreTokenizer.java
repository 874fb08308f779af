package pantheon.night.trainer;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How text is cut into the pieces that BPE never merges across. The rule that shaped it: the inside of a JSON string is
 * cut the same wherever the string stands, because the model copies strings token by token. So an escape is a piece of
 * its own, JSON's structure is cut at quotes and braces, and nothing that can be inside a string ever takes in a quote.
 *
 * <p>The expression is written for Oniguruma, which the runner's tokenizer uses, and reads the same in Java.
 */
final class PreTokenizer {
    /**
     * In order: escapes; structure that starts at a quote; structure before an opening quote, which alone is followed by
     * a letter, digit or underscore; words with their case changes as borders; single digits; runs of one and the same
     * mark; line breaks; single blanks; a stray backslash.
     */
    static final String EXPRESSION = String.join(
            "|",
            "\\\\u[0-9a-fA-F]{4}",
            "\\\\[^\\r\\n]",
            "\"(?:: \\{\"|: \\[\"|: \"|: \\{\\}|: \\[\\]|: \\{|: \\[|: |, \"|, \\{\"|, |\\}\\}|\\}, \\{\"|\\}, \"|\\}|\\], \"|\\]\\}|\\])?",
            "(?:\\}, |\\], |, |\\{|\\[)\"(?=[\\p{L}\\p{N}_])",
            "[ _]?\\p{Lu}?[\\p{Ll}\\p{M}]+",
            "[ _]?\\p{Lu}+(?!\\p{Ll})",
            "[ _]?[\\p{Lu}\\p{Lt}\\p{Lm}\\p{Lo}][\\p{Lt}\\p{Lm}\\p{Lo}\\p{M}]*",
            "\\p{N}",
            "([^\\s\\p{L}\\p{N}\"\\\\])\\1{0,3}",
            "[\\r\\n]+",
            "\\s",
            "\\\\");

    private static final Pattern PATTERN = Pattern.compile(EXPRESSION, Pattern.UNICODE_CHARACTER_CLASS);

    private PreTokenizer() {}

    /** The text's pieces, in order; together they are the text. */
    static List<String> pieces(String text) {
        List<String> pieces = new ArrayList<>();
        Matcher matcher = PATTERN.matcher(text);
        int end = 0;
        while (matcher.find()) {
            if (matcher.start() > end) {
                pieces.add(text.substring(end, matcher.start()));
            }
            pieces.add(matcher.group());
            end = matcher.end();
        }
        if (end < text.length()) {
            pieces.add(text.substring(end));
        }
        return pieces;
    }
}
