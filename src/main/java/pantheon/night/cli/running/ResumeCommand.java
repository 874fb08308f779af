package pantheon.night.cli.running;

import java.util.concurrent.Callable;
import pantheon.night.cli.option.ConfigOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Has a paused night go on. */
@Command(
        name = "resume",
        mixinStandardHelpOptions = true,
        exitCodeOnInvalidInput = 64,
        description = "Has the night that was paused go on.")
public final class ResumeCommand implements Callable<Integer> {
    @Mixin
    private ConfigOptions config = new ConfigOptions();

    @Override
    public Integer call() {
        return Directing.direct(config, direction -> direction.withPaused(false));
    }
}
