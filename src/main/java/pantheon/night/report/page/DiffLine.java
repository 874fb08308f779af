package pantheon.night.report.page;

import java.util.List;

/** What a line of a patch is. */
enum DiffLine {
    ADDED("a"),
    REMOVED("d"),
    HUNK("h"),
    FILE("f"),
    SAME("");

    private static final List<String> FILE_MARKS = List.of("+++ ", "--- ", "diff ", "index ");

    private final String style;

    DiffLine(String style) {
        this.style = style;
    }

    String style() {
        return style;
    }

    static DiffLine of(String line) {
        if (FILE_MARKS.stream().anyMatch(line::startsWith)) {
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
