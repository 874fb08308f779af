package pantheon.night.grammar.machine;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import pantheon.night.grammar.token.TokenTrie;

/** A fixed text; control tokens in it begin with {@link TokenTrie#CONTROL}. */
public final class Literal {
    static final Literal BLANK = text(" ");
    static final Literal COLON = text(": ");

    private final byte[] bytes;
    private final int[] rest;

    private Literal(byte[]... pieces) {
        var whole = new ByteArrayOutputStream();
        for (var piece : pieces) {
            whole.writeBytes(piece);
        }
        bytes = whole.toByteArray();
        rest = rest(bytes.length, List.of(pieces).reversed());
    }

    private static int[] rest(int length, List<byte[]> backwards) {
        var rest = new int[length];
        int at = length;
        int left = 0;
        for (var piece : backwards) {
            boolean control = (piece[0] & 0xFF) == TokenTrie.CONTROL;
            left += control ? 1 : 0;
            for (int i = piece.length - 1; i >= 0; i--) {
                left += control ? 0 : 1;
                rest[--at] = left;
            }
        }
        return rest;
    }

    static Literal text(String text) {
        return new Literal(text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Several pieces one after the other.
     *
     * @param pieces each is a text, or a control token; one of them is not empty
     */
    public static Literal of(byte[]... pieces) {
        return new Literal(Stream.of(pieces).filter(piece -> piece.length > 0).toArray(byte[][]::new));
    }

    int at(int index) {
        return bytes[index] & 0xFF;
    }

    int length() {
        return bytes.length;
    }

    /** The tokens that surely suffice from a byte on: one for a control token, else one for each byte. */
    int rest(int from) {
        return rest[from];
    }
}
