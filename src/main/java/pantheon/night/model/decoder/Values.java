package pantheon.night.model.decoder;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Some numbers for each token of a sequence.
 *
 * @param columns {@code [column][token]}: what is multiplied by one weight lies side by side
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Values(double[][] columns) {
    static Values of(int columns, int tokens) {
        return new Values(new double[columns][tokens]);
    }

    /** The columns of some, one behind the other. */
    static Values together(List<Values> parts) {
        return new Values(
                parts.stream().flatMap(part -> Arrays.stream(part.columns)).toArray(double[][]::new));
    }

    /** Parts of so many columns each. */
    List<Values> apart(int width) {
        return IntStream.range(0, columns.length / width)
                .mapToObj(part -> new Values(Arrays.copyOfRange(columns, part * width, (part + 1) * width)))
                .toList();
    }

    int tokens() {
        return columns[0].length;
    }

    void add(Values more) {
        for (int column = 0; column < columns.length; column++) {
            for (int token = 0; token < tokens(); token++) {
                columns[column][token] += more.columns[column][token];
            }
        }
    }

    /** The same, {@code [token][column]}. */
    float[][] asRows() {
        var rows = new float[tokens()][columns.length];
        for (int column = 0; column < columns.length; column++) {
            for (int token = 0; token < rows.length; token++) {
                rows[token][column] = (float) columns[column][token];
            }
        }
        return rows;
    }
}
