package pantheon.night.workspace.branch;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.eclipse.jgit.diff.RawText;
import org.eclipse.jgit.diff.RawTextComparator;
import org.eclipse.jgit.merge.MergeAlgorithm;
import org.eclipse.jgit.merge.MergeResult;
import pantheon.night.workspace.git.LineDiff;
import pantheon.night.workspace.git.Text;

/** The three-way merge of a text, line by line; byte for byte what it was made of, line ends included. */
final class TextMerge {
    private TextMerge() {}

    /** The merged content; empty where both sides changed the same lines, or where one is no text. */
    static Optional<byte[]> merge(byte[] base, byte[] ours, byte[] theirs) {
        if (!Text.is(base) || !Text.is(ours) || !Text.is(theirs)) {
            return Optional.empty();
        }
        var result = new MergeAlgorithm(new LineDiff())
                .merge(RawTextComparator.DEFAULT, new RawText(base), new RawText(ours), new RawText(theirs));
        return result.containsConflicts() ? Optional.empty() : Optional.of(joined(result));
    }

    private static byte[] joined(MergeResult<RawText> result) {
        var sides = result.getSequences();
        var merged = new StringBuilder();
        for (var chunk : result) {
            merged.append(sides.get(chunk.getSequenceIndex()).getString(chunk.getBegin(), chunk.getEnd(), false));
        }
        return merged.toString().getBytes(StandardCharsets.UTF_8);
    }
}
