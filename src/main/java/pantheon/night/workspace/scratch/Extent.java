package pantheon.night.workspace.scratch;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import pantheon.night.workspace.files.OpenDirectory;
import pantheon.night.workspace.git.BaseTree;

/**
 * How much of a directory is looked at: everything in it and below, or what lies on the ways to some paths.
 *
 * @param some by the names in this directory; null for everything
 */
record Extent(@Nullable Map<String, Extent> some) {
    static final Extent EVERYTHING = new Extent(null);

    private static final Extent NOTHING = new Extent(Map.of());

    /** What lies on the ways to some paths, these included. */
    static Extent of(Collection<String> paths) {
        var tails = new TreeMap<String, List<String>>();
        for (var path : paths) {
            int slash = path.indexOf('/');
            var tail = slash < 0 ? List.<String>of() : List.of(path.substring(slash + 1));
            tails.merge(slash < 0 ? path : path.substring(0, slash), tail, Extent::both);
        }
        var some = new HashMap<String, Extent>();
        tails.forEach((name, below) -> some.put(name, of(below)));
        return new Extent(some);
    }

    private static List<String> both(List<String> some, List<String> more) {
        return Stream.concat(some.stream(), more.stream()).toList();
    }

    boolean isNothing() {
        return some != null && some.isEmpty();
    }

    /** How much of what a name leads to is looked at. */
    Extent below(String name) {
        return some == null ? this : some.getOrDefault(name, NOTHING);
    }

    /** The names that are looked at and may be there. */
    List<Path> names(OpenDirectory directory) throws IOException {
        return some == null
                ? directory.names()
                : some.keySet().stream().map(Path::of).toList();
    }

    /** The entries that are looked at of those that should be there. */
    Map<String, BaseTree.Node> of(BaseTree.Directory expected) {
        if (some == null) {
            return expected.children();
        }
        var children = new TreeMap<String, BaseTree.Node>();
        for (var name : some.keySet()) {
            var child = expected.children().get(name);
            if (child != null) {
                children.put(name, child);
            }
        }
        return children;
    }
}
