package pantheon.night.tool.builtin;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import pantheon.night.LastUsed;
import pantheon.night.contract.Json;
import pantheon.night.document.Lines;
import pantheon.night.document.link.Link;
import pantheon.night.document.link.Links;
import pantheon.night.document.link.Moves;
import pantheon.night.document.link.Moves.Move;
import pantheon.night.document.link.PageText;
import pantheon.night.document.link.Site;
import pantheon.night.document.link.Successors;
import pantheon.night.document.link.Successors.Question;
import pantheon.night.tool.ToolResult;
import pantheon.night.workspace.files.BaseFiles;
import pantheon.night.workspace.files.PathRefused;
import pantheon.night.workspace.files.TaskFiles;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The tools for links that lead nowhere. */
final class LinkTools {
    private LinkTools() {}

    /** The links of a document that lead nowhere at the base commit, and the files that each may have meant. */
    static final class LinkOffers {
        private static final int COMMITS = 2;

        private final LastUsed<String, Repository> known = new LastUsed<>(COMMITS);

        /**
         * What an agent asks of an offer.
         *
         * @param roots the folders that {@code /} stands for
         * @param most how many files are offered for a link; where it is one, only a certain one
         */
        record Terms(List<String> roots, int most) {
            static Terms of(ObjectNode arguments) {
                return new Terms(
                        arguments
                                .path("roots")
                                .valueStream()
                                .map(JsonNode::stringValue)
                                .toList(),
                        arguments.path("most").intValue(1));
            }
        }

        /**
         * A link that leads nowhere.
         *
         * @param candidates the likeliest first; none where nobody knows
         */
        record Broken(Link link, List<Candidate> candidates) {}

        /**
         * A file that a link may have meant.
         *
         * @param link the link to it, written as the broken one is
         */
        record Candidate(String path, String link, boolean certain) {}

        /** Those of a page's links that lead nowhere, in their order; what each may have meant is found when it is asked for. */
        Stream<Broken> broken(String page, String text, TaskFiles task, Terms terms, Predicate<Link> which) {
            var base = task.base();
            var repository = known.get(base.commit(), () -> new Repository(base));
            var site = Site.of(repository.paths, terms.roots());
            return Links.of(text).stream()
                    .filter(link -> which.test(link) && site.isOurs(link) && !site.leads(page, link))
                    .map(link -> new Broken(link, repository.candidates(page, link, site, base, terms)));
        }

        /** Whether a link on a line of a page leads to a file. */
        boolean leads(String page, String text, int line, String target, TaskFiles task, Terms terms) {
            var base = task.base();
            var site = Site.of(known.get(base.commit(), () -> new Repository(base)).paths, terms.roots());
            return Links.of(text).stream()
                    .filter(link -> link.line() == line && site.isOurs(link))
                    .anyMatch(link -> site.meant(page, link.path()).stream()
                            .anyMatch(meant -> site.file(meant).equals(Optional.of(target))));
        }

        /** What is known of a commit's files, found once. */
        private static final class Repository {
            private final List<String> paths;
            private final Moves moves;
            private final Map<String, PageText> pages = new HashMap<>();

            Repository(BaseFiles base) {
                paths = base.paths();
                moves = new Moves(base.moved().stream()
                        .map(moved -> new Move(moved.from(), moved.to()))
                        .toList());
            }

            List<Candidate> candidates(String page, Link link, Site site, BaseFiles base, Terms terms) {
                var meant = site.meant(page, link.path());
                if (meant.isEmpty()) {
                    return List.of();
                }
                var asked = asked(page, link, meant.getFirst());
                var before = moves.before(page)
                        .flatMap(old -> site.meant(old, link.path()).stream().findFirst())
                        .map(this::known);
                var found = new ArrayList<Candidate>();
                for (var successor : successors(asked, base).of(asked, before, terms.most())) {
                    site.written(page, link, successor.path())
                            .filter(written -> successor.certain() || terms.most() > 1)
                            .ifPresent(written ->
                                    found.add(new Candidate(successor.path(), written, successor.certain())));
                }
                return found;
            }

            private Question asked(String page, Link link, String meant) {
                return new Question(page, known(meant), link.text(), link.anchor());
            }

            /** The path with the ending that history knows it with, where the link leaves it out. */
            private String known(String meant) {
                return List.of("", ".md", ".mdx", "/README.md", "/index.md", "/_index.md").stream()
                        .map(meant::concat)
                        .filter(path -> !(moves.fate(path) instanceof Moves.Fate.Unknown))
                        .findFirst()
                        .orElse(meant);
            }

