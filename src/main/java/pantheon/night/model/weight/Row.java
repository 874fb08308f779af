package pantheon.night.model.weight;

/** A row of weights in memory, used again for the next. */
public final class Row {
    private final RowForm form;
    private final int columns;
    private final float[] numbers;
    private final byte[] codes;
    private final float[] scales;
    private final float[] minima;

    /** A row of so many numbers, which are whole blocks. */
    public Row(RowForm form, int columns) {
        this.form = form;
        this.columns = columns;
        int blocks = form.isPlain() ? 0 : columns / form.block();
        if (!form.isPlain() && blocks * form.block() != columns) {
            throw new IllegalArgumentException("%d numbers are no whole blocks of %s".formatted(columns, form));
        }
        numbers = new float[form.isPlain() ? columns : 0];
        codes = new byte[form.isPlain() ? 0 : columns];
        scales = new float[blocks];
        minima = new float[form.minimum() ? blocks : 0];
    }

    public RowForm form() {
        return form;
    }

    public int columns() {
        return columns;
    }

    public int blocks() {
        return scales.length;
    }

    /** Plain numbers; none in a form of blocks. */
    public float[] numbers() {
        return numbers;
    }

    /** A code for each number, as signed or unsigned as the form has them. */
    public byte[] codes() {
        return codes;
    }

    /** A scale for each block. */
    public float[] scales() {
        return scales;
    }

    /** A minimum for each block; none where the form has none. */
    public float[] minima() {
        return minima;
    }

    /** A number's code counted from the form's centre, which makes it signed in any form. */
    public int signed(int column) {
        return codes[column] - form.centre();
    }

    /** What every number of a block has beside {@code scale × signed}; 0 where the form has no minimum. */
    public float offset(int block) {
        return form.minimum() ? minima[block] + scales[block] * form.centre() : 0;
    }

    /** The numbers that the codes stand for, in single precision as ggml computes them. */
    public void dequantise(float[] into) {
        if (form.isPlain()) {
            System.arraycopy(numbers, 0, into, 0, columns);
            return;
        }
        for (int block = 0; block < scales.length; block++) {
            float scale = scales[block];
            float minimum = form.minimum() ? minima[block] : 0;
            for (int i = block * form.block(); i < (block + 1) * form.block(); i++) {
                into[i] = form.minimum() ? scale * codes[i] + minimum : scale * codes[i];
            }
        }
    }

    /** Whether all that it has are finite numbers. */
    public boolean isFinite() {
        return isFinite(numbers) && isFinite(scales) && isFinite(minima);
    }

    private static boolean isFinite(float[] values) {
        for (float value : values) {
            if (!Float.isFinite(value)) {
                return false;
            }
        }
        return true;
    }
}
