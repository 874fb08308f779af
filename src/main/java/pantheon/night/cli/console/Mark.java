package pantheon.night.cli.console;

/** What a line says of a thing, at its beginning: a word of seven columns, in a colour where a person looks on. */
public enum Mark {
    OK(32, "ok     "),
    UNUSED(33, "unused "),
    ABSENT(33, "absent "),
    UNASKED(33, "unasked"),
    WARNING(33, "warning"),
    MISSING(31, "MISSING"),
    PROBLEM(31, "PROBLEM");

    private final int colour;
    private final String word;

    Mark(int colour, String word) {
        this.colour = colour;
        this.word = word;
    }

    /** The number of its colour among the foregrounds of a terminal (ECMA-48, SGR). */
    int colour() {
        return colour;
    }

    String word() {
        return word;
    }
}
