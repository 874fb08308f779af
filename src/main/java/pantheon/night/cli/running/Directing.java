package pantheon.night.cli.running;

import java.util.Map;
import java.util.function.UnaryOperator;
import pantheon.night.ExitCode;
import pantheon.night.NightException;
import pantheon.night.batch.direction.Direction;
import pantheon.night.batch.direction.DirectionFile;
import pantheon.night.cli.console.DirectionWords;
import pantheon.night.cli.option.ConfigOptions;
import pantheon.night.cli.setup.Setup;
import pantheon.night.contract.Json;

/** What the commands that direct the night have in common. */
final class Directing {
    private Directing() {}

    /**
     * Directs the night that runs, and says to what.
     *
     * @param change what becomes of what it was directed to before
     */
    static int direct(ConfigOptions options, UnaryOperator<Direction> change) {
        var setup = Setup.sound(options.file(), Map.of());
        var run = running(setup);
        var file = new DirectionFile(setup.state().direction());
        var direction = change.apply(file.read(run));
        file.write(run, direction);
        var until = direction.until();
        options.output()
                .result(Json.object()
                        .put("run", run)
                        .put("paused", direction.paused())
                        .put("until", until == null ? null : until.toString()));
        options.output().say("night %s %s".formatted(run, DirectionWords.of(direction)));
        return ExitCode.OK.status();
    }

    private static String running(Setup setup) {
        var status = NewestNight.of(setup).status();
        if (status == null || !status.isRunning()) {
            throw new NightException(
                    ExitCode.DATA,
                    "no night runs here, so there is none to direct. Look at it with pantheon-night status.");
        }
        return status.night().run();
    }
}
