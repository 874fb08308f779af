package pantheon.night.model.weight;

/**
 * How the numbers of a row are written.
 *
 * <p>In blocks, a number is {@code scale × code}, or {@code scale × code + minimum}, with one scale and one minimum a
 * block. Codes are signed where there is no minimum, and unsigned where there is one.
 *
 * @param bits of a code: 4, 5 or 8; 32 for plain numbers
 * @param block the numbers of a block: 16 or 32; 0 for plain numbers
 * @param minimum whether a block has one
 */
public record RowForm(int bits, int block, boolean minimum) {
    /** Numbers in single precision. */
    public static final RowForm PLAIN = new RowForm(32, 0, false);

    public RowForm {
        boolean plain = bits == 32 && block == 0 && !minimum;
        if (!plain && (bits != 4 && bits != 5 && bits != 8 || block != 16 && block != 32)) {
            throw new IllegalArgumentException("no form of %d bits in blocks of %d".formatted(bits, block));
        }
    }

    public boolean isPlain() {
        return bits == 32;
    }

    /** The code from which codes are counted when they are made signed. */
    public int centre() {
        return minimum ? 1 << (bits - 1) : 0;
    }
}
