package pantheon.night.acceptance;

import java.nio.charset.CharacterCodingException;
import java.util.HashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import pantheon.night.contract.Json;
import pantheon.night.document.fence.DataFormats;
import pantheon.night.document.fence.Fence;
import pantheon.night.document.fence.Fences;
import pantheon.night.workspace.files.PathRefused;

/** The checks that know the code fences of a Markdown document. */
final class FenceChecks {
    private FenceChecks() {}

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
}
