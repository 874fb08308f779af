package pantheon.night.model.weight;

/** Reads the rows of a matrix, in any order, the next ones fastest. Used by one thread. */
@FunctionalInterface
public interface RowReader {
    /**
     * Reads a row into one of the matrix's form and width.
     *
     * @throws pantheon.night.NightException with exit code 65 where it holds what is no finite number
     */
    void read(long row, Row into);
}
