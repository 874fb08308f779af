package pantheon.night.model.weight;

import java.nio.ByteBuffer;
import java.util.Optional;
import pantheon.night.model.gguf.TensorType;

/**
 * How the bytes of a row become a {@link Row}, by type: the layouts of ggml's {@code ggml-common.h}, all little-endian.
 */
enum BlockLayout {
    F32(TensorType.F32, 32, 0, false) {
        @Override
        void decode(ByteBuffer in, Row row, int at) {
            row.numbers()[at] = in.getFloat();
        }
    },
    F16(TensorType.F16, 32, 0, false) {
        @Override
        void decode(ByteBuffer in, Row row, int at) {
            row.numbers()[at] = half(in);
        }
    },
    /** The upper half of a single-precision number. */
    BF16(TensorType.BF16, 32, 0, false) {
        @Override
        void decode(ByteBuffer in, Row row, int at) {
            row.numbers()[at] = Float.intBitsToFloat(in.getShort() << 16);
        }
    },
    Q4_0(TensorType.Q4_0, 4, 32, false) {
        @Override
        void decode(ByteBuffer in, Row row, int at) {
            row.scales()[at / BLOCK] = half(in);
            nibbles(in, row.codes(), at);
            shift(row.codes(), at, 8);
        }
    },
    Q4_1(TensorType.Q4_1, 4, 32, true) {
        @Override
        void decode(ByteBuffer in, Row row, int at) {
            row.scales()[at / BLOCK] = half(in);
            row.minima()[at / BLOCK] = half(in);
            nibbles(in, row.codes(), at);
        }
    },
    Q5_0(TensorType.Q5_0, 5, 32, false) {
        @Override
        void decode(ByteBuffer in, Row row, int at) {
            row.scales()[at / BLOCK] = half(in);
            int high = in.getInt();
            nibbles(in, row.codes(), at);
            fifthBits(high, row.codes(), at);
            shift(row.codes(), at, 16);
        }
    },
    Q5_1(TensorType.Q5_1, 5, 32, true) {
        @Override
        void decode(ByteBuffer in, Row row, int at) {
            row.scales()[at / BLOCK] = half(in);
            row.minima()[at / BLOCK] = half(in);
            int high = in.getInt();
            nibbles(in, row.codes(), at);
            fifthBits(high, row.codes(), at);
        }
    },
    Q8_0(TensorType.Q8_0, 8, 32, false) {
        @Override
        void decode(ByteBuffer in, Row row, int at) {
            row.scales()[at / BLOCK] = half(in);
            in.get(row.codes(), at, BLOCK);
        }
    },
    Q4_K(TensorType.Q4_K, 4, 32, true) {
        @Override
        void decode(ByteBuffer in, Row row, int at) {
            packedScales(in, row, at);
            for (int pair = 0; pair < SUPER / 2; pair++) {
                wideNibbles(in, row.codes(), at + pair * 2 * BLOCK);
            }
        }
    },
    Q5_K(TensorType.Q5_K, 5, 32, true) {
        @Override
        void decode(ByteBuffer in, Row row, int at) {
            packedScales(in, row, at);
            int high = in.position();
            in.position(high + BLOCK);
            for (int pair = 0; pair < SUPER / 2; pair++) {
                wideNibbles(in, row.codes(), at + pair * 2 * BLOCK);
            }
            for (int i = 0; i < SUPER * BLOCK; i++) {
                int bit = (in.get(high + i % BLOCK) >> (i / BLOCK)) & 1;
                row.codes()[at + i] |= (byte) (bit << 4);
            }
        }
    },
    Q6_K(TensorType.Q6_K, 8, 16, false) {
        private static final int HIGH = 128;
        private static final int SCALES = 192;
        private static final int SCALE = 208;

        @Override
        void decode(ByteBuffer in, Row row, int at) {
            int start = in.position();
            in.position(start + SCALE);
            float scale = half(in);
            for (int block = 0; block < 16; block++) {
                row.scales()[at / 16 + block] = scale * in.get(start + SCALES + block);
            }
            for (int i = 0; i < SUPER * BLOCK; i++) {
                int half = i / 128; // each of 128 numbers, in four runs of 32
                int run = i % 128 / 32;
                int low = (in.get(start + half * 64 + run % 2 * 32 + i % 32) >> (run / 2 * 4)) & 15;
                int high = (in.get(start + HIGH + half * 32 + i % 32) >> (run * 2)) & 3;
                row.codes()[at + i] = (byte) ((low | (high << 4)) - 32);
            }
        }
    };

