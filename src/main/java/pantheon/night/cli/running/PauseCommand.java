package pantheon.night.cli.running;

import java.util.concurrent.Callable;
import pantheon.night.cli.option.ConfigOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Has the night that runs begin no further task. */
@Command(
        name = "pause",
        mixinStandardHelpOptions = true,
        exitCodeOnInvalidInput = 64,
        description =
                "Has the night that runs begin no further task; those under way end. It goes on with resume, and ends when its window closes all the same.")
public final class PauseCommand implements Callable<Integer> {
    @Mixin
    private ConfigOptions config = new ConfigOptions();

    @Override
    public Integer call() {
        return Directing.direct(config, direction -> direction.withPaused(true));
    }
}
