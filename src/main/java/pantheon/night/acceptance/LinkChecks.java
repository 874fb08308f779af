package pantheon.night.acceptance;

import java.nio.charset.CharacterCodingException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import pantheon.night.contract.Json;
import pantheon.night.document.link.Link;
import pantheon.night.document.link.Links;
import pantheon.night.document.link.PageText;
import pantheon.night.document.link.Site;
import pantheon.night.workspace.files.PathRefused;
import tools.jackson.databind.JsonNode;

/** The checks that know the links of a Markdown document, and the files that they lead to. */
final class LinkChecks {
    private LinkChecks() {}

    /** The links of a page that are meant for the repository and lead to no file of it. */
    private static Stream<Link> broken(Site site, String page, String text) {
        return Links.of(text).stream().filter(link -> site.isOurs(link) && !site.leads(page, link));
    }

    /**
     * Of a Markdown document nothing has changed but the destinations of links that led to no file, and each of them leads to
     * one now. Links that work are the same, byte for byte.
     */
    static final class LinksMended extends FileCheck {
        private final List<String> roots;

        LinksMended(Scope scope, List<String> roots) {
            super("links_mended", scope);
            this.roots = List.copyOf(roots);
        }

        @Override
        @Nullable
        String problem(Work work, String path, String text) throws PathRefused, CharacterCodingException {
            var original = work.changes().original(path);
            if (original == null) {
                return "%s did not exist before the task".formatted(shown(path));
            }
            var before = Work.text(original);
            var old = Links.of(before);
            var now = Links.of(text);
            if (old.size() != now.size()) {
                return "%s has %d links; expected %d, as before".formatted(shown(path), now.size(), old.size());
            }
            var site = work.site(roots);
            var expected = new StringBuilder();
            int from = 0;
            for (int i = 0; i < old.size(); i++) {
                var problem = problem(path, old.get(i), now.get(i), site);
                if (problem != null) {
                    return problem;
                }
                expected.append(before, from, old.get(i).start())
                        .append(now.get(i).destination());
                from = old.get(i).start() + old.get(i).destination().length();
            }
            boolean same =
                    expected.append(before, from, before.length()).toString().equals(text);
            return same ? null : "%s changed elsewhere than in the destinations of links".formatted(shown(path));
        }

        private static @Nullable String problem(String path, Link old, Link now, Site site) {
            if (old.destination().equals(now.destination())) {
                return null;
            }
            var place = place(path, old.line());
            if (!site.isOurs(old) || site.leads(path, old)) {
                return "%s: the link to %s was not broken".formatted(place, Json.quote(old.destination()));
            }
            boolean mended =
                    site.isOurs(now) && site.leads(path, now) && old.rest().equals(now.rest());
            return mended
                    ? null
                    : "%s: the link to %s leads to no file".formatted(place, Json.quote(now.destination()));
        }
    }

    /** The document had a link that led to no file before the task: a reason to decline where nobody knows what it meant. */
    static final class BrokenLink extends FileCheck {
        private final List<String> roots;

        BrokenLink(Scope scope, List<String> roots) {
            super("broken_link", scope);
            this.roots = List.copyOf(roots);
        }

        @Override
        @Nullable
        String problem(Work work, String path, String text) throws PathRefused, CharacterCodingException {
            var original = work.changes().original(path);
            var site = work.site(roots);
            boolean broken = broken(site, path, original == null ? text : Work.text(original))
                    .findAny()
                    .isPresent();
            return broken ? null : "every link of %s leads to a file".formatted(shown(path));
        }
    }

    /**
     * Each link of a Markdown document that is meant for the repository leads to a file or a folder of it.
     *
     * @see Terms
     */
    static final class LinksResolve extends FileCheck {
        /** What programs put behind an anchor that a page has more than once. */
        private static final Pattern AGAIN = Pattern.compile("-\\d{1,3}$");

        private final Terms terms;

        /**
         * What is asked of links.
         *
         * @param roots the folders that {@code /} stands for; none where such links are another's
         * @param asBefore whether those that led nowhere before the task, too, may stay as they were
         * @param anchors whether a heading or a named place of the page has to give the anchor
         */
        record Terms(List<String> roots, boolean asBefore, boolean anchors) {
            Terms {
                roots = List.copyOf(roots);
            }

            static Terms of(JsonNode with) {
                return new Terms(
                        with.path("roots")
                                .valueStream()
                                .map(JsonNode::stringValue)
                                .toList(),
                        with.path("as_before").booleanValue(false),
                        with.path("anchors").booleanValue(false));
            }
        }

        LinksResolve(Scope scope, Terms terms) {
            super("links_resolve", scope);
            this.terms = terms;
        }

        @Override
        @Nullable
        String problem(Work work, String path, String text) throws PathRefused, CharacterCodingException {
            var site = work.site(terms.roots());
            var before = new HashMap<String, Integer>();
            var original = work.changes().original(path);
            if (terms.asBefore() && original != null) {
                for (var link : problems(work, site, path, Work.text(original)).keySet()) {
                    before.merge(link.destination(), 1, Integer::sum);
                }
            }
            return problems(work, site, path, text).entrySet().stream()
                    .filter(wrong -> before.merge(wrong.getKey().destination(), -1, Integer::sum) < 0)
                    .map(wrong -> place(path, wrong.getKey().line()) + ": " + wrong.getValue())
                    .findFirst()
                    .orElse(null);
        }

        /** The links with which something is wrong, in their order. */
        private Map<Link, String> problems(Work work, Site site, String page, String text) {
            var problems = new LinkedHashMap<Link, String>();
            for (var link : Links.of(text)) {
                problem(work, site, page, text, link).ifPresent(what -> problems.put(link, what));
            }
            return problems;
        }

        private Optional<String> problem(Work work, Site site, String page, String text, Link link) {
            if (link.destination().startsWith("#")) {
                return anchorProblem(text, link);
            }
            if (!site.isOurs(link)) {
                return Optional.empty();
            }
            if (!site.leads(page, link)) {
                return Optional.of("the link to %s leads to no file".formatted(Json.quote(link.destination())));
            }
            return site.target(page, link)
                    .filter(Site::isPage)
                    .flatMap(target -> text(work, target))
                    .flatMap(there -> anchorProblem(there, link));
        }

        private static Optional<String> text(Work work, String path) {
            try {
                return Optional.of(work.text(path));
            } catch (PathRefused | CharacterCodingException e) {
                return Optional.empty(); // what cannot be read has no places that could be missing
            }
        }

        private Optional<String> anchorProblem(String there, Link link) {
            var anchor = link.anchor();
            if (!terms.anchors() || anchor.isEmpty()) {
                return Optional.empty();
            }
            var page = PageText.of(there);
            return page.has(anchor) || page.has(AGAIN.matcher(anchor).replaceFirst(""))
                    ? Optional.empty()
                    : Optional.of("the page has no place for the link to %s".formatted(Json.quote(link.destination())));
        }
    }
}
