package pantheon.night.cli.running;

import java.time.Clock;
import java.time.ZoneId;
import java.util.concurrent.Callable;
import pantheon.night.batch.Window;
import pantheon.night.cli.option.ConfigOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Has the night that runs end at another time. */
@Command(
        name = "until",
        mixinStandardHelpOptions = true,
        exitCodeOnInvalidInput = 64,
        description = "Has the night that runs end at another time, earlier or later than it was begun with.")
public final class UntilCommand implements Callable<Integer> {
    @Mixin
    private ConfigOptions config = new ConfigOptions();

    @Parameters(
            paramLabel = "TIME",
            description = "A time of day such as 06:00, or a duration from now such as 2h or 90m.")
    private String time = "";

    @Override
    public Integer call() {
        var end = Window.end("TIME", time, Clock.systemUTC().instant(), ZoneId.systemDefault());
        return Directing.direct(config, direction -> direction.withEnd(end));
    }
}
