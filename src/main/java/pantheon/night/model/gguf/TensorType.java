package pantheon.night.model.gguf;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * How the numbers of a tensor are stored. A row is a run of blocks of one size each; the layouts are those of ggml's
 * {@code ggml-common.h} and its {@code enum ggml_type}.
 *
 * <p>The types that nobody here reads are listed for their names.
 */
public enum TensorType {
    F32(0, 1, 4),
    F16(1, 1, 2),
    Q4_0(2, 32, 18),
    Q4_1(3, 32, 20),
    Q5_0(6, 32, 22),
    Q5_1(7, 32, 24),
    Q8_0(8, 32, 34),
    Q8_1(9),
    Q2_K(10),
    Q3_K(11),
    Q4_K(12, 256, 144),
    Q5_K(13, 256, 176),
    Q6_K(14, 256, 210),
    Q8_K(15),
    IQ2_XXS(16),
    IQ2_XS(17),
    IQ3_XXS(18),
    IQ1_S(19),
    IQ4_NL(20),
    IQ3_S(21),
    IQ2_S(22),
    IQ4_XS(23),
    I8(24),
    I16(25),
    I32(26),
    I64(27),
    F64(28),
    IQ1_M(29),
    BF16(30, 1, 2),
    TQ1_0(34),
    TQ2_0(35),
    MXFP4(39),
    NVFP4(40);

    private final int id;
    private final int block;
    private final int blockBytes;

    TensorType(int id) {
        this(id, 0, 0);
    }

    TensorType(int id, int block, int blockBytes) {
        this.id = id;
        this.block = block;
        this.blockBytes = blockBytes;
    }

    /** The type that a file's number stands for; empty for a number that is not known. */
    static Optional<TensorType> of(long id) {
        return Arrays.stream(values()).filter(type -> type.id == id).findFirst();
    }

    /** The names of those that can be read here. */
    public static String readable() {
        return Arrays.stream(values())
                .filter(TensorType::isReadable)
                .map(TensorType::name)
                .collect(Collectors.joining(", "));
    }

    /** Whether its numbers can be read here. */
    public boolean isReadable() {
        return block > 0;
    }

    /** The numbers of a block; 0 where it is not readable. */
    public int block() {
        return block;
    }

    /** The bytes of a block; 0 where it is not readable. */
    public int blockBytes() {
        return blockBytes;
    }

    /** The bytes of a row of so many numbers, which are whole blocks. */
    public long rowBytes(long columns) {
        if (block == 0 || columns % block != 0) {
            throw new IllegalArgumentException("%d numbers are no whole blocks of %s".formatted(columns, this));
        }
        return Math.multiplyExact(columns / block, (long) blockBytes);
    }
}
