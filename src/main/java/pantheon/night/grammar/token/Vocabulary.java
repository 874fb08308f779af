package pantheon.night.grammar.token;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;

/**
 * The tokens of a byte-level BPE tokenizer: each one's bytes, and which of them are control tokens.
 *
 * <p>Ids are turned back by a table of bytes, since one token may be part of a character. Ids may have gaps; two tokens
 * may have the same bytes.
 */
public final class Vocabulary {
    /** No tokens at all: every text is just a text. */
    public static final Vocabulary NONE = new Vocabulary(new byte[0][], Map.of());

    /** The ids that are read, beyond any vocabulary that is known. */
    private static final int MOST_TOKENS = 1 << 22;

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
     * @throws IllegalArgumentException where it is none of byte-level BPE, or contradicts itself
     */
    public static Vocabulary of(JsonNode tokenizer) {
        return of(tokenizer, 0);
    }

    /**
     * As above, for a model that knows only so many tokens. Added tokens beyond stand for nothing.
     *
     * @param known 0 where nothing is said
     * @throws IllegalArgumentException also where other tokens than added ones are beyond
     */
    public static Vocabulary of(JsonNode tokenizer, int known) {
        TokenizerKind.refusal(tokenizer).ifPresent(why -> {
            throw new IllegalArgumentException(
                    "is no byte-level BPE tokenizer, the only kind that can be used: " + why);
        });
        var vocabulary = tokenizer.path("model").path("vocab");
        if (vocabulary.isEmpty()) {
            throw new IllegalArgumentException("has no vocabulary");
        }
        var texts = texts(vocabulary);
        var added = AddedToken.all(tokenizer);
        added.forEach(token -> put(texts, token.id(), token.text()));
        var bytes = new byte[texts.lastKey() + 1][];
        Arrays.fill(bytes, NOTHING);
        texts.forEach((id, text) -> bytes[id] = ByteAlphabet.decoded(text));
        added.forEach(token -> bytes[token.id()] = token.text().getBytes(StandardCharsets.UTF_8));
        return new Vocabulary(known == 0 ? bytes : within(bytes, known, added), controls(added));
    }

    private static byte[][] within(byte[][] bytes, int known, List<AddedToken> added) {
        var beyond =
                added.stream().map(AddedToken::id).filter(id -> id >= known).collect(Collectors.toSet());
        for (int id = known; id < bytes.length; id++) {
            if (bytes[id].length > 0 && !beyond.contains(id)) {
                throw new IllegalArgumentException("has token %d, but the model has %d tokens".formatted(id, known));
            }
        }
        return Arrays.copyOf(bytes, Math.min(bytes.length, known));
    }

    /** Id → text, as the file writes it. */
    private static SortedMap<Integer, String> texts(JsonNode vocabulary) {
        var texts = new TreeMap<Integer, String>();
        vocabulary.properties().forEach(token -> put(texts, id(token.getKey(), token.getValue()), token.getKey()));
        return texts;
    }

    private static void put(SortedMap<Integer, String> texts, int id, String text) {
        var other = texts.put(id, text);
        if (other != null && !other.equals(text)) {
            throw new IllegalArgumentException("gives id %d to %s and to %s".formatted(id, other, text));
        }
    }

    /** A token's id. */
    static int id(String text, JsonNode id) {
        if (!id.isInt() || id.intValue() < 0 || id.intValue() >= MOST_TOKENS) {
            throw new IllegalArgumentException(
                    "gives %s the id %s; expected a number from 0 to %d".formatted(text, id, MOST_TOKENS - 1));
        }
        return id.intValue();
    }

    private static Map<String, Integer> controls(List<AddedToken> added) {
        var controls = new LinkedHashMap<String, Integer>();
        added.stream().filter(AddedToken::isControl).forEach(token -> controls.put(token.text(), token.id()));
        return controls;
    }

    /** The bytes of texts that no token stands for: whatever has one is lost when it is tokenised. */
    public List<Integer> missingBytes() {
        var missing = IntStream.range(0, 0xF5).boxed().collect(Collectors.toCollection(TreeSet::new));
        missing.removeAll(List.of(0xC0, 0xC1)); // no UTF-8 has these, or one above
        for (var token : bytes) {
            if (token.length == 1) {
                missing.remove(token[0] & 0xFF);
            }
        }
        return List.copyOf(missing);
    }

    /** One more than the greatest id. */
    public int size() {
        return bytes.length;
    }

    /** A token's bytes, not to be changed; none for an id that stands for nothing. */
    public byte[] bytes(int id) {
        return bytes[id];
    }

    /** The control tokens' texts, in the file's order, those that the model does not know among them. */
    public List<String> controlTexts() {
        return List.copyOf(controls.keySet());
    }

    /** The id of a control token, or -1 where there is none with this text that the model knows. */
    public int control(String text) {
        int id = controls.getOrDefault(text, -1);
        return id < bytes.length ? id : -1;
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
        controls.keySet().stream()
                .filter(text -> control(text) >= 0)
                .forEach(text -> marked[control(text)] = marked(text));
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
        return control(control) >= 0 ? marked(control) : control.getBytes(StandardCharsets.UTF_8);
    }
}
