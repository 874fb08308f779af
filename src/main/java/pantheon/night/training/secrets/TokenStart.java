package pantheon.night.training.secrets;

/**
 * What all tokens have in common, looked at before the pattern of one is tried: nearly all that begins as a token does is
 * within a word, or an ordinary word itself, such as {@code task-1}.
 */
final class TokenStart {
    /** How many characters at least follow a token's anchor, whatever its kind; all of them go on in it. */
    static final int LEAST = 10;

    private static final boolean[] GOES_ON = ascii("%._+/=$-");
    private static final boolean[] OF_WORD = ascii("");

    private TokenStart() {}

    /** @param more besides letters and digits */
    private static boolean[] ascii(String more) {
        var chars = new boolean[0x80];
        for (char c = 0; c < chars.length; c++) {
            chars[c] = Character.isLetterOrDigit(c) || more.indexOf(c) >= 0;
        }
        return chars;
    }

    /**
     * Whether a token may stand in a text, where its pattern decides; false where it cannot, whatever follows the text.
     *
     * @param from where its anchor begins
     * @param to where that ends
     */
    static boolean mayBe(String text, int from, int to) {
        return goesOn(text, to) && mayBegin(text, from);
    }

    private static boolean goesOn(String text, int from) {
        int to = Math.min(from + LEAST, text.length());
        for (int i = from; i < to; i++) {
            if (!isOf(GOES_ON, text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    /** Whether no word stands before a place, or what stands there may end an escape. */
    private static boolean mayBegin(String text, int at) {
        char before = charAt(text, at - 1);
        return !isOf(OF_WORD, before)
                || before == 'm'
                || charAt(text, at - 2) == '\\'
                || charAt(text, at - 3) == '%'
                || (charAt(text, at - 4) == '\\' && isOneOf("ux", charAt(text, at - 3)))
                || (charAt(text, at - 6) == '\\' && charAt(text, at - 5) == 'u');
    }

    private static char charAt(String text, int at) {
        return at < 0 ? ' ' : text.charAt(at);
    }

    private static boolean isOf(boolean[] chars, char c) {
        return c < chars.length && chars[c];
    }

    private static boolean isOneOf(String chars, char c) {
        return chars.indexOf(c) >= 0;
    }
}
