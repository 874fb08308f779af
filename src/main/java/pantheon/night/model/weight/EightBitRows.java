package pantheon.night.model.weight;

/**
 * Plain rows, rounded to 8 bits as they are read: of each 32 numbers the greatest becomes 127, as ggml's
 * {@code quantize_row_q8_0_ref} has it, but with a scale in single precision.
 *
 * @param plain rows of plain numbers, whole blocks of 32
 */
public record EightBitRows(WeightRows plain) implements WeightRows {
    private static final RowForm FORM = new RowForm(8, 32, false);
    private static final int GREATEST = 127;

    public EightBitRows {
        if (!isPossible(plain)) {
            throw new IllegalArgumentException(
                    "%s of %d columns in %s".formatted(plain.name(), plain.columns(), plain.form()));
        }
    }

    /** Whether rows are plain, and whole blocks. */
    public static boolean isPossible(WeightRows rows) {
        return rows.form().isPlain() && rows.columns() % FORM.block() == 0;
    }

    @Override
    public String name() {
        return plain.name();
    }

    @Override
    public RowForm form() {
        return FORM;
    }

    @Override
    public long rows() {
        return plain.rows();
    }

    @Override
    public int columns() {
        return plain.columns();
    }

    @Override
    public RowReader reader() {
        var reader = plain.reader();
        var numbers = new Row(RowForm.PLAIN, columns());
        return (row, into) -> {
            reader.read(row, numbers);
            for (int block = 0; block < into.blocks(); block++) {
                round(numbers.numbers(), into, block);
            }
        };
    }

    private static void round(float[] numbers, Row into, int block) {
        int from = block * FORM.block();
        float greatest = 0;
        for (int i = from; i < from + FORM.block(); i++) {
            greatest = Math.max(greatest, Math.abs(numbers[i]));
        }
        float scale = greatest / GREATEST;
        into.scales()[block] = scale;
        for (int i = from; i < from + FORM.block(); i++) {
            into.codes()[i] = (byte) (scale == 0 ? 0 : Math.clamp(Math.round(numbers[i] / scale), -GREATEST, GREATEST));
        }
    }
}
