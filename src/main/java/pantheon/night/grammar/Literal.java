package pantheon.night.grammar;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** A fixed text; control tokens in it begin with {@link TokenTrie#CONTROL}. */
final class Literal {
    static final Literal BLANK = text(" ");
    static final Literal COLON = text(": ");

    private final byte[] bytes;
    private final int[] rest;

    private Literal(byte[] bytes) {
        if (bytes.length == 0) {
            throw new IllegalArgumentException("a literal is not empty");
        }
        this.bytes = bytes;
        rest = new int[bytes.length + 1];
        int control = 0;
        for (int i = bytes.length - 1; i >= 0; i--) {
            rest[i] = rest[i + 1] + 1;
            if ((bytes[i] & 0xFF) == TokenTrie.CONTROL) {
                // The token's bytes come as one.
                rest[i] -= control;
                control = 0;
            } else {
                control = isControlTail(i) ? control + 1 : 0;
            }
        }
    }

    /** Whether a byte belongs to a control token's text, which ends with {@code >}. */
    private boolean isControlTail(int index) {
        for (int i = index; i >= 0; i--) {
            if ((bytes[i] & 0xFF) == TokenTrie.CONTROL) {
                return true;
            }
            if (i < index && bytes[i] == '>') {
                return false;
            }
        }
        return false;
    }

    static Literal text(String text) {
        return new Literal(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Several pieces one after the other. */
    static Literal of(byte[]... pieces) {
        var out = new ByteArrayOutputStream();
        for (var piece : pieces) {
            out.writeBytes(piece);
        }
        return new Literal(out.toByteArray());
    }

    int at(int index) {
        return bytes[index] & 0xFF;
    }

    int length() {
        return bytes.length;
    }

    int rest(int from) {
        return rest[from];
    }
}
