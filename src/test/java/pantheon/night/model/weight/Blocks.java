package pantheon.night.model.weight;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Random;
import pantheon.night.model.gguf.TensorType;

/** Blocks of bytes and what each of their numbers is, by the text of the format, one number at a time. */
public final class Blocks {
    private Blocks() {}

    /** Random blocks of numbers that are a few hundredths, as weights are. */
    public static byte[] random(TensorType type, int blocks, long seed) {
        var random = new Random(seed);
        var bytes = new byte[blocks * type.blockBytes()];
        random.nextBytes(bytes);
        var buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        for (int block = 0; block < blocks; block++) {
            for (int at : floats(type)) {
                putNumber(buffer, type, block * type.blockBytes() + at, (float) random.nextGaussian() * scale(type));
            }
        }
        return bytes;
    }

    /** Numbers in single precision near another. */
    public static byte[] near(float middle, int numbers, long seed) {
        var random = new Random(seed);
        var buffer = ByteBuffer.allocate(numbers * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < numbers; i++) {
            buffer.putFloat(middle + (float) random.nextGaussian() / 4);
        }
        return buffer.array();
    }

    private static float scale(TensorType type) {
        return switch (type) {
            case F32, F16, BF16 -> 0.05f;
            case Q4_0, Q4_1, Q5_0, Q5_1 -> 0.01f;
            case Q8_0, Q4_K, Q5_K -> 0.0005f;
            case Q6_K -> 0.00003f;
            default -> throw new IllegalArgumentException(type.name());
        };
    }

    /** Where in a block the numbers in floating point are. */
    private static int[] floats(TensorType type) {
        return switch (type) {
            case F32, F16, BF16, Q4_0, Q5_0, Q8_0 -> new int[] {0};
            case Q4_1, Q5_1, Q4_K, Q5_K -> new int[] {0, 2};
            case Q6_K -> new int[] {208};
            default -> throw new IllegalArgumentException(type.name());
        };
    }

    private static void putNumber(ByteBuffer buffer, TensorType type, int at, float number) {
        switch (type) {
            case F32 -> buffer.putFloat(at, number);
            case BF16 -> buffer.putShort(at, (short) (Float.floatToIntBits(number) >>> 16));
            default -> buffer.putShort(at, Float.floatToFloat16(number));
        }
    }

    /** The number at a place of a row of blocks. */
    public static float number(TensorType type, byte[] row, int index) {
        int start = index / type.block() * type.blockBytes();
        var block = ByteBuffer.wrap(row, start, type.blockBytes()).slice().order(ByteOrder.LITTLE_ENDIAN);
        int i = index % type.block();
        return switch (type) {
            case F32 -> block.getFloat(0);
            case F16 -> half(block, 0);
            case BF16 -> Float.intBitsToFloat(block.getShort(0) << 16);
            case Q4_0 -> half(block, 0) * (nibble(block, 2, i) - 8);
            case Q4_1 -> half(block, 0) * nibble(block, 4, i) + half(block, 2);
            case Q5_0 -> half(block, 0) * (nibble(block, 6, i) + 16 * bit(block, 2, i) - 16);
            case Q5_1 -> half(block, 0) * (nibble(block, 8, i) + 16 * bit(block, 4, i)) + half(block, 2);
            case Q8_0 -> half(block, 0) * block.get(2 + i);
            case Q4_K ->
                half(block, 0) * sixBits(block, i / 32, 0) * wide(block, 16, i)
                        - half(block, 2) * sixBits(block, i / 32, 4);
            case Q5_K ->
                half(block, 0)
                                * sixBits(block, i / 32, 0)
                                * (wide(block, 48, i) + 16 * ((unsigned(block, 16 + i % 32) >> (i / 32)) & 1))
                        - half(block, 2) * sixBits(block, i / 32, 4);
            case Q6_K -> half(block, 208) * block.get(192 + i / 16) * (sixth(block, i) - 32);
            default -> throw new IllegalArgumentException(type.name());
        };
    }

    private static float half(ByteBuffer block, int at) {
        return Float.float16ToFloat(block.getShort(at));
    }

    private static int unsigned(ByteBuffer block, int at) {
        return block.get(at) & 255;
    }

    /** Of 16 bytes: number i is in the lower half of byte i, number i + 16 in its upper half. */
    private static int nibble(ByteBuffer block, int at, int i) {
        return i < 16 ? unsigned(block, at + i) % 16 : unsigned(block, at + i - 16) / 16;
    }

    private static int bit(ByteBuffer block, int at, int i) {
        return (unsigned(block, at + i / 8) >> (i % 8)) & 1;
    }

    /** Of runs of 32 bytes: the lower halves are 32 numbers, the upper halves the next 32. */
    private static int wide(ByteBuffer block, int at, int i) {
        int value = unsigned(block, at + i / 64 * 32 + i % 32);
        return i % 64 < 32 ? value % 16 : value / 16;
    }

    /** Scale (0) or minimum (4) number j of eight, as the twelve bytes from byte 4 on hold them. */
    private static int sixBits(ByteBuffer block, int j, int which) {
        if (j < 4) {
            return unsigned(block, 4 + which + j) % 64;
        }
        int low = unsigned(block, 4 + 8 + j - 4);
        return (which == 0 ? low % 16 : low / 16) + unsigned(block, 4 + which + j - 4) / 64 * 16;
    }

    private static int sixth(ByteBuffer block, int i) {
        int half = i / 128;
        int j = i % 128;
        int low = unsigned(block, half * 64 + j % 64);
        int high = unsigned(block, 128 + half * 32 + j % 32);
        return (j < 64 ? low % 16 : low / 16) + ((high >> (2 * (j / 32))) & 3) * 16;
    }
}
