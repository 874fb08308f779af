package pantheon.night.tool.builtin;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import pantheon.night.LastUsed;
import pantheon.night.contract.Json;
import pantheon.night.document.Lines;
import pantheon.night.document.fence.DataFormats;
import pantheon.night.document.fence.Fence;
import pantheon.night.document.fence.Fences;
import pantheon.night.document.fence.LanguageModel;
import pantheon.night.document.fence.RepositoryLanguages;
import pantheon.night.document.fence.RepositoryLanguages.Candidate;
import pantheon.night.document.fence.RepositoryLanguages.Labelled;
import pantheon.night.tool.ToolResult;
import pantheon.night.workspace.files.BaseFiles;
import pantheon.night.workspace.files.PathRefused;
import pantheon.night.workspace.files.TaskFiles;
import tools.jackson.databind.node.ObjectNode;

/** The tools for code fences without a language. */
final class FenceTools {
    private FenceTools() {}

    /** The languages that a fence may be given: what the repository's own labelled fences at the base commit make likely. */
    static final class FenceOffers {
        /** Documents that are learnt from, evenly from all over. */
        private static final int MOST_DOCUMENTS = 3_000;
        /** Larger documents are left out. */
        private static final int MOST_BYTES = 1024 * 1024;

        private static final Set<String> ENDINGS = Set.of("md", "mdx", "markdown");
        private static final int COMMITS = 2;

        private final LastUsed<String, RepositoryLanguages> learnt = new LastUsed<>(COMMITS);
        private final Supplier<LanguageModel> before;

        /** @param before gives what is known without the repository */
        FenceOffers(Supplier<LanguageModel> before) {
            this.before = before;
        }

        /**
         * What an agent asks of an offer.
         *
         * @param least the probability that the likeliest language must have, 0 to 1
         * @param most how many languages are offered, the likeliest first
         */
        record Terms(double least, int most) {
            static Terms of(ObjectNode arguments) {
                return new Terms(
                        arguments.path("least").doubleValue(0),
                        arguments.path("most").intValue(1));
            }
        }

        /** The candidates for a fence; none where the likeliest language is not likely enough, or cannot be. */
        List<Candidate> offer(String path, Fence fence, TaskFiles task, Terms terms) {
            var base = task.base();
            var languages = learnt.get(base.commit(), () -> learn(base));
            var ranked = languages.rank(path, fence.code());
            var best = ranked.getFirst();
            return best.probability() < terms.least() || !DataFormats.allow(best.word(), fence.code())
                    ? List.of()
                    : ranked.stream()
                            .filter(candidate -> DataFormats.allow(candidate.word(), fence.code()))
                            .limit(terms.most())
                            .toList();
        }

        private RepositoryLanguages learn(BaseFiles base) {
            var documents =
                    base.paths().stream().filter(FenceOffers::isDocument).toList();
            int taken = Math.min(documents.size(), MOST_DOCUMENTS);
            var labelled = new ArrayList<Labelled>();
            var bare = new ArrayList<String>();
            for (int i = 0; i < taken; i++) {
                var path = documents.get((int) ((long) i * documents.size() / taken));
                for (var fence : fences(path, base)) {
                    if (fence.isBare()) {
                        bare.add(fence.code());
                    } else if (!fence.language().isEmpty()) {
                        labelled.add(new Labelled(path, fence.language(), fence.code()));
                    }
                }
            }
            return RepositoryLanguages.of(before.get(), labelled, bare);
        }

        private static boolean isDocument(String path) {
            return ENDINGS.contains(path.substring(path.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT));
        }

        private static List<Fence> fences(String path, BaseFiles base) {
            try {
                var content = base.content(path);
                var text = content.length > MOST_BYTES ? null : BuiltInTool.utf8(content);
                return text == null ? List.of() : Fences.of(text);
            } catch (PathRefused e) {
                return List.of(); // what no task could read teaches nothing
            }
        }
    }

