package pantheon.night.language.free;

import java.util.ArrayList;
import java.util.stream.IntStream;

/**
 * Groups of characters that most patterns take or refuse as a whole. A set of groups is an {@code int} of bits.
 *
 * <p>A character of ASCII is in the group of its byte, another one in the group of its first byte in UTF-8. What must
 * be escaped between quotes is in none.
 */
public final class CharacterGroups {
    /** The bit of texts that are not only whole characters of groups. */
    public static final int NONE = 1 << 31;

    private static final int CONTINUATION = 0x80;
    /** The last first byte of any character. */
    private static final int LAST_FIRST = 0xF4;

    /** Each of these is often refused or taken alone. */
    private static final String SINGLE = "-_ ./:,#&@=;*?|%+$'";
    /** First bytes of characters among which some patterns pick: line separators, unusual blanks. */
    private static final int PUNCTUATION = 0xE2;

    private static final int LOWER = 0;
    private static final int UPPER = 1;
    private static final int DIGIT = 2;
    private static final int FIRST_SINGLE = 3;
    private static final int OTHER_ASCII = FIRST_SINGLE + SINGLE.length();
    private static final int FIRST_MULTIBYTE = OTHER_ASCII + 1;
    /** How many groups there are. */
    public static final int COUNT = FIRST_MULTIBYTE + 3;

    private CharacterGroups() {}

    /** The number of the group of the characters that begin with a byte, -1 for none. */
    static int group(int first) {
        if (first >= CONTINUATION) {
            return multibyte(first);
        }
        if (first < ' ' || first == '"' || first == '\\' || first == 0x7F) {
            return -1;
        }
        return ascii(first);
    }

    private static int ascii(int c) {
        int single = SINGLE.indexOf(c);
        if (single >= 0) {
            return FIRST_SINGLE + single;
        }
        return c >= 'a' && c <= 'z' ? LOWER : c >= 'A' && c <= 'Z' ? UPPER : c >= '0' && c <= '9' ? DIGIT : OTHER_ASCII;
    }

    private static int multibyte(int first) {
        if (first < 0xC2 || first > LAST_FIRST) {
            return -1;
        }
        boolean mixed = first == 0xC2 || first == 0xE1 || first == 0xE3 || first == 0xEF;
        return FIRST_MULTIBYTE + (first == PUNCTUATION ? 2 : mixed ? 1 : 0);
    }

    /** The first bytes of a group's characters. */
    public static int[] firstBytes(int group) {
        return IntStream.range(0, 256).filter(first -> group(first) == group).toArray();
    }

    /** A group's characters: first and last code points in turn, rising. */
    public static int[] ranges(int group) {
        var found = new ArrayList<int[]>();
        for (int first = ' '; first <= LAST_FIRST; first++) {
            if (group(first) == group) {
                var range = characters(first);
                if (!found.isEmpty() && found.getLast()[1] + 1 == range[0]) {
                    found.getLast()[1] = range[1];
                } else {
                    found.add(range);
                }
            }
        }
        return found.stream().flatMapToInt(IntStream::of).toArray();
    }

    /** The characters that begin with a byte, without halves of surrogate pairs. */
    private static int[] characters(int first) {
        return switch (length(first)) {
            case 1 -> range(first, 0);
            case 2 -> range((first & 0x1F) << 6, 0x3F);
            case 3 -> first == 0xE0 ? range(0x800, 0x7FF) : range((first & 0x0F) << 12, first == 0xED ? 0x7FF : 0xFFF);
            default ->
                first == 0xF0
                        ? range(0x10000, 0x2FFFF)
                        : range((first & 0x07) << 18, first == LAST_FIRST ? 0xFFFF : 0x3FFFF);
        };
    }

    private static int[] range(int from, int more) {
        return new int[] {from, from + more};
    }

    /** The groups of a text's characters, or {@link #NONE} where some of its bytes are in no whole one. */
    public static int of(byte[] text) {
        int groups = 0;
        for (int at = 0; at < text.length; ) {
            int group = group(text[at] & 0xFF);
            int length = group < 0 ? 0 : wholeCharacter(text, at);
            if (length == 0) {
                return NONE;
            }
            groups |= 1 << group;
            at += length;
        }
        return groups;
    }

    /** The bytes of the character that begins at an index, 0 where it is broken. */
    private static int wholeCharacter(byte[] text, int at) {
        int length = length(text[at] & 0xFF);
        if (at + length > text.length) {
            return 0;
        }
        for (int i = 1; i < length; i++) {
            int low = i == 1 ? lowestSecond(text[at] & 0xFF) : CONTINUATION;
            int high = i == 1 ? highestSecond(text[at] & 0xFF) : 0xBF;
            int b = text[at + i] & 0xFF;
            if (b < low || b > high) {
                return 0;
            }
        }
        return length;
    }

    /** The bytes of a character by its first one. */
    public static int length(int first) {
        return first < CONTINUATION ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
    }

    /** The least second byte behind a first one. */
    public static int lowestSecond(int first) {
        return first == 0xE0 ? 0xA0 : first == 0xF0 ? 0x90 : CONTINUATION;
    }

    /** The greatest second byte behind a first one. */
    public static int highestSecond(int first) {
        return first == 0xED ? 0x9F : first == LAST_FIRST ? 0x8F : 0xBF;
    }
}
