package pantheon.night.acceptance;

import java.nio.charset.CharacterCodingException;
import java.util.HashMap;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import pantheon.night.contract.Json;
import pantheon.night.document.fence.DataFormats;
import pantheon.night.document.fence.Fence;
import pantheon.night.document.fence.Fences;
import pantheon.night.document.link.Link;
import pantheon.night.document.link.Links;
import pantheon.night.document.link.Site;
import pantheon.night.workspace.files.PathRefused;

/** The checks that know what stands in a Markdown document's text: its code fences and its links. */
final class MarkupChecks {
    private MarkupChecks() {}

    /**
     * Of a Markdown document nothing has changed but that code fences without a language now have one, a word, behind their
     * opening marks; one that is called JSON, YAML or XML can be read as such.
     */
    static final class FenceLanguages extends FileCheck {
        private static final Pattern WORD = Pattern.compile("[A-Za-z0-9][A-Za-z0-9+#._-]{0,39}");

        FenceLanguages(Scope scope) {
            super("fence_languages", scope);
        }

        @Override
        @Nullable
        String problem(Work work, String path, String text) throws PathRefused, CharacterCodingException {
            var original = work.changes().original(path);
            if (original == null) {
                return "%s did not exist before the task".formatted(shown(path));
            }
            var before = Work.text(original);
            var now = new HashMap<Integer, Fence>();
            Fences.of(text).forEach(fence -> now.put(fence.line(), fence));
            var expected = new StringBuilder();
            int from = 0;
            for (var fence : Fences.of(before)) {
                var word = fence.isBare() && now.containsKey(fence.line())
                        ? now.get(fence.line()).language()
                        : "";
                if (!word.isEmpty() && !(WORD.matcher(word).matches() && DataFormats.allow(word, fence.code()))) {
                    return "%s: the code cannot be said to be %s"
                            .formatted(place(path, fence.line()), Json.quote(word));
                }
                expected.append(before, from, fence.behind()).append(word);
                from = fence.behind();
            }
            boolean same =
                    expected.append(before, from, before.length()).toString().equals(text);
            return same
                    ? null
                    : "%s changed elsewhere than behind the opening marks of fences without a language"
                            .formatted(shown(path));
        }
    }

    /** The document had a code fence without a language before the task, or had none: a reason to decline. */
    static final class BareFence extends FileCheck {
        private final boolean there;

        /** @param there whether one is expected */
        BareFence(Scope scope, boolean there) {
            super("bare_fence", scope);
            this.there = there;
        }

        @Override
        @Nullable
        String problem(Work work, String path, String text) throws PathRefused, CharacterCodingException {
            var original = work.changes().original(path);
            var bare = Fences.of(original == null ? text : Work.text(original)).stream()
                    .filter(Fence::isBare)
                    .findFirst();
            if (bare.isPresent() == there) {
                return null;
            }
            return bare.map(fence -> "%s: the code fence has no language".formatted(place(path, fence.line())))
                    .orElseGet(() -> "%s has no code fence without a language".formatted(shown(path)));
        }
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
            var site = new Site(work::has, folder -> false, roots);
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
            var site = new Site(work::has, folder -> false, roots);
            boolean broken = Links.of(original == null ? text : Work.text(original)).stream()
                    .anyMatch(link -> site.isOurs(link) && !site.leads(path, link));
            return broken ? null : "every link of %s leads to a file".formatted(shown(path));
        }
    }
}
