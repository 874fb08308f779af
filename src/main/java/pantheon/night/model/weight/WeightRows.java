package pantheon.night.model.weight;

/** A matrix of weights whose rows are read one by one. Used by one thread. */
public interface WeightRows {
    /** What the file calls it. */
    String name();

    RowForm form();

    long rows();

    int columns();

    /**
     * Reads a row into one of this form and width.
     *
     * @throws pantheon.night.NightException with exit code 65 where it holds what is no finite number
     */
    void read(long row, Row into);
}
