package pantheon.night.grammar;

import java.nio.charset.StandardCharsets;
import pantheon.night.grammar.token.TokenTrie;
import tools.jackson.databind.JsonNode;

/** A vocabulary of the 256 bytes, so that a grammar is tested byte by byte. */
final class Bytes {
    static final TokenMasks MASKS = new TokenMasks(trie());

    private Bytes() {}

    private static TokenTrie trie() {
        var tokens = new byte[256][];
        for (int b = 0; b < 256; b++) {
            tokens[b] = new byte[] {(byte) b};
        }
        return new TokenTrie(tokens);
    }

    /** Whether a text is one of a schema's, written as JSON is written here. */
    static boolean accepts(JsonNode schema, String text) {
        return accepts(Grammar.of(schema).open(MASKS), text);
    }

    static boolean accepts(TokenMatcher matcher, String text) {
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            if (!matcher.take(b & 0xFF)) {
                return false;
            }
        }
        return matcher.mayEnd();
    }
}
