package pantheon.night.engine.decode;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import pantheon.night.outcome.StopReason;

/** One turn under way, and how far it has come. */
final class Turn {
    private static final int NOT_BEGUN = -1;

    private final Place place;
    private final Request request;
    private final CompletableFuture<Answer> answer = new CompletableFuture<>();
    private int cached = NOT_BEGUN;
    private int computed;
    private int[] pending;
    private long prefilled;

    Turn(Place place, Request request) {
        this.place = place;
        this.request = request;
        pending = request.tokens();
        prefilled = request.start();
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
        pending = Arrays.copyOfRange(request.tokens(), kept, request.tokens().length);
    }

    /** Whether the prompt is not all computed yet. */
    boolean isPrompt() {
        return computed < request.tokens().length;
    }

    /** Whether the sequence has just the prefix. */
    boolean isAtPrefix() {
        return computed == request.prefix();
    }

    /** What comes next of the prompt up to so many tokens, or of what was picked; a chunk ends where the prefix does. */
    Share share(int most) {
        int end = Math.min(most, pending.length);
        if (computed < request.prefix()) {
            end = Math.min(end, request.prefix() - computed);
        }
        return new Share(place.sequence(), Arrays.copyOf(pending, end), 1);
    }

    /** Forgets what a run that failed may have left. */
    void takeBack() {
        place.sequence().truncate(computed);
    }

    /**
     * Goes on after a run of a share.
     *
     * @param logits behind the share's last token
     * @return why the turn ends, null where it does not
     */
    @Nullable
    StopReason took(Share share, float[] logits, long now) {
        computed += share.tokens().length;
        pending = Arrays.copyOfRange(pending, share.tokens().length, pending.length);
        if (pending.length > 0) {
            return null;
        }
        prefilled = prefilled == request.start() ? now : prefilled;
        return sample(logits);
    }

    private @Nullable StopReason sample(float[] logits) {
        var picked = request.sampler().tokens();
        int before = picked.size();
        return switch (request.sampler().next(logits)) {
            case ENDED -> StopReason.END_OF_TURN;
            case NO_ROOM -> request.outOfRoom();
            case WENT_ON -> {
                pending = ints(picked.subList(before, picked.size()));
                yield picked.size() >= request.room() ? request.outOfRoom() : null;
            }
        };
    }

    /** The prompt's tokens, and those that were picked. */
    int[] tokens() {
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
