package pantheon.night.cli.console;

import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import pantheon.night.batch.direction.Direction;

/** What a night was directed to, for people. */
public final class DirectionWords {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm");

    private DirectionWords() {}

    /** A clause that follows the night's name. */
    public static String of(Direction direction) {
        var until = direction.until();
        var end = until == null ? "" : "; it ends at " + TIME.format(until.atZone(ZoneId.systemDefault()));
        return (direction.paused() ? "is paused: no task begins until pantheon-night resume" : "goes on") + end;
    }
}
