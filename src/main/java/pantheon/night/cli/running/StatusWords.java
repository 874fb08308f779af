package pantheon.night.cli.running;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import pantheon.night.Count;
import pantheon.night.batch.direction.Direction;
import pantheon.night.cli.console.DirectionWords;
import pantheon.night.cli.console.Output;
import pantheon.night.report.NightStatus;
import pantheon.night.report.record.NightRecord;
import pantheon.night.report.section.Amount;

/** Where a night stands, for people. */
final class StatusWords {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);

    private final Output output;

    StatusWords(Output output) {
        this.output = output;
    }

    void say(NewestNight looked) {
        var owner = looked.owner();
        var status = looked.status();
        if (status == null) {
            output.say(owner == null ? "no night runs, and none ever did here" : "a night is starting: " + owner);
        } else if (owner != null && looked.runs()) {
            running(status, owner, looked.now());
        } else {
            output.say(owner == null ? "no night runs" : "a night is starting or ending: " + owner);
            last(status);
        }
        if (status != null) {
            status.night().parked().parked().ifPresent(output::say);
        }
        looked.waiting().forEach(stop -> output.say(stop.words()));
    }

    private void running(NightStatus status, String owner, Instant now) {
        var night = status.night();
        output.say("night %s%s runs since %s, %s".formatted(night.run(), shard(night), at(night.begun()), owner));
        directed(night);
        output.say("%s; %d left".formatted(ended(status), status.left()));
        for (var task : status.current()) {
            output.say("now: %s (%s), for %s%s"
                    .formatted(
                            task.id(),
                            task.agent(),
                            Amount.time(Duration.between(task.begun(), now)),
                            status.exceeded(task)
                                    .map(median -> ", much longer than its agent's median of " + Amount.time(median))
                                    .orElse("")));
        }
        output.say(pace(status));
    }

    private void directed(NightRecord night) {
        if (night.isPaused() || night.until().isPresent()) {
            output.say("it "
                    + DirectionWords.of(
                            new Direction(night.isPaused(), night.until().orElse(null))));
        }
    }

    private static String ended(NightStatus status) {
        var night = status.night();
        return "%d of %s ended: %d accepted, %d not"
                .formatted(
                        status.done(),
                        Count.of(status.tasks(), "task"),
                        night.accepted().size(),
                        night.notAccepted().size());
    }

    private static String pace(NightStatus status) {
        return "%s; %.0f tokens/s"
                .formatted(
                        status.end()
                                .map(end -> "ends about " + at(end))
                                .orElse("nothing has ended yet, so no estimate"),
                        status.tokensPerSecond());
    }

    /** The same in one line. */
    static String line(NightStatus status) {
        return "%s; %s%s".formatted(ended(status), status.night().isPaused() ? "paused; " : "", pace(status));
    }

    private void last(NightStatus status) {
        var night = status.night();
        output.say("the last night, %s%s, began %s and took %s: %s"
                .formatted(
                        night.run(), shard(night), at(night.begun()), Amount.time(status.elapsed()), outcome(night)));
        output.say("%d of %s ended: %d accepted, %d not; %d carried over"
                .formatted(
                        night.ended().size(),
                        Count.of(night.queueTasks(), "task"),
                        night.accepted().size(),
                        night.notAccepted().size(),
                        night.carriedOver()));
        if (!night.message().isEmpty()) {
            output.say(night.message());
        }
    }

    private static String shard(NightRecord night) {
        var shard = night.shard();
        return shard == null ? "" : " (%s)".formatted(shard.words());
    }

    private static String outcome(NightRecord night) {
        var goesOn = "; the next start goes on with it";
        return switch (night.outcome()) {
            case UNFINISHED -> "interrupted" + goesOn;
            case FAILED -> "failed" + goesOn;
            case DONE, WINDOW_CLOSED, STOPPED, ABANDONED -> night.outcome().code();
        };
    }

    private static String at(Instant instant) {
        return TIME.format(instant.atZone(ZoneId.systemDefault()));
    }
}
