package pantheon.night.document.link;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Where links of a repository's pages lead, by the rules that sites have in common: a path as it is, with an ending of
 * Markdown, without {@code .html}, or as a folder.
 */
public final class Site {
    private static final List<String> ENDINGS = List.of(".md", ".mdx", ".markdown");
    private static final List<String> INDEXES =
            List.of("README.md", "index.md", "_index.md", "index.mdx", "readme.md", "index.html");
    private static final Pattern HTML = Pattern.compile("\\.html?$");

    private final Predicate<String> isFile;
    private final Predicate<String> isFolder;
    private final List<String> roots;

    /**
     * @param isFile whether a path is a file's
     * @param isFolder whether a path is a folder's
     * @param roots the folders that {@code /} stands for, the first one first; none where such links are another's
     */
    public Site(Predicate<String> isFile, Predicate<String> isFolder, List<String> roots) {
        this.isFile = isFile;
        this.isFolder = isFolder;
        this.roots = List.copyOf(roots);
    }

    /** The site of some files. */
    public static Site of(Collection<String> files, List<String> roots) {
        return new Site(new HashSet<>(files)::contains, folders(files)::contains, roots);
    }

    /** The folders that some files are in. */
    public static Set<String> folders(Collection<String> files) {
        var folders = new HashSet<String>();
        for (var file : files) {
            for (var folder = folder(file); !folder.isEmpty() && folders.add(folder); ) {
                folder = folder(folder);
            }
        }
        return folders;
    }

    /** Whether a path ends as Markdown's do. */
    public static boolean isPage(String path) {
        return ENDINGS.stream().anyMatch(path::endsWith);
    }

    /** Whether links like this one are known to be meant for this repository. */
    public boolean isOurs(Link link) {
        return link.isPath() && (!link.path().startsWith("/") || !roots.isEmpty());
    }

    /** Whether a link leads to a file or a folder. */
    public boolean leads(String page, Link link) {
        var meant = meant(page, link.path());
        boolean found = meant.stream().anyMatch(path -> file(path).isPresent() || isKnownFolder(path));
        return found || (isClean(link.path()) && fromFolder(page, link.path()).isPresent());
    }

    /** The file that a link leads to; empty where it leads to a folder without a page, or nowhere. */
    public Optional<String> target(String page, Link link) {
        return meant(page, link.path()).stream()
                .flatMap(path -> file(path).stream())
                .findFirst()
                .or(() -> isClean(link.path()) ? fromFolder(page, link.path()) : Optional.empty());
    }

    private boolean isKnownFolder(String path) {
        return path.isEmpty() || isFolder.test(path);
    }

    /** Sites with addresses without endings show {@code a/b.md} as {@code /a/b/}. */
    private Optional<String> fromFolder(String page, String path) {
        return path.startsWith("/")
                ? Optional.empty()
                : joined(withoutEnding(page), path).flatMap(this::file);
    }

    private static boolean isClean(String path) {
        return !path.substring(path.lastIndexOf('/') + 1).contains(".");
    }

    static String withoutEnding(String path) {
        for (var ending : ENDINGS) {
            if (path.endsWith(ending)) {
                return path.substring(0, path.length() - ending.length());
            }
        }
        return HTML.matcher(path).replaceFirst("");
    }

    /** The paths that a link's path may mean, without dots, the plainest first; none where it leads out. */
    public List<String> meant(String page, String path) {
        var meant = new ArrayList<String>();
        if (path.startsWith("/")) {
            roots.forEach(root -> joined(root, path.substring(1)).ifPresent(meant::add));
        } else {
            joined(folder(page), path).ifPresent(meant::add);
        }
        return meant;
    }

    /** The file that a path without dots stands for. */
    public Optional<String> file(String path) {
        if (isFile.test(path)) {
            return Optional.of(path);
        }
        var bare = HTML.matcher(path).replaceFirst("");
        for (var ending : ENDINGS) {
            if (isFile.test(bare + ending)) {
                return Optional.of(bare + ending);
            }
        }
        var folder = path.isEmpty() ? "" : path + "/";
        return INDEXES.stream().map(folder::concat).filter(isFile).findFirst();
    }

    static String folder(String path) {
        return path.substring(0, Math.max(0, path.lastIndexOf('/')));
    }

    private static Optional<String> joined(String folder, String path) {
        var segments = new ArrayList<String>();
        for (var segment : (folder + "/" + path).split("/", -1)) {
            if (segment.equals("..")) {
                if (segments.isEmpty()) {
                    return Optional.empty();
                }
                segments.removeLast();
            } else if (!segment.isEmpty() && !segment.equals(".")) {
                segments.add(segment);
            }
        }
        return Optional.of(String.join("/", segments));
    }

    /**
     * A link to another file, written as the old one is: relative or from the root, with an ending or without one, and with
     * what stands behind the path.
     */
    public Optional<String> written(String page, Link old, String target) {
        var path = old.path();
        var address = isClean(path) || HTML.matcher(path).find() ? address(path, target) : target;
        if (path.startsWith("/")) {
            return roots.stream()
                    .filter(root -> root.isEmpty() || address.startsWith(root + "/"))
                    .findFirst()
                    .map(root -> "/" + address.substring(root.isEmpty() ? 0 : root.length() + 1) + old.rest());
        }
        var relative = relative(folder(page), address);
        var dotted = path.startsWith("./") && !relative.startsWith("../") ? "./" + relative : relative;
        return Optional.of(dotted.replace(" ", "%20") + old.rest());
    }

    private static String address(String path, String target) {
        var bare = withoutEnding(target);
        for (var index : List.of("/README", "/index", "/_index")) {
            if (bare.endsWith(index)) {
                return bare.substring(0, bare.length() - index.length()) + (path.endsWith("/") ? "/" : "");
            }
        }
        var html = HTML.matcher(path);
        return isPage(target) ? bare + (html.find() ? html.group() : path.endsWith("/") ? "/" : "") : target;
    }

    private static String relative(String folder, String target) {
        var from = folder.isEmpty() ? new String[0] : folder.split("/", -1);
        var to = target.split("/", -1);
        int same = 0;
        while (same < from.length && same < to.length - 1 && from[same].equals(to[same])) {
            same++;
        }
        return "../".repeat(from.length - same) + String.join("/", List.of(to).subList(same, to.length));
    }
}
