package pantheon.night.model.decoder;

import pantheon.night.model.weight.RowForm;
import pantheon.night.model.weight.RowReader;
import pantheon.night.model.weight.WeightRows;

/** Rows that lie in pairs in the file, in the order of halves: first the first of all pairs of a head, then the second. */
record HalvesOrder(WeightRows pairs, int headWidth) implements WeightRows {
    /** Where in the file the row is that is to stand at a place. */
    static long source(long row, int headWidth) {
        long head = row / headWidth;
        long within = row % headWidth;
        int half = headWidth / 2;
        return head * headWidth + within % half * 2 + within / half;
    }

    @Override
    public String name() {
        return pairs.name();
    }

    @Override
    public RowForm form() {
        return pairs.form();
    }

    @Override
    public long rows() {
        return pairs.rows();
    }

    @Override
    public int columns() {
        return pairs.columns();
    }

    @Override
    public RowReader reader() {
        var reader = pairs.reader();
        return (row, into) -> reader.read(source(row, headWidth), into);
    }
}
