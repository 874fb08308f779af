package pantheon.night.journal;

import java.security.SecureRandom;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import pantheon.night.ExitCode;
import pantheon.night.NightException;

/**
 * The ids of nights: the local time at which they began, and later in order than every night before. A mark behind it
 * tells a night from another that begins in the same second with a log of its own: a shard's, or one by chance. Nights of
 * older versions have none.
 */
public final class RunId {
    private static final DateTimeFormatter FORMAT = DateTimeFormatter.ofPattern("uuuuMMdd-HHmmss");

    private static final Pattern MARK =
            Pattern.compile("(?<=^[0-9]{8}-[0-9]{6})-(?:[0-9a-f]{6}|s(?:0|[1-9][0-9]{0,4}))$");

    /** Those of later nights would be longer, and stand before it. */
    private static final LocalDateTime LAST = LocalDateTime.of(9999, 12, 31, 23, 59, 59);

    private RunId() {}

    /**
     * The id of a new night. Where the clock went back, or it is the same second, it is a second after the last one.
     *
     * @param earlier the ids of the nights so far
     * @param mark six hexadecimal digits, a shard's mark, or nothing where no other log can be
     * @throws NightException with exit code 65 where one of them has the last name that there is
     */
    public static String next(List<String> earlier, LocalDateTime now, String mark) {
        var newest = earlier.stream()
                .map(RunId::parse)
                .filter(time -> time != null)
                .max(LocalDateTime::compareTo)
                .orElse(LocalDateTime.MIN);
        var time = now.truncatedTo(ChronoUnit.SECONDS);
        if (!newest.isBefore(LAST)) {
            throw new NightException(
                    ExitCode.DATA,
                    "the log has a night named %s, and no later one can be named. Move that journal out of the folder."
                            .formatted(FORMAT.format(newest)));
        }
        return FORMAT.format(time.isAfter(newest) ? time : newest.plusSeconds(1)) + (mark.isEmpty() ? "" : "-" + mark);
    }

    /** A mark by chance. */
    public static String mark() {
        return HexFormat.of().toHexDigits(new SecureRandom().nextInt(1 << 24), 6);
    }

    /** Whether a name is a night's id. */
    public static boolean isOne(String name) {
        return parse(name) != null;
    }

    private static @Nullable LocalDateTime parse(String run) {
        try {
            return LocalDateTime.parse(MARK.matcher(run).replaceFirst(""), FORMAT);
        } catch (DateTimeParseException e) {
            return null; // a name that a person gave
        }
    }
}
