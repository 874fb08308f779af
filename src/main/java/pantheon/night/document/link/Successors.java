package pantheon.night.document.link;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import pantheon.night.document.link.Moves.Fate;

/**
 * The pages that a broken link may have meant, likeliest first. One is certain where git followed a rename to it and no
 * name speaks against it, or where it alone keeps the name; whatever is in another language or version is never certain.
 */
public final class Successors {
    private static final double AHEAD = 0.05;
    private static final Pattern WORDS = Pattern.compile("[\\p{L}\\p{N}_]{3,}");

    private final List<PageName> pages;
    private final Moves moves;
    private final Pages content;
    private final Caution caution;

    /**
     * From when on something is certain.
     *
     * @param near how near a name must be to be looked at: 0 to 1
     * @param veryNear how near it must be to be certain: 0 to 1
     * @param told the part of the link's words that a page must have to be the one that it speaks of: 0 to 1
     */
    public record Caution(double near, double veryNear, double told) {
        /** What the tools go by. */
        public static final Caution USUAL = new Caution(0.75, 0.85, 0.5);
    }

    /** What is known of pages beside their paths. */
    public interface Pages {
        /** The title of a page, empty where it has none. */
        String title(String path);

        /** Whether a heading of the page gives an anchor. */
        boolean hasAnchor(String path, String anchor);

        /** Whether a page only says that it is elsewhere now. */
        boolean isStub(String path);
    }

    /** A page that a link may have meant. */
    public record Successor(String path, boolean certain) {}

    /** A broken link as it is asked for. */
    public record Question(String page, String meant, String text, String anchor) {}

    public Successors(List<String> pages, Moves moves, Pages content) {
        this(pages, moves, content, Caution.USUAL);
    }

    /** The same with another caution, for measuring. */
    public Successors(List<String> pages, Moves moves, Pages content, Caution caution) {
        this.caution = caution;
        this.pages = pages.stream().map(PageName::of).toList();
        this.moves = moves;
        this.content = content;
    }

    /**
     * The pages that a broken link may have meant.
     *
     * @param elsewhere what its path means from where its page was before, empty where the page was always there
     * @param most how many at most
     */
    public List<Successor> of(Question asked, Optional<String> elsewhere, int most) {
        return new Search(asked, fate(asked.meant(), elsewhere)).successors(most);
    }

    private Fate fate(String meant, Optional<String> elsewhere) {
        var fate = moves.fate(meant);
        if (fate instanceof Fate.Unknown && elsewhere.isPresent()) {
            return moves.fate(elsewhere.get());
        }
        return fate;
    }

    /** One link's search. */
    private final class Search {
        private final Question asked;
        private final Fate fate;
        private final PageName meant;
        private final Set<String> marks;
        private final Set<String> words;
        private final List<PageName> possible;
        private final List<PageName> named;

        Search(Question asked, Fate fate) {
            this.asked = asked;
            this.fate = fate;
            this.meant = PageName.of(asked.meant());
            this.marks = PageName.marks(asked.page());
            this.words = words(asked.text());
            this.possible = pages.stream().filter(this::isPossible).toList();
            this.named = ownOf(possible.stream()
                    .filter(page -> !meant.name().isEmpty() && page.name().equals(meant.name()))
                    .filter(page -> !content.isStub(page.path()))
                    .toList());
        }

        /** No page of another language or version than those of the page and of what was meant. */
        private boolean isPossible(PageName page) {
            var known = new HashSet<>(marks);
            known.addAll(PageName.marks(asked.meant()));
            return !page.path().equals(asked.page()) && known.containsAll(PageName.marks(page.path()));
        }

        /** The ones in the page's own language and version, where there are any. */
        private List<PageName> ownOf(List<PageName> found) {
            return best(found, page -> PageName.shared(marks, page.path()));
        }

        List<Successor> successors(int most) {
            var certain = certain();
            var found = new ArrayList<Successor>();
            certain.ifPresent(path -> found.add(new Successor(path, true)));
            if (most > 1) {
                possible.stream()
                        .map(page -> new Scored(page.path(), score(page)))
                        .filter(scored -> scored.score() > 1 && !certain.equals(Optional.of(scored.path())))
                        .sorted(Comparator.comparingDouble(Scored::score)
                                .reversed()
                                .thenComparing(Scored::path))
                        .limit(most - found.size())
                        .forEach(scored -> found.add(new Successor(scored.path(), false)));
            }
            return found;
        }

