package pantheon.night.contract;

import java.time.Duration;

/** Durations as configuration and options write them: {@code 90s}, {@code 2m}, {@code 1h30m}. */
public final class Durations {
    private Durations() {}

    /**
     * Reads one.
     *
     * @throws java.time.format.DateTimeParseException where the text is none
     */
    public static Duration of(String text) {
        return Duration.parse("PT" + text);
    }
}