            private Successors successors(Question asked, BaseFiles base) {
                var kind = kind(asked.meant());
                var possible = paths.stream()
                        .filter(path -> kind.isEmpty() ? Site.isPage(path) : path.endsWith(kind))
                        .toList();
                return new Successors(possible, moves, new Successors.Pages() {
                    @Override
                    public String title(String path) {
                        return page(path, base).map(PageText::title).orElse("");
                    }

                    @Override
                    public boolean hasAnchor(String path, String anchor) {
                        return page(path, base).filter(text -> text.has(anchor)).isPresent();
                    }

                    @Override
                    public boolean isStub(String path) {
                        return page(path, base).filter(PageText::isStub).isPresent();
                    }
                });
            }

            /** The ending of a file that is no page, such as {@code .png}; empty for pages. */
            private static String kind(String path) {
                var name = path.substring(path.lastIndexOf('/') + 1);
                int dot = name.lastIndexOf('.');
                var kind = dot <= 0 ? "" : name.substring(dot);
                return Site.isPage(path) || kind.startsWith(".htm") || kind.length() > 6 ? "" : kind;
            }

            private synchronized Optional<PageText> page(String path, BaseFiles base) {
                return Optional.of(pages.computeIfAbsent(path, asked -> read(asked, base)));
            }

            private static PageText read(String path, BaseFiles base) {
                var text = Site.isPage(path) ? text(path, base) : null;
                return PageText.of(text == null ? "" : text);
            }

            private static @Nullable String text(String path, BaseFiles base) {
                try {
                    return BuiltInTool.utf8(base.content(path));
                } catch (PathRefused e) {
                    return null; // what no task could read has neither a title nor places
                }
            }
        }
    }

    /** Finds a document's first link that leads nowhere and for which there is a file to offer. */
    static final class NextLink extends TextTool {
        private static final int SHOWN_CHARS = 600;

        private final LinkOffers offers;

        NextLink(LinkOffers offers) {
            super("next_link");
            this.offers = offers;
        }

        @Override
        public boolean isReadOnly() {
            return true;
        }

        @Override
        ToolResult call(String path, String text, ObjectNode arguments, TaskFiles task) throws PathRefused {
            int undecided = 0;
            var all = offers.broken(path, text, task, LinkOffers.Terms.of(arguments), link -> true)
                    .iterator();
            while (all.hasNext()) {
                var broken = all.next();
                if (!broken.candidates().isEmpty()) {
                    return new ToolResult.Returned(found(text, broken).put("undecided", undecided));
                }
                undecided++;
            }
            return new ToolResult.Returned(Json.object().put("found", false).put("undecided", undecided));
        }

        private static ObjectNode found(String text, LinkOffers.Broken broken) {
            var link = broken.link();
            var found = Json.object()
                    .put("found", true)
                    .put("line", link.line())
                    .put("link", link.destination())
                    .put("text", link.text())
                    .put(
                            "context",
                            Lines.cut(Lines.of(text).get(link.line() - 1).strip(), SHOWN_CHARS));
            var list = found.putArray("candidates");
            for (var candidate : broken.candidates()) {
                list.addObject()
                        .put("path", candidate.path())
                        .put("link", candidate.link())
                        .put("certain", candidate.certain());
            }
            return found;
        }
    }

    /** Points one broken link to a file; nothing of the document changes but the bytes of its destination. */
    static final class SetLink extends TextTool {
        private final LinkOffers offers;

        SetLink(LinkOffers offers) {
            super("set_link");
            this.offers = offers;
        }

        @Override
        ToolResult call(String path, String text, ObjectNode arguments, TaskFiles task) throws PathRefused {
            int line = arguments.required("line").intValue();
            var link = arguments.required("link").stringValue();
            var target = arguments.required("target").stringValue();
            var terms = LinkOffers.Terms.of(arguments);
            var broken = offers.broken(
                            path,
                            text,
                            task,
                            terms,
                            one -> one.line() == line && one.destination().equals(link))
                    .findFirst();
            if (broken.isEmpty()) {
                return offers.leads(path, text, line, target, task, terms)
                        ? changed(false)
                        : new ToolResult.Failed(
                                "no_broken_link", "no link to that path on line %d leads nowhere".formatted(line));
            }
            var candidate = broken.get().candidates().stream()
                    .filter(one -> one.path().equals(target))
                    .findFirst();
            return candidate.isEmpty()
                    ? new ToolResult.Failed("no_candidate", "that is none of the files that next_link names for it")
                    : set(path, text, broken.get().link(), candidate.get().link(), task);
        }

        private static ToolResult set(String path, String text, Link link, String destination, TaskFiles task)
                throws PathRefused {
            int end = link.start() + link.destination().length();
            var written = text.substring(0, link.start()) + destination + text.substring(end);
            boolean reads = Links.of(written).stream()
                    .anyMatch(now ->
                            now.start() == link.start() && now.destination().equals(destination));
            if (!reads) {
                return new ToolResult.Failed("no_candidate", "the document could not be read with that link");
            }
            return changed(write(path, written, task));
        }
    }
}
