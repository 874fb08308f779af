package pantheon.night.tool.builtin;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import pantheon.night.LastUsed;
import pantheon.night.document.fence.DataFormats;
import pantheon.night.document.fence.Fence;
import pantheon.night.document.fence.Fences;
import pantheon.night.document.fence.LanguageModel;
import pantheon.night.document.fence.RepositoryLanguages;
import pantheon.night.document.fence.RepositoryLanguages.Candidate;
import pantheon.night.document.fence.RepositoryLanguages.Labelled;
import pantheon.night.workspace.files.BaseFiles;
import pantheon.night.workspace.files.PathRefused;
import pantheon.night.workspace.files.TaskFiles;
import tools.jackson.databind.node.ObjectNode;

/** The languages that a fence may be given: what the repository's own labelled fences at the base commit make likely. */
final class FenceOffers {
    /** Documents that are learnt from, evenly from all over. */
    private static final int MOST_DOCUMENTS = 3_000;
    /** Larger documents are left out. */
    private static final int MOST_BYTES = 1024 * 1024;

    private static final Set<String> ENDINGS = Set.of("md", "mdx", "markdown");
    private static final int COMMITS = 2;

    private final LastUsed<String, RepositoryLanguages> learnt = new LastUsed<>(COMMITS);

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

    private static RepositoryLanguages learn(BaseFiles base) {
        var documents = base.paths().stream().filter(FenceOffers::isDocument).toList();
        int taken = Math.min(documents.size(), MOST_DOCUMENTS);
        var labelled = new ArrayList<Labelled>();
        for (int i = 0; i < taken; i++) {
            addTo(labelled, documents.get((int) ((long) i * documents.size() / taken)), base);
        }
        return RepositoryLanguages.of(LanguageModel.shipped(), labelled);
    }

    private static boolean isDocument(String path) {
        return ENDINGS.contains(path.substring(path.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT));
    }

    private static void addTo(List<Labelled> labelled, String path, BaseFiles base) {
        try {
            var content = base.content(path);
            var text = content.length > MOST_BYTES ? null : BuiltInTool.utf8(content);
            if (text != null) {
                Fences.of(text).stream()
                        .filter(fence -> !fence.language().isEmpty())
                        .forEach(fence -> labelled.add(new Labelled(path, fence.language(), fence.code())));
            }
        } catch (PathRefused e) {
            return; // what no task could read teaches nothing
        }
    }
}
