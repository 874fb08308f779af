package pantheon.night.workspace.glob;

import java.util.Map;
import java.util.function.IntPredicate;

/** A class of characters in a pattern: {@code [abc]}, {@code [a-z]}, {@code [!a]}, {@code [^a]}, {@code [[:alpha:]]}. */
final class GlobClass {
    /** The named classes of glob(7), over all of Unicode. */
    private static final Map<String, IntPredicate> NAMED = Map.ofEntries(
            Map.entry("alnum", Character::isLetterOrDigit),
            Map.entry("alpha", Character::isLetter),
            Map.entry("blank", c -> c == ' ' || c == '\t'),
            Map.entry("cntrl", Character::isISOControl),
            Map.entry("digit", c -> c >= '0' && c <= '9'),
            Map.entry("graph", c -> !Character.isWhitespace(c) && !Character.isISOControl(c)),
            Map.entry("lower", Character::isLowerCase),
            Map.entry("print", c -> !Character.isISOControl(c)),
            Map.entry("punct", c -> c > ' ' && c < 0x7f && !Character.isLetterOrDigit(c)),
            Map.entry("space", Character::isWhitespace),
            Map.entry("upper", Character::isUpperCase),
            Map.entry("xdigit", c -> Character.digit(c, 16) >= 0 && c < 0x80));

    private final String pattern;
    private int at;
    private IntPredicate members = c -> false;

    private GlobClass(String pattern, int at) {
        this.pattern = pattern;
        this.at = at;
    }

    /** Where a class ends, behind its bracket; the pattern's length where it has no end. */
    static int end(String pattern, int from) {
        int at = from + 1;
        at += at < pattern.length() && "!^".indexOf(pattern.charAt(at)) >= 0 ? 1 : 0;
        for (boolean first = true; at < pattern.length(); first = false) {
            if (pattern.charAt(at) == ']' && !first) {
                return at + 1;
            }
            at = next(pattern, at);
        }
        return pattern.length();
    }

    private static int next(String pattern, int at) {
        if (pattern.startsWith("[:", at)) {
            int end = pattern.indexOf(":]", at + 2);
            return end < 0 ? at + 1 : end + 2;
        }
        return Math.min(pattern.length(), at + (pattern.charAt(at) == '\\' ? 2 : 1));
    }

    /**
     * The characters of a class; a slash is never one.
     *
     * @param pattern is a class from its bracket to its bracket
     * @throws IllegalArgumentException with a message of what is wrong
     */
    static IntPredicate members(String pattern) {
        if (pattern.length() < 3 || !pattern.endsWith("]") || end(pattern + "\0", 0) != pattern.length()) {
            throw new IllegalArgumentException("has a [ without its ]");
        }
        boolean negated = "!^".indexOf(pattern.charAt(1)) >= 0;
        var reader = new GlobClass(pattern, negated ? 2 : 1);
        reader.read();
        var members = reader.members;
        return c -> c != '/' && members.test(c) != negated;
    }

    private void read() {
        while (at < pattern.length() - 1) {
            if (pattern.startsWith("[:", at) && pattern.indexOf(":]", at) > 0) {
                named();
            } else {
                range();
            }
        }
    }

    private void named() {
        int end = pattern.indexOf(":]", at);
        var name = pattern.substring(at + 2, end);
        var named = NAMED.get(name);
        if (named == null) {
            throw new IllegalArgumentException("has the class [:%s:], which nobody knows".formatted(name));
        }
        members = members.or(named);
        at = end + 2;
    }

    private void range() {
        int first = character();
        if (pattern.charAt(at) != '-' || at + 1 >= pattern.length() - 1) {
            members = members.or(c -> c == first);
            return;
        }
        at++;
        int last = character();
        if (last < first) {
            throw new IllegalArgumentException("has a range that ends before it begins");
        }
        members = members.or(c -> c >= first && c <= last);
    }

    private int character() {
        if (pattern.charAt(at) == '\\') {
            at++;
        }
        int character = pattern.codePointAt(at);
        at += Character.charCount(character);
        return character;
    }
}
