package pantheon.night.cli.console;

import java.util.List;

/** How a line of a patch looks on a terminal, as git colours it. */
enum PatchColour {
    ADDED("32"),
    REMOVED("31"),
    HUNK("36"),
    FILE("1"),
    SAME("");

    private static final List<String> OF_FILES = List.of(
            "diff ", "index ", "--- ", "+++ ", "new file", "deleted file", "old mode", "new mode", "GIT binary");

    private final String code;

    PatchColour(String code) {
        this.code = code;
    }

    static PatchColour of(String line) {
        if (OF_FILES.stream().anyMatch(line::startsWith)) {
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

    /** The line, in its colour where there are colours. */
    String shown(String line, boolean coloured) {
        return coloured && !code.isEmpty() ? "\u001b[%sm%s\u001b[0m".formatted(code, line) : line;
    }
}
