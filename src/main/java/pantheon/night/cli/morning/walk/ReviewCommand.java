package pantheon.night.cli.morning.walk;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import pantheon.night.Count;
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
            "Walks through the tasks that wait for a person: each is shown, and a key decides; ? tells the keys.",
            "From a pipe, and where TERM is dumb, a line decides. Each decision is kept at once."
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

    @Option(
            names = "--lines",
            description = "Read lines from a keyboard too, for a screen reader or a log of the session.")
    private boolean lines;

    @Override
    public Integer call() {
        if (all && run != null) {
            throw new NightException(
                    ExitCode.USAGE, "--all takes every night, so \"%s\" is too much. Leave one out.".formatted(run));
        }
        var desk = new Desk(config);
        var nights = all ? desk.nights().journals() : List.of(desk.nights().journal(run));
        var screen = lines || !desk.output().isTerminal() ? Optional.<Screen>empty() : Screen.open(desk.output()::warn);
        return (screen.isPresent() ? byKeys(nights, desk, screen.get()) : byLines(nights, desk)).status();
    }

    private static ExitCode byLines(List<Path> nights, Desk desk) {
        var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        new Reviewing(Walk.through(nights, desk), desk.output(), in).walk();
        return ExitCode.OK;
    }

    /** The screen is gone afterwards, so what was decided is said once more. */
    private static ExitCode byKeys(List<Path> nights, Desk desk, Screen screen) {
        var said = new StringWriter();
        var writer = new PrintWriter(said, true);
        var walk = Walk.through(nights, desk.saying(desk.output().to(writer, writer)));
        var keyboard = new Keyboard(walk, screen, desk.output(), said);
        ExitCode end;
        try (screen) {
            end = keyboard.walk();
        }
        keyboard.done().forEach(desk.output()::say);
        desk.output()
                .say(walk.waiting() == 0 ? "nothing waits for you" : Count.of(walk.waiting(), "task") + " to look at");
        return end;
    }
}
