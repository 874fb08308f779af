package pantheon.night.cli;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import pantheon.night.Count;
import pantheon.night.ExitCode;
import pantheon.night.cli.console.Output;
import pantheon.night.cli.option.ConfigOptions;
import pantheon.night.cli.setup.Setup;
import pantheon.night.contract.Json;
import pantheon.night.past.History;
import pantheon.night.past.NightLock;
import pantheon.night.report.NightStatus;
import pantheon.night.report.record.NightRecord;
import pantheon.night.report.section.Amount;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Tells how the night is going, or how the last one went. */
@Command(
        name = "status",
        mixinStandardHelpOptions = true,
        exitCodeOnInvalidInput = 64,
        description = "Tells how the running night is going, or how the last one went; changes nothing.")
final class StatusCommand implements Callable<Integer> {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);

    @Mixin
    private ConfigOptions config = new ConfigOptions();

    @Override
    public Integer call() {
        var output = config.output();
        var setup = Setup.load(config.file(), Map.of());
        var owner = NightLock.owner(setup.config().state(), setup.config().log());
        var journals = History.journals(setup.config().log());
        if (journals.isEmpty()) {
            output.result(Json.object().put("running", owner.isPresent()));
            output.say(owner.map(who -> "a night is starting: " + who).orElse("no night runs, and none ever did here"));
            return ExitCode.OK.status();
        }
        var night = NightRecord.of(journals.getLast());
        var now = Clock.systemUTC().instant(); // read after the journal, which may have grown until here
        var status = new NightStatus(night, owner.isPresent() && !night.hasEnded(), now);
        var json = status.json();
        owner.ifPresent(who -> json.put("owner", who));
        output.result(json);
        if (owner.isPresent() && !night.hasEnded()) {
            running(output, status, owner.get(), now);
        } else {
            output.say(owner.map(who -> "a night is starting or ending: " + who).orElse("no night runs"));
            last(output, status);
        }
        return ExitCode.OK.status();
    }

    private static void running(Output output, NightStatus status, String owner, Instant now) {
        var night = status.night();
        output.say("night %s%s runs since %s, %s".formatted(night.run(), shard(night), at(night.begun()), owner));
        output.say("%d of %s ended: %d accepted, %d not; %d left"
                .formatted(
                        status.done(),
                        Count.of(status.tasks(), "task"),
                        night.accepted().size(),
                        night.notAccepted().size(),
                        status.left()));
        for (var task : status.current()) {
            output.say("now: %s (%s), for %s"
                    .formatted(task.id(), task.agent(), Amount.time(Duration.between(task.begun(), now))));
        }
        output.say("%s; %.0f tokens/s"
                .formatted(
                        status.end()
                                .map(end -> "ends about " + at(end))
                                .orElse("nothing has ended yet, so no estimate"),
                        status.tokensPerSecond()));
    }

    private static void last(Output output, NightStatus status) {
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