        private Optional<String> certain() {
            return switch (fate) {
                case Fate.At at -> byGit(at.path());
                case Fate.Deleted deleted ->
                    byName().filter(page -> isTold(page.path())).map(PageName::path);
                case Fate.Unknown unknown ->
                    byName().or(this::byNearName).map(PageName::path).filter(this::isWhole);
            };
        }

        private Optional<String> byGit(String path) {
            int own = named.stream()
                    .mapToInt(page -> PageName.shared(marks, page.path()))
                    .max()
                    .orElse(0);
            boolean another = !asked.anchor().isEmpty()
                    && !content.hasAnchor(path, asked.anchor())
                    && named.stream().anyMatch(page -> content.hasAnchor(page.path(), asked.anchor()));
            boolean doubted = named.size() == 1 && !named.getFirst().path().equals(path) && !isTold(path);
            boolean there = pages.stream().anyMatch(page -> page.path().equals(path));
            return !there || PageName.shared(marks, path) < own || another || doubted
                    ? Optional.empty()
                    : Optional.of(path);
        }

        /** The page of that name; of several, the one whose path ends most like what was meant. */
        private Optional<PageName> byName() {
            var found = best(named, page -> page.commonEnd(meant));
            return found.size() == 1 ? Optional.of(found.getFirst()).filter(this::isOwn) : Optional.empty();
        }

        /** A page of the default language stands in for one of the page's own only where people say so. */
        private boolean isOwn(PageName page) {
            return PageName.shared(marks, page.path()) >= marks.size();
        }

        private Optional<PageName> byNearName() {
            if (!named.isEmpty()) {
                return Optional.empty();
            }
            var near = possible.stream()
                    .filter(page -> nearness(page) >= caution.near())
                    .sorted(Comparator.comparingDouble(this::nearness).reversed())
                    .toList();
            boolean alone =
                    near.size() == 1 || (near.size() > 1 && nearness(near.get(0)) > nearness(near.get(1)) + AHEAD);
            return alone ? Optional.of(near.getFirst()).filter(this::isSurelyNear) : Optional.empty();
        }

        private boolean isSurelyNear(PageName page) {
            return nearness(page) >= caution.veryNear()
                    && Site.isPage(page.path())
                    && isOwn(page)
                    && PageName.commonFolders(page.path(), asked.meant()) > 0
                    && overlap(page.path()) >= caution.told();
        }

        /** Whether the page has the place that the link is to, where it is to one. */
        private boolean isWhole(String path) {
            return asked.anchor().isEmpty() || content.hasAnchor(path, asked.anchor());
        }

        /** Whether the link's text or its anchor says that it is this page. */
        private boolean isTold(String path) {
            return overlap(path) >= caution.told()
                    || (!asked.anchor().isEmpty() && content.hasAnchor(path, asked.anchor()));
        }

        private double nearness(PageName page) {
            return PageName.nearness(page.name(), meant.name());
        }

        /** The share of the link's words that the page's title or path has. */
        private double overlap(String path) {
            var known = words(content.title(path) + " " + path.replace('/', ' ').replace('-', ' '));
            return words.isEmpty()
                    ? 0
                    : (double) words.stream().filter(known::contains).count() / words.size();
        }

        private double score(PageName page) {
            double score = 3 * nearness(page)
                    + 2 * overlap(page.path())
                    + Math.min(3, page.commonEnd(meant))
                    + 0.3 * PageName.commonFolders(page.path(), asked.meant())
                    + 0.5 * PageName.shared(marks, page.path());
            return fate instanceof Fate.At at && at.path().equals(page.path()) ? score + 4 : score;
        }
    }

    private record Scored(String path, double score) {}

    /** What is measured of a page. */
    private interface Measure {
        int of(PageName page);
    }

    private static List<PageName> best(List<PageName> pages, Measure measure) {
        int most = pages.stream().mapToInt(measure::of).max().orElse(0);
        return pages.stream().filter(page -> measure.of(page) == most).toList();
    }

    private static Set<String> words(@Nullable String text) {
        var words = new HashSet<String>();
        var found = WORDS.matcher(String.valueOf(text).toLowerCase(Locale.ROOT));
        while (found.find()) {
            words.add(found.group());
        }
        return words;
    }
}
