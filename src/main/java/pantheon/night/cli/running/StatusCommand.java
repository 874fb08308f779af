package pantheon.night.cli.running;

import java.util.Map;
import java.util.concurrent.Callable;
import pantheon.night.ExitCode;
import pantheon.night.cli.option.ConfigOptions;
import pantheon.night.cli.setup.Setup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Tells how the night is going, or how the last one went. */
@Command(
        name = "status",
        mixinStandardHelpOptions = true,
        exitCodeOnInvalidInput = 64,
        description = "Tells how the running night is going, or how the last one went; changes nothing.")
public final class StatusCommand implements Callable<Integer> {
    @Mixin
    private ConfigOptions config = new ConfigOptions();

    @Option(
            names = {"-f", "--follow"},
            description = {
                "Go on telling until the night has ended: a line a",
                "task; with --json a line whenever something has",
                "changed."
            })
    private boolean follow;

    @Override
    public Integer call() {
        var output = config.output();
        var setup = Setup.sound(config.file(), Map.of());
        var words = new StatusWords(output);
        var looked = NewestNight.of(setup);
        words.say(looked);
        if (follow && looked.runs()) {
            words.say(new Following(setup, output).from(looked));
        } else {
            output.result(looked.json());
        }
        return ExitCode.OK.status();
    }
}
