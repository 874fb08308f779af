package pantheon.night.report.section;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import pantheon.night.Count;
import pantheon.night.report.record.Wilson;

/** Figures in words, the same in every locale. */
public final class Amount {
    private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT);
    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);

    private Amount() {}

    static String of(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }

    static String of(double value) {
        return String.format(Locale.ROOT, value >= 100 ? "%,.0f" : value >= 10 ? "%.1f" : "%.2f", value);
    }

    /** {@code 1 task}, {@code 2 tasks}. */
    public static String of(long count, String noun) {
        return of(count) + " " + Count.noun(count, noun);
    }

    static String share(double share) {
        return Double.isNaN(share) ? "–" : String.format(Locale.ROOT, "%.1f %%", 100 * share);
    }

    static String share(long part, long whole) {
        return share((double) part / whole);
    }

    static String band(Wilson wilson) {
        return wilson.trials() == 0
                ? "–"
                : String.format(Locale.ROOT, "%.1f to %.1f %%", 100 * wilson.low(), 100 * wilson.high());
    }

    /** The same as {@link #time}, of milliseconds. */
    public static String ms(long ms) {
        return time(Duration.ofMillis(ms));
    }

    /** {@code 812 ms}, {@code 12.3 s}, {@code 2 min 05 s}, {@code 7 h 30 min}. */
    public static String time(Duration time) {
        if (time.toSeconds() < 1) {
            return time.toMillis() + " ms";
        }
        if (time.toMinutes() < 1) {
            return String.format(Locale.ROOT, "%.1f s", time.toMillis() / 1000.0);
        }
        return time.toHours() < 1
                ? "%d min %02d s".formatted(time.toMinutes(), time.toSecondsPart())
                : "%d h %02d min".formatted(time.toHours(), time.toMinutesPart());
    }

    public static String minute(Instant instant, ZoneId zone) {
        return MINUTE.format(instant.atZone(zone));
    }

    static String clock(Instant instant, ZoneId zone) {
        return CLOCK.format(instant.atZone(zone));
    }
}
