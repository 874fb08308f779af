package pantheon.night.report.section;

/** A word of a command line that a shell takes as it is. */
public final class ShellWord {
    private ShellWord() {}

    /** The text itself, in quotation marks where a shell would take it apart. */
    public static String of(String text) {
        return text.matches("[A-Za-z0-9_@%+=:,./-]+") ? text : "'" + text.replace("'", "'\\''") + "'";
    }
}
