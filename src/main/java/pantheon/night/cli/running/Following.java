package pantheon.night.cli.running;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import pantheon.night.ExitCode;
import pantheon.night.NightException;
import pantheon.night.cli.console.Output;
import pantheon.night.cli.setup.Setup;
import pantheon.night.report.NightStatus;
import pantheon.night.report.record.TaskRecord;
import tools.jackson.databind.node.ObjectNode;

/**
 * Tells of a night as it goes on, until it has ended: a line for each task that ended since, on a terminal where it stands
 * below them; as JSON where it stands, a line whenever that is another place.
 */
final class Following {
    private static final Duration OFTEN = Duration.ofSeconds(1);

    private final Setup setup;
    private final Output output;
    private final Set<String> told = new HashSet<>();
    private @Nullable ObjectNode place;
    private long size = -1;

    Following(Setup setup, Output output) {
        this.setup = setup;
        this.output = output;
    }

    /** Follows a night that runs, from where it was seen; gives what was seen last. */
    NewestNight from(NewestNight first) {
        var looked = first;
        Objects.requireNonNull(first.status()).night().ended().forEach(task -> told.add(key(task)));
        while (looked.runs()) {
            tell(looked);
            awaitMore();
            looked = NewestNight.of(setup);
        }
        tell(looked);
        writeOver("");
        return looked;
    }

    private void tell(NewestNight looked) {
        var status = Objects.requireNonNull(looked.status(), "a journal does not go");
        status.night().ended().stream().filter(task -> told.add(key(task))).forEach(this::ended);
        writeOver(StatusWords.line(status));
        var now = place(status);
        if (!now.equals(place)) {
            output.resultLine(looked.json());
            place = now;
        }
    }

    /** A task that is begun again ends again. */
    private static String key(TaskRecord task) {
        return task.id() + " " + task.ended();
    }

    private void ended(TaskRecord task) {
        writeOver("");
        output.say("%-14s %s%s"
                .formatted(
                        task.reason(), task.id(), task.message().isEmpty() ? "" : "  (%s)".formatted(task.message())));
    }

    /** What does not change by itself. */
    private static ObjectNode place(NightStatus status) {
        var json = status.json();
        json.remove(Set.of("elapsed_ms", "tokens_per_second", "estimated_end"));
        return json;
    }

    private void writeOver(String line) {
        if (output.isTerminal()) {
            output.writeOver(line);
        }
    }

    /** Waits until the journal has grown, or nobody works on it. */
    private void awaitMore() {
        try {
            do {
                Thread.sleep(OFTEN);
            } while (!hasGrown() && NewestNight.isOwned(setup));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new NightException(ExitCode.SOFTWARE, "following the night was interrupted.", e);
        }
    }

    private boolean hasGrown() {
        long before = size;
        size = NewestNight.newest(setup).map(Following::size).orElse(0L);
        return size != before;
    }

    private static long size(Path journal) {
        try {
            return Files.size(journal);
        } catch (IOException e) {
            return 0; // pruned or moved since; the next look tells
        }
    }
}
