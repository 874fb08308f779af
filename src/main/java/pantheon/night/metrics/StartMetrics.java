package pantheon.night.metrics;

import java.nio.file.Path;
import java.time.Instant;
import pantheon.night.ExitCode;

/**
 * How the last start of a night ended, also where it was refused and no journal tells of it.
 *
 * @param ended when
 */
public record StartMetrics(ExitCode exitCode, Instant ended) {
    /** A file of its own, since it is written where journals cannot be read, too. */
    public static final String FILE = "pantheon-night-start.prom";

    String text() {
        var out = new Exposition();
        out.gauge("night_last_exit_code", "The exit code of the last start of a night.")
                .sample("night_last_exit_code", exitCode.status());
        out.gauge("night_last_exit_timestamp_seconds", "When the last start of a night ended.")
                .sample("night_last_exit_timestamp_seconds", ended.toEpochMilli() / 1000.0);
        return out.text();
    }

    /** Writes them into the folder of metrics, which is made where it is missing. */
    public void write(Path folder) {
        Exposition.write(text(), folder, FILE);
    }
}
