package pantheon.night.engine.server;

import java.util.Arrays;
import pantheon.night.LastUsed;
import pantheon.night.model.Tokenizer;
import pantheon.night.prompt.Prompt;

/** The ids of one conversation's prompts: what a prompt has in common with others, or with the one before, is tokenised once. */
final class PromptTokens {
    /** What prompts begin with, and its ids, for all conversations. */
    static final class Prefixes {
        private static final int KEPT = 64;

        private final Tokenizer tokenizer;
        private final LastUsed<String, int[]> ids = new LastUsed<>(KEPT);

        Prefixes(Tokenizer tokenizer) {
            this.tokenizer = tokenizer;
        }

        int[] of(String prefix) {
            return ids.get(prefix, () -> tokenizer.encode(prefix));
        }
    }

    private final Tokenizer tokenizer;
    private final Prefixes prefixes;
    private String text = "";
    private int[] ids = {};

    PromptTokens(Tokenizer tokenizer, Prefixes prefixes) {
        this.tokenizer = tokenizer;
        this.prefixes = prefixes;
    }

    int[] of(Prompt prompt) {
        boolean goesOn = !text.isEmpty() && prompt.text().startsWith(text);
        var known = goesOn ? ids : prefixes.of(prompt.prefix());
        int from = goesOn ? text.length() : prompt.prefixLength();
        var more = tokenizer.encode(prompt.text().substring(from));
        ids = Arrays.copyOf(known, known.length + more.length);
        System.arraycopy(more, 0, ids, known.length, more.length);
        text = prompt.text();
        return ids;
    }
}
