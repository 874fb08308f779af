package pantheon.night.cli.morning.walk;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import pantheon.night.ExitCode;
import pantheon.night.NightException;
import pantheon.night.cli.morning.desk.Desk;
import pantheon.night.cli.option.ConfigOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Walks through what waits for a person. */
@Command(
        name = "review",
        mixinStandardHelpOptions = true,
        exitCodeOnInvalidInput = 64,
        description = {
            "Walks through the tasks that wait for a person: each is shown, and a line decides.",
            "Lines are read from standard input, from a keyboard or from a pipe."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  pantheon-night review", "  pantheon-night review --all"})
public final class ReviewCommand implements Callable<Integer> {
    @Mixin
    private ConfigOptions config = new ConfigOptions();

    @Parameters(
            paramLabel = "RUN",
            arity = "0..1",
            description = "The night's id or the beginning of it; the last night without it.")
    private @Nullable String run;

    @Option(names = "--all", description = "Walk through all nights, oldest first.")
    private boolean all;

    @Override
    public Integer call() {
        if (all && run != null) {
            throw new NightException(
                    ExitCode.USAGE, "--all takes every night, so \"%s\" is too much. Leave one out.".formatted(run));
        }
        var desk = new Desk(config);
        var nights = all ? desk.nights().journals() : List.of(desk.nights().journal(run));
        var lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        new Reviewing(desk, lines).walk(nights);
        return ExitCode.OK.status();
    }
}
