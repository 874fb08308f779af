package pantheon.night.grammar.token;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Byte-level BPE's way to write bytes: printable Latin-1 stands for itself, every other byte for the next character from
 * U+0100 on.
 */
public final class ByteAlphabet {
    private static final char[] CHARACTERS = characters();
    private static final int[] BYTES = bytes();

    private ByteAlphabet() {}

    private static char[] characters() {
        var characters = new char[256];
        char next = 256;
        for (int b = 0; b < 256; b++) {
            boolean printable = (b >= '!' && b <= '~') || (b >= 0xA1 && b <= 0xAC) || b >= 0xAE;
            characters[b] = printable ? (char) b : next++;
        }
        return characters;
    }

    /** Character → byte, -1 for one that stands for none. */
    private static int[] bytes() {
        var bytes = new int[512];
        Arrays.fill(bytes, -1);
        for (int b = 0; b < CHARACTERS.length; b++) {
            bytes[CHARACTERS[b]] = b;
        }
        return bytes;
    }

    /** The character that stands for a byte, 0 to 255. */
    public static char character(int b) {
        return CHARACTERS[b];
    }

    /** A token's bytes; one with a character outside of the alphabet stands for its own text. */
    static byte[] decoded(String token) {
        var out = new byte[token.length()];
        for (int i = 0; i < out.length; i++) {
            int c = token.charAt(i);
            if (c >= BYTES.length || BYTES[c] < 0) {
                return token.getBytes(StandardCharsets.UTF_8);
            }
            out[i] = (byte) BYTES[c];
        }
        return out;
    }
}
