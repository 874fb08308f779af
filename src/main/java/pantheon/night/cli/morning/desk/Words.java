package pantheon.night.cli.morning.desk;

/** Foreign text as far as a line has room for it. */
public final class Words {
    private Words() {}

    /** The first of some text's characters, with a mark where more follow. */
    public static String shortened(String text, int most) {
        return text.codePointCount(0, text.length()) <= most
                ? text
                : text.substring(0, text.offsetByCodePoints(0, most)) + "…";
    }
}
