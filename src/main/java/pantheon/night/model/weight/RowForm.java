package pantheon.night.model.weight;

import java.util.Set;

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

    private static final Set<Integer> BITS = Set.of(4, 5, 8);
    private static final Set<Integer> BLOCKS = Set.of(16, 32);

    public RowForm {
        boolean plain = bits == 32 && block == 0 && !minimum;
        if (!plain && !(BITS.contains(bits) && BLOCKS.contains(block))) {
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
