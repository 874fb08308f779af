package pantheon.night.document.link;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import pantheon.night.document.link.Moves.Fate;

/**
 * The pages that a broken link may have meant, likeliest first. One is certain where git followed a rename to it and no
 * name speaks against it, where it alone keeps the name, or where its title is the text of the link. What is in another
 * language or version is certain only where the link itself says so, and a page that it speaks nothing of only where all
 * else agrees.
 */
public final class Successors {
    private static final double AHEAD = 0.05;
    /** A name less like the one that was meant says nothing for a rename. */
    private static final double UNLIKE = 0.6;
    /** Where more pages may be meant, their titles are not compared. */
    private static final int MOST_TITLES = 5_000;

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
        private final LinkText text;
        private final List<PageName> possible;
        private final List<PageName> named;

        Search(Question asked, Fate fate) {
            this.asked = asked;
            this.fate = fate;
            this.meant = PageName.of(asked.meant());
            this.marks = PageName.marks(asked.page());
            this.text = LinkText.of(asked.text());
            this.possible = pages.stream().filter(this::isPossible).toList();
            this.named = titled(ownOf(possible.stream()
                    .filter(page -> !meant.name().isEmpty() && page.name().equals(meant.name()))
                    .filter(page -> !content.isStub(page.path()))
                    .toList()));
        }

        /** The ones that have a title, where there are any: a page without one stands in for another. */
        private List<PageName> titled(List<PageName> found) {
            return best(found, page -> content.title(page.path()).isEmpty() ? 0 : 1);
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
            var found = switch (fate) {
                case Fate.At at -> byGit(at.path());
                case Fate.Deleted deleted -> byName().map(PageName::path).filter(this::isTold);
                case Fate.Unknown unknown ->
                    byCase().or(this::byName)
                            .or(this::byNearName)
                            .map(PageName::path)
                            .filter(this::isWhole);
            };
            return found.or(() -> byTitle()
                    .or(this::byAddress)
                    .map(PageName::path)
                    .or(this::byLanguage)
                    .filter(this::isWhole));
        }

        private Optional<String> byGit(String path) {
            int own = named.stream()
                    .mapToInt(page -> PageName.shared(marks, page.path()))
                    .max()
                    .orElse(0);
            boolean there = pages.stream().anyMatch(page -> page.path().equals(path));
            return !there || PageName.shared(marks, path) < own || isDoubted(path)
                    ? Optional.empty()
                    : Optional.of(path);
        }

        /** Whether an anchor, a name or the link's text speaks against a rename. */
        private boolean isDoubted(String path) {
            boolean another = !asked.anchor().isEmpty()
                    && !content.hasAnchor(path, asked.anchor())
                    && named.stream().anyMatch(page -> content.hasAnchor(page.path(), asked.anchor()));
            boolean alone = named.size() == 1 && !named.getFirst().path().equals(path) && !isTold(path);
            return another || alone || (nearness(PageName.of(path)) < UNLIKE && isOfAnother(path));
        }

        /** The page at the path that was meant, in other capitals. */
        private Optional<PageName> byCase() {
            return only(possible.stream()
                    .filter(page -> page.path().equalsIgnoreCase(asked.meant()))
                    .toList());
        }

        /** The page of that name; of several, the one whose path ends most like what was meant. */
        private Optional<PageName> byName() {
            return only(best(named, page -> page.commonEnd(meant)))
                    .filter(this::isOwn)
                    .filter(page -> page.commonEnd(meant) > 1 || !isOfAnother(page.path()));
        }

        /** The page whose title is the link's text, where the link leads near it. */
        private Optional<PageName> byTitle() {
            if (possible.size() > MOST_TITLES) {
                return Optional.empty();
            }
            return only(possible.stream()
                            .filter(page -> isOwn(page) && text.isTitle(content.title(page.path())))
                            .toList())
                    .filter(page -> Site.folder(asked.meant()).isEmpty()
                            || PageName.commonFolders(page.path(), asked.meant()) > 0);
        }

        /** The page with the same address: {@code a/b/index.md} for {@code a/b.md}. */
        private Optional<PageName> byAddress() {
            return only(possible.stream()
                    .filter(page -> isOwn(page) && page.segments().equals(meant.segments()))
                    .filter(page -> !content.isStub(page.path()))
                    .toList());
        }

        /** The page of the default language, where the link names it with the language of its own page. */
        private Optional<String> byLanguage() {
            return PageName.withoutLanguage(asked.meant(), asked.page())
                    .flatMap(bare -> possible.stream()
                            .map(PageName::path)
                            .filter(path -> Site.isPage(path)
                                    && Site.withoutEnding(path).equals(bare))
                            .findFirst());
        }

        private static <T> Optional<T> only(List<T> found) {
            return found.size() == 1 ? Optional.of(found.getFirst()) : Optional.empty();
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

        private double overlap(String path) {
            return text.overlap(path, content.title(path));
        }

        /** Whether the link speaks of something that the page is not about, and not of a place on it. */
        private boolean isOfAnother(String path) {
            boolean placed = !asked.anchor().isEmpty() && content.hasAnchor(path, asked.anchor());
            return !placed && text.isOfAnother(path, content.title(path));
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
}
