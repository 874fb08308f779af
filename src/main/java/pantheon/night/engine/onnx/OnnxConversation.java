package pantheon.night.engine.onnx;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import pantheon.night.engine.Conversation;
import pantheon.night.engine.Generation;
import pantheon.night.engine.GenerationLimits;
import pantheon.night.engine.StopReason;
import pantheon.night.engine.Usage;

/**
 * One task's conversation: the tokens seen so far, and their KV.
 *
 * <p>A prompt that goes on from what was seen is prefilled from there. One that parts from it earlier goes on from the
 * shared prefix, if that is still common, else from the beginning.
 */
final class OnnxConversation implements Conversation {
    /** Where the part of a prompt that an agent's tasks have in common ends. */
    private static final String FIRST_USER_TURN = "<|im_start|>user";

    private final Tokenizer tokenizer;
    private final Decoder decoder;
    private final Set<Integer> endTokens;
    private final PrefixCache prefixes;
    private final int contextTokens;

    private String text = "";
    private int[] tokens = new int[0];
    private @Nullable KvCache cache;

    OnnxConversation(
            Tokenizer tokenizer, Decoder decoder, Set<Integer> endTokens, PrefixCache prefixes, int contextTokens) {
        this.tokenizer = tokenizer;
        this.decoder = decoder;
        this.endTokens = endTokens;
        this.prefixes = prefixes;
        this.contextTokens = contextTokens;
    }

    @Override
    public int countTokens(String counted) {
        return tokenizer.encode(counted).length;
    }

    @Override
    public Generation generate(String prompt, GenerationLimits limits) {
        long start = System.nanoTime();
        long deadline = start + limits.timeLimit().toNanos();
        var asked = tokens(prompt);
        if (asked.length >= contextTokens) {
            return new Generation(
                    "", StopReason.CONTEXT_FULL, new Usage(asked.length, 0, 0), Duration.ZERO, Duration.ZERO);
        }
        int cached = rewind(prompt, asked);
        var logits = prefill(prompt, asked, deadline);
        long prefilled = System.nanoTime();
        var generated = new ArrayList<Integer>();
        var reason = logits == null ? StopReason.TIME_LIMIT : decode(logits, limits, deadline, generated);
        boolean ended = reason == StopReason.END_OF_TURN;
        var answer = tokenizer.decode(generated);
        // A turn that filled the context ends with a token whose KV was never computed.
        text = logits == null || reason == StopReason.CONTEXT_FULL ? "" : prompt + answer;
        return new Generation(
                answer,
                reason,
                new Usage(asked.length, cached, generated.size() + (ended ? 1 : 0)),
                Duration.ofNanos(prefilled - start),
                Duration.ofNanos(System.nanoTime() - prefilled));
    }

    /** A prompt's tokens; what was seen or generated before is not tokenised again. */
    private int[] tokens(String prompt) {
        if (!text.isEmpty() && prompt.startsWith(text)) {
            return concat(tokens, tokenizer.encode(prompt.substring(text.length())));
        }
        int boundary = boundary(prompt);
        return concat(tokenizer.encode(prompt.substring(0, boundary)), tokenizer.encode(prompt.substring(boundary)));
    }

    private static int boundary(String prompt) {
        return Math.max(0, prompt.indexOf(FIRST_USER_TURN));
    }

    /** Goes back to what the prompt shares with what was seen; returns how many tokens that is. */
    private int rewind(String prompt, int[] asked) {
        int shared = Arrays.mismatch(tokens, asked);
        boolean goesOn = cache != null && shared == tokens.length && tokens.length < asked.length;
        if (goesOn) {
            return tokens.length;
        }
        forget();
        var prefix = prefixes.get(prompt.substring(0, boundary(prompt)));
        if (prefix != null) {
            cache = prefix.cache();
            tokens = prefix.tokens();
        }
        return tokens.length;
    }

    /** Runs what is not cached yet; the logits of the last token, null where the time was up before. */
    private float @Nullable [] prefill(String prompt, int[] asked, long deadline) {
        var prefixText = prompt.substring(0, boundary(prompt));
        int prefixTokens = tokens.length == 0 ? tokenizer.encode(prefixText).length : 0;
        float[] logits = null;
        while (tokens.length < asked.length) {
            if (System.nanoTime() >= deadline) {
                forget();
                return null;
            }
            int end = Math.min(asked.length, tokens.length + decoder.chunkTokens());
            if (tokens.length < prefixTokens) {
                end = Math.min(end, prefixTokens);
            }
            logits = run(Arrays.copyOfRange(asked, tokens.length, end));
            if (tokens.length == prefixTokens && cache != null) {
                prefixes.put(prefixText, new PrefixCache.Prefix(tokens, cache));
            }
        }
        return logits;
    }

    private StopReason decode(float[] first, GenerationLimits limits, long deadline, List<Integer> generated) {
        var logits = first;
        while (true) {
            int token = likeliest(logits);
            if (endTokens.contains(token)) {
                return StopReason.END_OF_TURN;
            }
            generated.add(token);
            if (tokens.length + 1 >= contextTokens) {
                return StopReason.CONTEXT_FULL;
            }
            logits = run(new int[] {token});
            if (generated.size() >= limits.maxTokens()) {
                return StopReason.TOKEN_LIMIT;
            }
            if (System.nanoTime() >= deadline) {
                return StopReason.TIME_LIMIT;
            }
        }
    }

    private float[] run(int[] more) {
        var step = decoder.run(more, cache, tokens.length);
        if (cache != null) {
            cache.release();
        }
        cache = step.cache();
        tokens = concat(tokens, more);
        return step.logits();
    }

    /** Greedy: the greatest logit among the tokens that there are, the first of equals. */
    private int likeliest(float[] logits) {
        int best = -1;
        for (int id = 0; id < tokenizer.size(); id++) {
            if (tokenizer.knows(id) && (best < 0 || logits[id] > logits[best])) {
                best = id;
            }
        }
        return best;
    }

    private void forget() {
        if (cache != null) {
            cache.release();
        }
        cache = null;
        tokens = new int[0];
        text = "";
    }

    private static int[] concat(int[] first, int[] second) {
        var whole = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, whole, first.length, second.length);
        return whole;
    }

    @Override
    public void close() {
        forget();
    }
}
