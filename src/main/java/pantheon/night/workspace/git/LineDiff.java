package pantheon.night.workspace.git;

import org.eclipse.jgit.diff.DiffAlgorithm;
import org.eclipse.jgit.diff.Edit;
import org.eclipse.jgit.diff.EditList;
import org.eclipse.jgit.diff.HistogramDiff;
import org.eclipse.jgit.diff.Sequence;
import org.eclipse.jgit.diff.SequenceComparator;

/**
 * How two texts differ, line by line. Where what lies between their first and their last difference is too large for
 * that, for the time grows with the product of its lines, it is one change.
 */
public final class LineDiff extends DiffAlgorithm {
    /** Some 16,000 lines against as many others. */
    private static final long MOST_PAIRS = 1L << 28;

    private final DiffAlgorithm exact = new HistogramDiff();
    private final long mostPairs;

    public LineDiff() {
        this(MOST_PAIRS);
    }

    /** @param mostPairs how many lines of the one times lines of the other are compared */
    LineDiff(long mostPairs) {
        this.mostPairs = mostPairs;
    }

    @Override
    public <S extends Sequence> EditList diffNonCommon(SequenceComparator<? super S> comparator, S before, S after) {
        return (long) before.size() * after.size() > mostPairs
                ? EditList.singleton(new Edit(0, before.size(), 0, after.size()))
                : exact.diffNonCommon(comparator, before, after);
    }
}
