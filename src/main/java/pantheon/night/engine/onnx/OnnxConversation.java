package pantheon.night.engine.onnx;

import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import pantheon.night.NightClock;
import pantheon.night.engine.Conversation;
import pantheon.night.engine.Generation;
import pantheon.night.engine.GenerationLimits;
import pantheon.night.engine.Usage;
import pantheon.night.engine.decode.ConstrainedSampler;
import pantheon.night.engine.decode.GreedySampler;
import pantheon.night.engine.decode.Sampler;
import pantheon.night.grammar.TokenMasks;
import pantheon.night.grammar.TurnGrammar;
import pantheon.night.local.SystemClock;
import pantheon.night.model.Tokenizer;
import pantheon.night.outcome.StopReason;
import pantheon.night.prompt.Prompt;

/**
 * One task's conversation: the tokens seen so far, and the KV of the first of them.
 *
 * <p>A prompt is prefilled from where it parts from what was seen, or from the end of a prefix that another
 * conversation has left, whichever is longer.
 */
final class OnnxConversation implements Conversation {
    private static final NightClock CLOCK = new SystemClock();

    private final Tokenizer tokenizer;
    private final Decoder decoder;
    private final Set<Integer> endTokens;
    private final PrefixCache prefixes;
    private final TokenMasks masks;
    private final int contextTokens;
    private final KvCache cache;

    private String text = "";
    private int[] tokens = {};
    private boolean closed;

    OnnxConversation(
            Tokenizer tokenizer,
            Decoder decoder,
            Set<Integer> endTokens,
            PrefixCache prefixes,
            TokenMasks masks,
            int contextTokens) {
        this.tokenizer = tokenizer;
        this.decoder = decoder;
        this.endTokens = endTokens;
        this.prefixes = prefixes;
        this.masks = masks;
        this.contextTokens = contextTokens;
        cache = decoder.newCache();
    }

    @Override
    public int countTokens(String counted) {
        return tokenizer.encode(counted).length;
    }

    @Override
    public Generation generate(Prompt prompt, @Nullable TurnGrammar grammar, GenerationLimits limits) {
        if (closed) {
            throw new IllegalStateException("the conversation is closed");
        }
        long start = running();
        long deadline = start + limits.timeLimit().toNanos();
        var prefix = prompt.prefix();
        var prefixTokens = prefixTokens(prefix);
        var asked = tokens(prompt.text(), prefix, prefixTokens);
        if (asked.length >= contextTokens) {
            return new Generation(
                    "", StopReason.CONTEXT_FULL, new Usage(asked.length, 0, 0), Duration.ZERO, Duration.ZERO);
        }
        int cached = rewind(asked, prefix, prefixTokens);
        text = prompt.text();
        tokens = asked;
        var logits = prefill(prefix, prefixTokens, deadline);
        long prefilled = running();
        int room = Math.min(limits.maxTokens(), contextTokens - asked.length);
        var turn = grammar == null
                ? new GreedySampler(tokenizer, endTokens)
                : new ConstrainedSampler(tokenizer, grammar.open(tokenizer.vocabulary(), masks), endTokens, room - 1);
        var reason = logits == null ? StopReason.TIME_LIMIT : decode(logits, turn, room, limits, deadline);
        var answer = tokenizer.decode(turn.tokens());
        text = prompt.text() + answer;
        tokens = concat(asked, turn.tokens().stream().mapToInt(id -> id).toArray());
        boolean ended = reason == StopReason.END_OF_TURN;
        return new Generation(
                answer,
                reason,
                new Usage(asked.length, cached, turn.tokens().size() + (ended ? 1 : 0), turn.forcedTokens()),
                Duration.ofNanos(prefilled - start),
                Duration.ofNanos(running() - prefilled));
    }

    /** In nanoseconds; time in which the process is stopped is none of a turn's. */
    private static long running() {
        return CLOCK.awake().toNanos();
    }

    private int[] prefixTokens(String prefix) {
        var kept = prefixes.tokens(prefix);
        return kept.length > 0 ? kept : tokenizer.encode(prefix);
    }

    /** A prompt's tokens; what was seen or generated before is not tokenised again. */
    private int[] tokens(String prompt, String prefix, int[] prefixTokens) {
        boolean goesOn = !text.isEmpty() && prompt.startsWith(text);
        return goesOn
                ? concat(tokens, tokenizer.encode(prompt.substring(text.length())))
                : concat(prefixTokens, tokenizer.encode(prompt.substring(prefix.length())));
    }

    /** Leaves in the cache what it has of these tokens, but the last; returns how many they are. */
    private int rewind(int[] asked, String prefix, int[] prefixTokens) {
        int parting = Arrays.mismatch(tokens, asked);
        int shared = parting < 0 ? asked.length : parting;
        int kept = Math.min(Math.min(shared, cache.tokens()), asked.length - 1);
        if (kept < prefixTokens.length && prefixes.copy(prefix, cache)) {
            return cache.tokens();
        }
        cache.truncate(kept);
        return kept;
    }

    /** Runs what is not cached yet; the logits of the last token, null where the time was up before. */
    private float @Nullable [] prefill(String prefix, int[] prefixTokens, long deadline) {
        float[] logits = null;
        while (cache.tokens() < tokens.length) {
            if (running() - deadline >= 0) {
                return null;
            }
            int start = cache.tokens();
            int end = Math.min(tokens.length, start + decoder.chunkTokens());
            if (start < prefixTokens.length) {
                end = Math.min(end, prefixTokens.length);
            }
            logits = decoder.run(Arrays.copyOfRange(tokens, start, end), cache);
            if (end == prefixTokens.length) {
                prefixes.put(prefix, prefixTokens, cache);
            }
        }
        return logits;
    }

    /** @param room the most tokens that fit, by the limit or by the context */
    private StopReason decode(float[] first, Sampler turn, int room, GenerationLimits limits, long deadline) {
        var outOfRoom = room < limits.maxTokens() ? StopReason.CONTEXT_FULL : StopReason.TOKEN_LIMIT;
        var logits = first;
        while (true) {
            int before = turn.tokens().size();
            switch (turn.next(logits)) {
                case ENDED -> {
                    return StopReason.END_OF_TURN;
                }
                case NO_ROOM -> {
                    return outOfRoom;
                }
                case WENT_ON -> {
                    if (turn.tokens().size() >= room) {
                        return outOfRoom;
                    }
                }
            }
            if (running() - deadline >= 0) {
                return StopReason.TIME_LIMIT;
            }
            var added = turn.tokens().subList(before, turn.tokens().size());
            for (int from = 0; from < added.size(); from += decoder.chunkTokens()) {
                var chunk = added.subList(from, Math.min(added.size(), from + decoder.chunkTokens()));
                logits = decoder.run(chunk.stream().mapToInt(id -> id).toArray(), cache);
            }
        }
    }

    private static int[] concat(int[] first, int[] second) {
        var whole = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, whole, first.length, second.length);
        return whole;
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            cache.close();
        }
    }
}
