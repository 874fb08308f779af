package pantheon.night.language.spelling;

/** What stands around a string. */
public enum Quote {
    DOUBLE('"'),
    SINGLE('\''),
    /** Nothing: the string is written as it is, and ends where what follows it begins, which is a line end. */
    NONE('\n');

    private final int closing;

    Quote(int closing) {
        this.closing = closing;
    }

    /** The byte behind the string; the one before it, too, unless there is {@link #NONE}. */
    public int closing() {
        return closing;
    }
}
