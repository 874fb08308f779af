package pantheon.night.grammar.token;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * The tokens of a byte-level BPE tokenizer: each one's bytes, and which of them are control tokens.
 *
 * <p>Ids are turned back by a table of bytes, since one token may be part of a character.
 */
public final class Vocabulary {
    private static final byte[] NOTHING = {};

    private final byte[][] bytes;
    private final Map<String, Integer> controls;

    private Vocabulary(byte[][] bytes, Map<String, Integer> controls) {
        this.bytes = bytes;
        this.controls = controls;
    }

    /**
     * Reads the vocabulary of a {@code tokenizer.json}.
     *
     * @throws IllegalArgumentException where it is none of byte-level BPE
     */
    public static Vocabulary of(JsonNode tokenizer) {
        var vocabulary = tokenizer.path("model").path("vocab");
        if (!tokenizer.path("decoder").toString().contains("\"ByteLevel\"") || vocabulary.isEmpty()) {
            throw new IllegalArgumentException("is no byte-level BPE tokenizer, the only kind that can be used");
        }
        var controls = controls(tokenizer);
        var ids = Stream.concat(vocabulary.valueStream().map(JsonNode::intValue), controls.values().stream());
        var bytes = new byte[ids.reduce(-1, Math::max) + 1][];
        Arrays.fill(bytes, NOTHING);
        var alphabet = alphabet();
        vocabulary
                .properties()
                .forEach(token -> bytes[token.getValue().intValue()] = decoded(token.getKey(), alphabet));
        controls.forEach((text, id) -> bytes[id] = text.getBytes(StandardCharsets.UTF_8));
        return new Vocabulary(bytes, controls);
    }

    private static Map<String, Integer> controls(JsonNode tokenizer) {
        var controls = new LinkedHashMap<String, Integer>();
        for (var token : tokenizer.path("added_tokens")) {
            controls.put(token.path("content").stringValue(), token.path("id").intValue());
        }
        return controls;
    }

    /** A token's bytes; one with a character outside of the alphabet stands for its own text. */
    private static byte[] decoded(String token, int[] alphabet) {
        var out = new byte[token.length()];
        for (int i = 0; i < out.length; i++) {
            int c = token.charAt(i);
            if (c >= alphabet.length || alphabet[c] < 0) {
                return token.getBytes(StandardCharsets.UTF_8);
            }
            out[i] = (byte) alphabet[c];
        }
        return out;
    }

    /**
     * Byte-level BPE's alphabet, character → byte: printable Latin-1 stands for itself, every other byte for the next
     * character from U+0100 on.
     */
    private static int[] alphabet() {
        var alphabet = new int[512];
        Arrays.fill(alphabet, -1);
        int next = 256;
        for (int b = 0; b < 256; b++) {
            boolean printable = (b >= '!' && b <= '~') || (b >= 0xA1 && b <= 0xAC) || b >= 0xAE;
            alphabet[printable ? b : next++] = b;
        }
        return alphabet;
    }

    /** One more than the greatest id. */
    public int size() {
        return bytes.length;
    }

    /** A token's bytes, not to be changed; none for an id that stands for nothing. */
    public byte[] bytes(int id) {
        return bytes[id];
    }

    /** The control tokens' texts, in the file's order. */
    public List<String> controlTexts() {
        return List.copyOf(controls.keySet());
    }

    /** The id of a control token, or -1 where there is none with this text. */
    public int control(String text) {
        return controls.getOrDefault(text, -1);
    }

    /** The tokens as a tree, control tokens marked; those with the mark's own byte, which no text has, are left out. */
    public TokenTrie trie() {
        var marked = bytes.clone();
        for (int id = 0; id < marked.length; id++) {
            for (byte b : marked[id]) {
                if ((b & 0xFF) == TokenTrie.CONTROL) {
                    marked[id] = NOTHING;
                    break;
                }
            }
        }
        controls.forEach((text, id) -> marked[id] = marked(text));
        return new TokenTrie(marked);
    }

    private static byte[] marked(String control) {
        var text = control.getBytes(StandardCharsets.UTF_8);
        var marked = new byte[text.length + 1];
        marked[0] = (byte) TokenTrie.CONTROL;
        System.arraycopy(text, 0, marked, 1, text.length);
        return marked;
    }

    /** A control token as literals have it, or its plain text where the vocabulary has no such token. */
    public byte[] literal(String control) {
        return controls.containsKey(control) ? marked(control) : control.getBytes(StandardCharsets.UTF_8);
    }
}