    /** Finds a document's first code fence without a language for which one is likely enough. */
    static final class NextFence extends TextTool {
        private static final int SHOWN_CHARS = 600;
        private static final int LINES_ABOVE = 3;

        private final FenceOffers offers;

        NextFence(FenceOffers offers) {
            super("next_fence");
            this.offers = offers;
        }

        @Override
        public boolean isReadOnly() {
            return true;
        }

        @Override
        ToolResult call(String path, String text, ObjectNode arguments, TaskFiles task) throws PathRefused {
            int after = arguments.path("after").intValue(0);
            var bare = Fences.of(text).stream()
                    .filter(fence -> fence.isBare() && fence.line() > after)
                    .toList();
            int shown = arguments.path("shown").intValue(SHOWN_CHARS);
            var terms = FenceOffers.Terms.of(arguments);
            int unsure = 0;
            for (var fence : bare) {
                var candidates = offers.offer(path, fence, task, terms);
                if (!candidates.isEmpty()) {
                    return new ToolResult.Returned(
                            found(text, fence, candidates, shown).put("unsure", unsure));
                }
                unsure++;
            }
            return new ToolResult.Returned(Json.object().put("found", false).put("unsure", unsure));
        }

        private static ObjectNode found(String text, Fence fence, List<Candidate> candidates, int shown) {
            var found = Json.object()
                    .put("found", true)
                    .put("line", fence.line())
                    .put("above", above(text, fence, shown / LINES_ABOVE))
                    .put("code", Lines.cut(fence.code(), shown));
            var list = found.putArray("candidates");
            for (var candidate : candidates) {
                list.addObject()
                        .put("language", candidate.word())
                        .put("probability", Math.round(candidate.probability() * 100) / 100.0);
            }
            return found;
        }

        /** The last lines of text above, each of at most so many characters. */
        private static String above(String text, Fence fence, int most) {
            var lines = Lines.of(text);
            var above = new ArrayList<String>();
            for (int i = fence.line() - 2; i >= 0 && above.size() < LINES_ABOVE; i--) {
                if (!lines.get(i).isBlank()) {
                    above.addFirst(Lines.cut(lines.get(i).strip(), most));
                }
            }
            return String.join("\n", above);
        }
    }

    /** Writes the language of one code fence behind its opening marks; nothing else of the document changes. */
    static final class SetFenceLanguage extends TextTool {
        private final FenceOffers offers;

        SetFenceLanguage(FenceOffers offers) {
            super("set_fence_language");
            this.offers = offers;
        }

        @Override
        ToolResult call(String path, String text, ObjectNode arguments, TaskFiles task) throws PathRefused {
            int line = arguments.required("line").intValue();
            var fence = at(text, line);
            if (fence.isEmpty()) {
                return new ToolResult.Failed(
                        "no_fence", "no code fence that is closed and holds code opens on line " + line);
            }
            return set(path, text, fence.get(), arguments, task);
        }

        private static Optional<Fence> at(String text, int line) {
            return Fences.of(text).stream()
                    .filter(fence -> fence.line() == line)
                    .findFirst();
        }

        private ToolResult set(String path, String text, Fence fence, ObjectNode arguments, TaskFiles task)
                throws PathRefused {
            var language = arguments.required("language").stringValue();
            if (!fence.isBare()) {
                return fence.language().equals(language)
                        ? changed(false)
                        : new ToolResult.Failed("has_language", "the fence says its language already");
            }
            boolean offered = offers.offer(path, fence, task, FenceOffers.Terms.of(arguments)).stream()
                    .anyMatch(candidate -> candidate.word().equals(language));
            if (!offered) {
                return new ToolResult.Failed(
                        "no_candidate", "that is none of the languages that next_fence names for it");
            }
            var written = text.substring(0, fence.behind()) + language + text.substring(fence.behind());
            return at(written, fence.line())
                            .filter(now -> now.language().equals(language))
                            .isPresent()
                    ? changed(write(path, written, task))
                    : new ToolResult.Failed("no_candidate", "the fence could not be read with that language");
        }
    }
}
