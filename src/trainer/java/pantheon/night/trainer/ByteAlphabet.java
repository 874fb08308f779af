package pantheon.night.trainer;

import java.nio.charset.StandardCharsets;

/**
 * The visible character that stands for each byte in the files of a byte-level BPE: printable Latin-1 stands for itself,
 * every other byte for a character from U+0100 on, in order.
 */
final class ByteAlphabet {
    private static final char[] CHARACTERS = new char[256];

    static {
        int next = 0x100;
        for (int value = 0; value < 256; value++) {
            boolean printable = (value > ' ' && value < 0x7f) || (value > 0xa0 && value != 0xad);
            CHARACTERS[value] = (char) (printable ? value : next++);
        }
    }

    private ByteAlphabet() {}

    static char character(int value) {
        return CHARACTERS[value];
    }

    /** The UTF-8 bytes of a text, each as its character. */
    static String write(String text) {
        StringBuilder written = new StringBuilder();
        for (byte value : text.getBytes(StandardCharsets.UTF_8)) {
            written.append(CHARACTERS[value & 0xff]);
        }
        return written.toString();
    }
}
