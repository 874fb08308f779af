package pantheon.night.grammar.text;

import java.util.Map;
import pantheon.night.grammar.text.PatternNode.Characters;

/** Reads what stands behind a backslash, as far as it is some characters. */
final class PatternEscapes {
    private static final Map<Integer, Characters> FIXED = Map.ofEntries(
            Map.entry((int) 'd', Characters.DIGIT),
            Map.entry((int) 'D', Characters.DIGIT.negated()),
            Map.entry((int) 'w', Characters.WORD),
            Map.entry((int) 'W', Characters.WORD.negated()),
            Map.entry((int) 's', Characters.SPACE),
            Map.entry((int) 'S', Characters.SPACE.negated()),
            Map.entry((int) 't', Characters.one('\t')),
            Map.entry((int) 'n', Characters.one('\n')),
            Map.entry((int) 'r', Characters.one('\r')),
            Map.entry((int) 'f', Characters.one('\f')),
            Map.entry((int) 'v', Characters.one(0x0B)),
            Map.entry((int) 'b', Characters.one('\b')),
            Map.entry((int) '0', Characters.one(0)));

    private final PatternText text;

    PatternEscapes(PatternText text) {
        this.text = text;
    }

    /** @param inClass whether it stands in a class, where nothing refers back to a group */
    Characters read(boolean inClass) {
        if (text.isAtEnd()) {
            throw text.refused("a backslash at its end");
        }
        int c = text.take();
        var fixed = FIXED.get(c);
        return fixed != null ? fixed : read(c, inClass);
    }

    private Characters read(int c, boolean inClass) {
        return switch (c) {
            case 'c' -> Characters.one(Character.isLetter(text.peek(0)) ? text.take() % 32 : 'c');
            case 'x' -> orItself(text.takeHex(2), 'x');
            case 'u' -> text.take("{") ? braced() : orItself(joined(text.takeHex(4)), 'u');
            case 'p', 'P' -> text.take("{") ? property(c == 'P') : Characters.one(c);
            default -> itself(c, inClass);
        };
    }

    private Characters itself(int c, boolean inClass) {
        if (c == 'k' || (c >= '1' && c <= '9' && !inClass)) {
            throw text.refused("a back-reference");
        }
        return Characters.one(c);
    }

    private static Characters orItself(int value, int letter) {
        return Characters.one(value < 0 ? letter : value);
    }

    private Characters braced() {
        int value = 0;
        for (int digit : text.takeUntil('}').codePoints().toArray()) {
            value = Math.min(value * 16 + Math.max(0, Character.digit(digit, 16)), Character.MAX_CODE_POINT + 1);
        }
        if (value > Character.MAX_CODE_POINT) {
            throw text.refused("a code point beyond U+10FFFF");
        }
        return Characters.one(value);
    }

    /** A code point whose second half is written out behind it, or the value itself. */
    private int joined(int value) {
        int start = text.position();
        if (value >= 0 && Character.isHighSurrogate((char) value) && text.take("\\u")) {
            int low = text.takeHex(4);
            if (low >= 0 && Character.isLowSurrogate((char) low)) {
                return Character.toCodePoint((char) value, (char) low);
            }
            text.goBack(start);
        }
        return value;
    }

    private Characters property(boolean negated) {
        var name = text.takeUntil('}');
        var members = UnicodeProperty.members(name).orElseThrow(() -> text.refused("the unknown property " + name));
        return negated ? members.negated() : members;
    }
}