    private static final int BLOCK = 32;
    /** The blocks of a super-block. */
    private static final int SUPER = 8;

    private final TensorType type;
    private final int bits;
    private final int formBlock;
    private final boolean minimum;

    BlockLayout(TensorType type, int bits, int formBlock, boolean minimum) {
        this.type = type;
        this.bits = bits;
        this.formBlock = formBlock;
        this.minimum = minimum;
    }

    static Optional<BlockLayout> of(TensorType type) {
        for (var layout : values()) {
            if (layout.type == type) {
                return Optional.of(layout);
            }
        }
        return Optional.empty();
    }

    RowForm form() {
        return new RowForm(bits, formBlock, minimum);
    }

    /** Reads one block of the type, whose first number is the row's at an index; the buffer stands behind it then. */
    abstract void decode(ByteBuffer in, Row row, int at);

    /** Reads a whole row. */
    void decode(ByteBuffer in, Row row) {
        for (int at = 0; at < row.columns(); at += type.block()) {
            decode(in, row, at);
        }
    }

    private static float half(ByteBuffer in) {
        return Float.float16ToFloat(in.getShort());
    }

    /** Sixteen bytes: the lower halves are the first sixteen codes. */
    private static void nibbles(ByteBuffer in, byte[] codes, int at) {
        for (int i = 0; i < BLOCK / 2; i++) {
            int pair = in.get();
            codes[at + i] = (byte) (pair & 15);
            codes[at + i + BLOCK / 2] = (byte) ((pair >> 4) & 15);
        }
    }

    /** Thirty-two bytes: the lower halves are one block's codes, the upper ones the next block's. */
    private static void wideNibbles(ByteBuffer in, byte[] codes, int at) {
        for (int i = 0; i < BLOCK; i++) {
            int pair = in.get();
            codes[at + i] = (byte) (pair & 15);
            codes[at + i + BLOCK] = (byte) ((pair >> 4) & 15);
        }
    }

    private static void fifthBits(int bits, byte[] codes, int at) {
        for (int i = 0; i < BLOCK; i++) {
            codes[at + i] |= (byte) (((bits >>> i) & 1) << 4);
        }
    }

    private static void shift(byte[] codes, int at, int by) {
        for (int i = at; i < at + BLOCK; i++) {
            codes[i] -= (byte) by;
        }
    }

    /** Two half-precision numbers, and eight scales and eight minima of 6 bits each in twelve bytes. */
    private static void packedScales(ByteBuffer in, Row row, int at) {
        float scale = half(in);
        float minimum = half(in);
        int start = in.position();
        for (int i = 0; i < SUPER; i++) {
            int first = in.get(start + i % 4) & 255;
            int second = in.get(start + i % 4 + 4) & 255;
            int third = in.get(start + i % 4 + 8) & 255;
            int ofScale = i < 4 ? first & 63 : (third & 15) | ((first >> 6) << 4);
            int ofMinimum = i < 4 ? second & 63 : (third >> 4) | ((second >> 6) << 4);
            row.scales()[at / BLOCK + i] = scale * ofScale;
            row.minima()[at / BLOCK + i] = -(minimum * ofMinimum);
        }
        in.position(start + 12);
    }
}
