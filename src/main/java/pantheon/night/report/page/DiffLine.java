package pantheon.night.report.page;

/** What a line of a patch is. */
enum DiffLine {
    ADDED("a"),
    REMOVED("d"),
    HUNK("h"),
    FILE("f"),
    SAME("");

    private final String style;

    DiffLine(String style) {
        this.style = style;
    }

    String style() {
        return style;
    }

    static DiffLine of(String line) {
        if (line.startsWith("+++ ")
                || line.startsWith("--- ")
                || line.startsWith("diff ")
                || line.startsWith("index ")) {
            return FILE;
        }
        if (line.startsWith("@@")) {
            return HUNK;
        }
        if (line.startsWith("+")) {
            return ADDED;
        }
        return line.startsWith("-") ? REMOVED : SAME;
    }
}
