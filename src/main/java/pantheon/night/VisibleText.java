package pantheon.night;

/** Foreign text in which every character can be seen: none moves the cursor, colours a terminal, or turns a line. */
public final class VisibleText {
    private VisibleText() {}

    /** One line; ends of lines and tabs are spaces. */
    public static String line(String text) {
        return of(text, false);
    }

    /** Text that keeps its lines and tabs. */
    public static String block(String text) {
        return of(text, true);
    }

    /** JSON that says the same: what is hidden in its strings is escaped, as RFC 8259, section 7 has it. */
    public static String json(String json) {
        var out = new StringBuilder(json.length());
        json.codePoints().forEach(c -> out.append(c >= 0x7F && isHidden(c) ? escaped(c) : Character.toString(c)));
        return out.toString();
    }

    private static String escaped(int c) {
        var units = new StringBuilder();
        for (char unit : Character.toChars(c)) {
            units.append("\\u%04X".formatted((int) unit));
        }
        return units.toString();
    }

    private static String of(String text, boolean lines) {
        if (text.chars().allMatch(c -> c >= ' ' && c < 0x7F)) {
            return text;
        }
        var out = new StringBuilder(text.length() + 16);
        text.codePoints().forEach(c -> out.append(visible(c, lines)));
        return out.toString();
    }

    private static String visible(int c, boolean lines) {
        if (c == '\n' || c == '\t') {
            return lines ? Character.toString(c) : " ";
        }
        if (c < ' ') {
            return Character.toString(0x2400 + c); // its picture
        }
        return isHidden(c) ? "⟨U+%04X⟩".formatted(c) : Character.toString(c);
    }

    private static boolean isHidden(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.UNASSIGNED,
                    Character.PRIVATE_USE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> c != 0x200D && c != 0x200C; // joiners of scripts and of emoji
            default -> false;
        };
    }
}
