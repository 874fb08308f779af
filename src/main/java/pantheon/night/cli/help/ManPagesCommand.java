package pantheon.night.cli.help;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import pantheon.night.ExitCode;
import pantheon.night.IoReason;
import pantheon.night.NightException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Writes the manual pages of all commands; the package's build asks for it. */
@Command(
        name = ManPagesCommand.NAME,
        hidden = true,
        mixinStandardHelpOptions = true,
        exitCodeOnInvalidInput = 64,
        description = "Writes a manual page of each command into a folder.")
public final class ManPagesCommand implements Callable<Integer> {
    static final String NAME = "man-pages";

    @Spec
    private CommandSpec command = CommandSpec.create();

    @Parameters(paramLabel = "FOLDER", description = "Is made where it is missing.")
    private Path folder = Path.of("");

    @Override
    public Integer call() {
        var program = Objects.requireNonNull(command.commandLine().getParent());
        var version = program.getCommandSpec().version()[0].replaceFirst("^\\S+ ", "");
        try {
            Files.createDirectories(folder);
            for (var page : ManPage.all(program, version)) {
                Files.writeString(folder.resolve(page.name() + ".1"), page.text());
            }
            return ExitCode.OK.status();
        } catch (IOException e) {
            throw new NightException(
                    ExitCode.CANT_CREATE,
                    "the manual pages cannot be written: %s. Name another folder.".formatted(IoReason.of(e, folder)),
                    e);
        }
    }
}
