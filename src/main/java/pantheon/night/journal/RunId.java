package pantheon.night.journal;

import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The ids of nights: the local time at which they began, and later in order than every night before. */
public final class RunId {
    private static final DateTimeFormatter FORMAT = DateTimeFormatter.ofPattern("uuuuMMdd-HHmmss");

    private RunId() {}

    /**
     * The id of a new night. Where the clock went back, or it is the same second, it is a second after the last one.
     *
     * @param earlier the ids of the nights so far
     */
    public static String next(List<String> earlier, LocalDateTime now) {
        var newest = earlier.stream()
                .map(RunId::parse)
                .filter(time -> time != null)
                .max(LocalDateTime::compareTo)
                .orElse(LocalDateTime.MIN);
        var time = now.truncatedTo(ChronoUnit.SECONDS);
        return FORMAT.format(time.isAfter(newest) ? time : newest.plusSeconds(1));
    }

    /** Whether a name is a night's id. */
    public static boolean isOne(String name) {
        return parse(name) != null;
    }

    private static @Nullable LocalDateTime parse(String run) {
        try {
            return LocalDateTime.parse(run, FORMAT);
        } catch (DateTimeParseException e) {
            return null; // a name that a person gave
        }
    }
}
