package pantheon.night.engine.server;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import pantheon.night.model.Tokenizer;
import pantheon.night.prompt.Prompt;

/** The ids of one conversation's prompts: what a prompt has in common with others, or with the one before, is tokenised once. */
final class PromptTokens {
    /** What prompts begin with, and its ids, for all conversations. */
    static final class Prefixes {
        private static final int KEPT = 64;

        private final Tokenizer tokenizer;
        private final Map<String, int[]> ids = new LinkedHashMap<>(KEPT, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, int[]> eldest) {
                return size() > KEPT;
            }
        };

        Prefixes(Tokenizer tokenizer) {
            this.tokenizer = tokenizer;
        }

        synchronized int[] of(String prefix) {
            return ids.computeIfAbsent(prefix, tokenizer::encode);
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
