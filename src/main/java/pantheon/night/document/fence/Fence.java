package pantheon.night.document.fence;

import java.util.regex.Pattern;

/**
 * A fenced code block that is closed.
 *
 * @param line that of its opening fence, from 1
 * @param behind the place in the text behind the opening fence's signs, where a language is written
 * @param info what the opening fence says, as a reader has it: escapes resolved, blanks at its ends taken off
 * @param code what stands in it, without the indentation of what it stands in
 */
public record Fence(int line, int behind, String info, String code) {
    /** Attributes that say nothing of a language: ids, keys with values, numbers of lines. */
    private static final Pattern NO_LANGUAGE = Pattern.compile(
            "\\{(?:[ \\t,]*+(?:#[\\w:-]++|(?!lang)[a-zA-Z][\\w-]*+=(?:\"[^\"]*+\"|'[^']*+'|[^\\s{}\"']++)|[\\d-]++))*+[ \\t]*+}");

    /** What no word of a language holds: the rest of the info string. */
    private static final Pattern END = Pattern.compile("[\\s{,:]");

    public Fence {
        if (line < 1 || behind < 1) {
            throw new IllegalArgumentException("line %d, place %d".formatted(line, behind));
        }
    }

    /** Whether it says no language; one whose info string may mean one in some program does. */
    public boolean isBare() {
        return info.isEmpty() || NO_LANGUAGE.matcher(info).matches();
    }

    /** The word for its language, as written; empty where there is none, or it stands elsewhere than first. */
    public String language() {
        if (isBare()) {
            return "";
        }
        var word = END.split(info, 2)[0];
        return word.indexOf('=') < 0 ? word : "";
    }
}
