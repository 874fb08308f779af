package pantheon.night.contract;

/** Texts that other formats take only where nothing in them means something else there. */
public final class PlainText {
    private PlainText() {}

    /** Whether it is one line, not empty, without control characters and without blanks at its ends. */
    public static boolean isTrimmedLine(String text) {
        return !text.isEmpty() && text.strip().equals(text) && text.codePoints().noneMatch(PlainText::breaksLine);
    }

    private static boolean breaksLine(int character) {
        return Character.isISOControl(character) || character == 0x2028 || character == 0x2029;
    }

    /**
     * Whether git can write it as the name or the address of a person: a trimmed line without angle brackets, in which
     * there is more than the punctuation that git cuts off.
     */
    public static boolean isIdentity(String text) {
        return isTrimmedLine(text)
                && text.chars().noneMatch(c -> c == '<' || c == '>')
                && text.codePoints().anyMatch(Character::isLetterOrDigit);
    }
}
