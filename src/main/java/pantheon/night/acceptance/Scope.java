package pantheon.night.acceptance;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import pantheon.night.workspace.files.PathRefused;
import pantheon.night.workspace.glob.Glob;
import tools.jackson.databind.JsonNode;

/**
 * The files that a check looks at: those that fields of the input name, and those that its patterns stand for. A pattern
 * that is a plain path is that file; any other stands for the files that have changed and that it matches.
 */
record Scope(List<String> fields, List<Glob> patterns) {
    private static final String SPECIAL = "*?[{\\";

    Scope {
        fields = List.copyOf(fields);
        patterns = List.copyOf(patterns);
    }

    /**
     * The scope of a check's parameters: {@code fields} and {@code paths}; the input's field {@code path} where neither is
     * there.
     *
     * @throws pantheon.night.NightException with exit code 64 where a pattern is broken
     */
    static Scope of(JsonNode with) {
        var patterns = strings(with.path("paths")).stream().map(Glob::of).toList();
        var fields = with.has("fields") || with.has("paths") ? strings(with.path("fields")) : List.of("path");
        return new Scope(fields, patterns);
    }

    private static List<String> strings(JsonNode array) {
        return array.valueStream().map(JsonNode::stringValue).toList();
    }

    /** A plain path names a file by itself. */
    static boolean isPlain(Glob pattern) {
        return pattern.toString().chars().noneMatch(c -> SPECIAL.indexOf(c) >= 0);
    }

    /** Their paths, each once: those that are named, whether they are there or not, and those that match and are there. */
    List<String> files(Work work) throws PathRefused {
        var files = new LinkedHashSet<String>();
        for (var field : fields) {
            files.add(work.path(field));
        }
        for (var pattern : patterns) {
            files.addAll(files(pattern, work));
        }
        return List.copyOf(files);
    }

    /** The paths of those that have changed and that are named or match, gone ones too. */
    List<String> changed(Work work) throws PathRefused {
        var named = new LinkedHashSet<String>();
        for (var field : fields) {
            named.add(work.path(field));
        }
        return work.changes().paths().stream()
                .filter(path -> named.contains(path) || patterns.stream().anyMatch(pattern -> pattern.matches(path)))
                .toList();
    }

    private static List<String> files(Glob pattern, Work work) throws PathRefused {
        if (isPlain(pattern)) {
            return List.of(Work.asked(pattern.toString()));
        }
        var files = new ArrayList<String>();
        for (var path : work.changes().paths()) {
            if (pattern.matches(path) && work.has(path)) {
                files.add(path);
            }
        }
        return files;
    }
}
