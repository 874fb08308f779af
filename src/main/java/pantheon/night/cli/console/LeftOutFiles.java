package pantheon.night.cli.console;

import java.util.ArrayList;
import java.util.List;
import pantheon.night.Count;
import pantheon.night.contract.Json;

/** Files of a commit that no task can work on, for people: each by name on one line, whatever its name is. */
public final class LeftOutFiles {
    private static final int MOST_NAMED = 20;

    private LeftOutFiles() {}

    /** How many there are, and which; no line where there are none. */
    public static List<String> lines(List<String> paths) {
        if (paths.isEmpty()) {
            return List.of();
        }
        var lines = new ArrayList<String>();
        lines.add(
                "%s left out of the workspace's current commit; a task works on files alone, no links, whose names are UTF-8 and have no backslash:"
                        .formatted(Count.of(paths.size(), "name")));
        paths.stream().limit(MOST_NAMED).forEach(path -> lines.add("    " + Json.quote(path)));
        if (paths.size() > MOST_NAMED) {
            lines.add("    and %d more".formatted(paths.size() - MOST_NAMED));
        }
        return lines;
    }
}
