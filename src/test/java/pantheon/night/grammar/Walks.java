package pantheon.night.grammar;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Random;
import pantheon.night.grammar.token.TokenTrie;

/** Texts that a grammar allows, found by chance. */
final class Walks {
    private Walks() {}

    /**
     * One text: tokens by chance, then the shortest way to the end.
     *
     * @param free how many tokens are taken by chance
     */
    static String random(TokenMatcher matcher, TokenTrie trie, Random random, int free) {
        var text = new ByteArrayOutputStream();
        for (int taken = 0; !matcher.isComplete(); taken++) {
            if (matcher.mayEnd() && (taken >= free || random.nextInt(4) == 0)) {
                break;
            }
            var allowed = new ArrayList<Integer>();
            var mask = taken < free ? matcher.mask() : matcher.mask(matcher.rest() - 1);
            for (int token = 0; token < trie.size(); token++) {
                if (mask.contains(token)) {
                    allowed.add(token);
                }
            }
            if (allowed.isEmpty()) {
                throw new IllegalStateException("a dead end after " + text.toString(StandardCharsets.UTF_8));
            }
            int token = allowed.get(random.nextInt(allowed.size()));
            if (!matcher.take(token)) {
                throw new IllegalStateException("the mask allows token " + token + ", the step does not");
            }
            text.writeBytes(trie.bytes(token));
        }
        return text.toString(StandardCharsets.UTF_8);
    }
}
