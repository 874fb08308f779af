package pantheon.night.engine.decode;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import pantheon.night.engine.Decoding;
import pantheon.night.outcome.StopReason;

/** One turn under way, and how far it has come. */
final class Turn {
    private static final int NOT_BEGUN = -1;

    private final Place place;
    private final Request request;
    private final Decoding decoding;
    private final CompletableFuture<Answer> answer = new CompletableFuture<>();
    private int cached = NOT_BEGUN;
    /** How many of the tokens the sequence has. */
    private int computed;
    /** The prompt, and what was picked behind it. */
    private int[] tokens;
    /** Whether all was picked. */
    private boolean complete;

    private long prefilled;

    Turn(Place place, Request request, Decoding decoding) {
        this.place = place;
        this.request = request;
        this.decoding = decoding;
        prefilled = request.start();
        request.sampler().begin();
        tokens = all();
    }

    Place place() {
        return place;
    }

    Request request() {
        return request;
    }

    CompletableFuture<Answer> answer() {
        return answer;
    }

    boolean isLate(long now) {
        return now - request.deadline() >= 0;
    }

    boolean isBegun() {
        return cached != NOT_BEGUN;
    }

    /** @param kept how many of the prompt's tokens the sequence has */
    void begin(int kept) {
        cached = kept;
        computed = kept;
    }

    /** Whether the prompt is not all computed yet. */
    boolean isPrompt() {
        return computed < request.tokens().length;
    }

    /** Whether the sequence has just the prefix. */
    boolean isAtPrefix() {
        return computed == request.prefix();
    }

    /**
     * What comes next: a chunk of the prompt, which ends where the prefix does, or what was picked, and where that is all
     * what is likely to follow.
     *
     * @param most tokens
     */
    Share share(int most, boolean drafts) {
        int end = Math.min(computed + most, borderBehind());
        if (end < tokens.length || isPrompt() || decoding == Decoding.EXACT || !drafts) {
            return new Share(place.sequence(), Arrays.copyOfRange(tokens, computed, end), 1);
        }
        var draft = request.sampler().draft(tokens);
        int count = Math.min(most - (end - computed), request.sampler().admits(draft));
        var all = Arrays.copyOfRange(tokens, computed, end + count);
        System.arraycopy(draft, 0, all, end - computed, count);
        return new Share(place.sequence(), all, 1 + count);
    }

    /** Where a run ends that begins with what is not computed yet. */
    private int borderBehind() {
        if (computed < request.prefix()) {
            return request.prefix();
        }
        if (decoding == Decoding.FAST) {
            return tokens.length;
        }
        return isPrompt() ? request.tokens().length : computed + 1;
    }

    /** Forgets what a run that failed may have left. */
    void takeBack() {
        place.sequence().truncate(computed);
        computed = Math.min(computed, place.sequence().tokens());
    }

    /**
     * Goes on after a run of a share.
     *
     * @param logits those that were wanted
     * @return why the turn ends, null where it does not
     */
    @Nullable
    StopReason took(Share share, List<float[]> logits, long now) {
        int drafted = logits.size() - 1;
        computed += share.tokens().length - drafted;
        prefilled = prefilled == request.start() && !isPrompt() ? now : prefilled;
        if (computed < tokens.length) {
            return null;
        }
        var reason = complete ? StopReason.END_OF_TURN : sample(share, logits);
        if (drafted > 0) {
            place.sequence().truncate(computed);
        }
        return reason;
    }

    /** Picks what follows, as long as it is what was drafted. */
    private @Nullable StopReason sample(Share share, List<float[]> logits) {
        int draft = share.tokens().length - logits.size() + 1;
        for (int i = draft; ; ) {
            var reason = sample(logits.get(i - draft));
            while (computed < tokens.length && i < share.tokens().length && tokens[computed] == share.tokens()[i]) {
                computed++;
                i++;
            }
            if (reason != null || computed < tokens.length) {
                return reason;
            }
        }
    }

    private @Nullable StopReason sample(float[] logits) {
        var step = request.sampler().next(logits);
        tokens = all();
        return switch (step) {
            case ENDED -> StopReason.END_OF_TURN;
            case NO_ROOM -> request.outOfRoom();
            case LAST -> {
                complete = true;
                yield decoding == Decoding.FAST ? StopReason.END_OF_TURN : null;
            }
            case WENT_ON -> request.sampler().tokens().size() >= request.room() ? request.outOfRoom() : null;
        };
    }

    /** The prompt's tokens, and those that were picked. */
    int[] tokens() {
        return tokens;
    }

    private int[] all() {
        var picked = ints(request.sampler().tokens());
        var all = Arrays.copyOf(request.tokens(), request.tokens().length + picked.length);
        System.arraycopy(picked, 0, all, request.tokens().length, picked.length);
        return all;
    }

    private static int[] ints(List<Integer> ids) {
        return ids.stream().mapToInt(id -> id).toArray();
    }

    void end(StopReason reason, long now) {
        long read = isPrompt() ? now : prefilled;
        answer.complete(new Answer(
                reason, Math.max(0, cached), Duration.ofNanos(read - request.start()), Duration.ofNanos(now - read)));
    }
}
