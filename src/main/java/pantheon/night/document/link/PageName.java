package pantheon.night.document.link;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** A page's path as people tell pages apart by it: its name, the folders that say a language or a version, the rest. */
record PageName(String path, List<String> segments) {
    private static final Set<String> INDEXES = Set.of("readme", "index", "_index");
    private static final Pattern NUMBER = Pattern.compile("^\\d+[-_. ]");
    private static final Pattern MARKS = Pattern.compile("[^\\p{L}\\p{N}]");
    private static final Pattern LANGUAGE = Pattern.compile("[a-z]{2}(?:[-_][A-Za-z]{2,4})?");
    private static final Set<String> NO_LANGUAGES =
            Set.of("js", "ui", "go", "cs", "db", "ci", "qa", "ts", "cc", "md", "k8", "os", "io", "ai", "vm");
    /** A year is none: pages of several years belong to one another. */
    private static final Pattern VERSION = Pattern.compile("version-.*|(?!(?:19|20)\\d\\d$)v?\\d+(?:\\.[\\dx]+)*");

    private static final Pattern IN_LANGUAGE = Pattern.compile("(.+)[-_.]([a-z]{2}(?:[-_][A-Z][A-Za-z]{1,3})?)");

    static PageName of(String path) {
        var segments = new ArrayList<>(List.of(Site.withoutEnding(path).split("/", -1)));
        if (segments.size() > 1 && INDEXES.contains(segments.getLast().toLowerCase(Locale.ROOT))) {
            segments.removeLast();
        }
        segments.replaceAll(PageName::plain);
        return new PageName(path, List.copyOf(segments));
    }

    /** Letters and digits in lower case, without a number that orders pages. */
    private static String plain(String segment) {
        return MARKS.matcher(NUMBER.matcher(segment.toLowerCase(Locale.ROOT)).replaceFirst(""))
                .replaceAll("");
    }

    String name() {
        return segments.getLast();
    }

    /** How many segments both end with. */
    int commonEnd(PageName other) {
        int most = Math.min(segments.size(), other.segments.size());
        int same = 0;
        while (same < most
                && segments.get(segments.size() - 1 - same)
                        .equals(other.segments.get(other.segments.size() - 1 - same))) {
            same++;
        }
        return same;
    }

    /** How many folders both begin with. */
    static int commonFolders(String one, String other) {
        var these = Site.folder(one).split("/", -1);
        var those = Site.folder(other).split("/", -1);
        int same = 0;
        while (same < Math.min(these.length, those.length) && these[same].equals(those[same])) {
            same++;
        }
        return same;
    }

    /** The folders that say a language or a version. */
    static Set<String> marks(String path) {
        var folders = Site.folder(path);
        if (folders.isEmpty()) {
            return Set.of();
        }
        var marks = new TreeSet<>(List.of(folders.split("/", -1)));
        marks.removeIf(folder -> !(LANGUAGE.matcher(folder).matches() && !NO_LANGUAGES.contains(folder))
                && !VERSION.matcher(folder).matches());
        return marks;
    }

    /**
     * The path without its ending and without the language that the name ends with; empty where it ends with none, or with
     * another one than a page's folders or name.
     */
    static Optional<String> withoutLanguage(String path, String page) {
        var name = IN_LANGUAGE.matcher(Site.withoutEnding(path));
        if (!name.matches() || NO_LANGUAGES.contains(name.group(2))) {
            return Optional.empty();
        }
        boolean own = marks(page).contains(name.group(2))
                || Site.withoutEnding(page).matches(".*[-_.]" + Pattern.quote(name.group(2)));
        return own ? Optional.of(name.group(1)) : Optional.empty();
    }

    /** How many marks of a page another one shares. */
    static int shared(Set<String> marks, String path) {
        var own = marks(path);
        own = own.isEmpty() ? Collections.emptySet() : own;
        return (int) own.stream().filter(marks::contains).count();
    }

    /** How near two names are, from 0 to 1: the share of their letters that need no change. */
    static double nearness(String one, String other) {
        int longest = Math.max(one.length(), other.length());
        return longest == 0 || longest > 200 ? 0 : 1 - (double) distance(one, other) / longest;
    }

    private static int distance(String one, String other) {
        var row = new int[other.length() + 1];
        for (int j = 0; j <= other.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= one.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= other.length(); j++) {
                int above = row[j];
                int change = one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1;
                row[j] = Math.min(Math.min(row[j], row[j - 1]) + 1, diagonal + change);
                diagonal = above;
            }
        }
        return row[other.length()];
    }
}
