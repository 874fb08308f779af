package pantheon.night.model.weight;

/** A matrix of weights that is read row by row. */
public interface WeightRows {
    /** What the file calls it. */
    String name();

    RowForm form();

    long rows();

    int columns();

    /** What reads it; it holds a few rows in memory. */
    RowReader reader();

    /** All numbers of a matrix of one row. */
    default float[] only() {
        var row = new Row(form(), columns());
        var numbers = new float[columns()];
        reader().read(0, row);
        row.dequantise(numbers);
        return numbers;
    }
}
