package pantheon.night.gather;

import java.time.Instant;
import java.time.InstantSource;

/** The times of a gathered night's lines: when its first shard began, and from then on when its last one ended. */
final class Times implements InstantSource {
    private final Instant end;
    private Instant now;

    Times(Instant first, Instant end) {
        this.now = first;
        this.end = end;
    }

    void toTheEnd() {
        now = end;
    }

    @Override
    public Instant instant() {
        return now;
    }
}
