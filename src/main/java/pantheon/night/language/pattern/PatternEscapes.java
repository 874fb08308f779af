package pantheon.night.language.pattern;

import java.util.Map;
import java.util.Optional;

/** Reads what stands behind a backslash, as far as it is some characters. */
final class PatternEscapes {
    private static final Map<Integer, Characters> SETS = Map.of(
            (int) 'd',
            Characters.DIGIT,
            (int) 'D',
            Characters.DIGIT.negated(),
            (int) 'w',
            Characters.WORD,
            (int) 'W',
            Characters.WORD.negated(),
            (int) 's',
            Characters.SPACE,
            (int) 'S',
            Characters.SPACE.negated());
    private static final String LETTERS = "tnrfv";
    private static final String MEANT = "\t\n\r\f\u000B";

    private final PatternText text;

    PatternEscapes(PatternText text) {
        this.text = text;
    }

    /** Reads on behind the backslash. */
    Characters read() {
        return set().orElseGet(() -> Characters.one(character()));
    }

    /** What stands for a set of characters; empty, with nothing taken, where it stands for one. */
    Optional<Characters> set() {
        var set = Optional.ofNullable(SETS.get(text.peek(0)));
        if (set.isPresent()) {
            text.take();
            return set;
        }
        boolean property = text.isNext("p{") || text.isNext("P{");
        return property ? Optional.of(property(text.take() == 'P')) : Optional.empty();
    }

    private Characters property(boolean negated) {
        text.take();
        var name = text.takeUntil('}');
        var members = UnicodeProperty.members(name).orElseThrow(() -> text.refused("the unknown property " + name));
        return negated ? members.negated() : members;
    }

    /** The one code point that it stands for, which may be half of a surrogate pair. */
    int character() {
        if (text.isAtEnd()) {
            throw text.refused("a backslash at its end");
        }
        int c = text.take();
        int letter = LETTERS.indexOf(c);
        return letter >= 0 ? MEANT.charAt(letter) : character(c);
    }

    private int character(int c) {
        return switch (c) {
            case '0' -> isDigit(text.peek(0)) ? unknown(c) : 0;
            case 'c' -> isLetter(text.peek(0)) ? text.take() % 32 : unknown(c);
            case 'x' -> known(text.takeHex(2), c);
            case 'u' -> text.take("{") ? braced() : joined(known(text.takeHex(4), c));
            default -> isLetter(c) || isDigit(c) ? unknown(c) : c;
        };
    }

    private static boolean isLetter(int c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }

    private static boolean isDigit(int c) {
        return c >= '0' && c <= '9';
    }

    private int known(int value, int letter) {
        return value < 0 ? unknown(letter) : value;
    }

    /** What one dialect takes for a letter and another for an anchor or a class: nobody should guess. */
    private int unknown(int c) {
        throw text.refused("\\%c, which has no meaning in ECMA-262,".formatted(c));
    }

    private int braced() {
        var digits = text.takeUntil('}');
        if (!digits.matches("0*[0-9A-Fa-f]{1,6}")) {
            throw text.refused("\\u{%s}, which is no code point,".formatted(digits));
        }
        int value = Integer.parseInt(digits, 16);
        if (value > Character.MAX_CODE_POINT) {
            throw text.refused("a code point beyond U+10FFFF");
        }
        return value;
    }

    /** A code point whose second half is written out behind it, or the value itself. */
    private int joined(int value) {
        int start = text.position();
        if (Character.isHighSurrogate((char) value) && text.take("\\u")) {
            int low = text.takeHex(4);
            if (low >= 0 && Character.isLowSurrogate((char) low)) {
                return Character.toCodePoint((char) value, (char) low);
            }
            text.goBack(start);
        }
        return value;
    }
}
