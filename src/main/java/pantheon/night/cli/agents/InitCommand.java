package pantheon.night.cli.agents;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import pantheon.night.ExitCode;
import pantheon.night.IoReason;
import pantheon.night.NightException;
import pantheon.night.cli.option.OutputOptions;
import pantheon.night.cli.setup.ProgramHome;
import pantheon.night.contract.Json;
import pantheon.night.disk.RegularFile;
import pantheon.night.workspace.Workspace;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Lays out a place to work from, at a desk. */
@Command(
        name = "init",
        mixinStandardHelpOptions = true,
        exitCodeOnInvalidInput = 64,
        description = {
            "Lays out a folder to run nights from at a desk: configuration, agents, tools, queue.",
            "The repository itself is left as it is."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  pantheon-night init", "  pantheon-night init night --workspace /home/me/docs"})
public final class InitCommand implements Callable<Integer> {
    private static final Pattern MODEL = Pattern.compile("(?m)^    path: (models/\\S+)$");
    private static final int MOST_BYTES = 1 << 20;

    private static final String CONFIG = "pantheon-night.yaml";

    private static final String IGNORED = """
            # What nights leave, and models. Configuration, agents and tools may well be committed.
            /queue/
            /state/
            /log/
            /models/
            """;

    @Mixin
    private OutputOptions output = new OutputOptions();

    @Parameters(
            arity = "0..1",
            paramLabel = "DIR",
            defaultValue = "pantheon-night",
            description = "The folder, new or without a configuration; ${DEFAULT-VALUE} without it.")
    private Path folder = Path.of("");

    @Option(
            names = "--workspace",
            paramLabel = "REPOSITORY",
            defaultValue = ".",
            description = "The git repository to work on; the working folder without it.")
    private Path workspace = Path.of("");

    @Override
    public Integer call() {
        var repository = workspace.toAbsolutePath().normalize();
        Workspace.open(repository).close();
        var home = ProgramHome.folder();
        Templates.write(folder.resolve(CONFIG), configuration(home, repository));
        for (var kind : List.of("agents", "tools")) {
            copy(home.resolve("config").resolve(kind), folder.resolve(kind), home);
        }
        if (!Files.exists(folder.resolve(".gitignore"))) {
            Templates.write(folder.resolve(".gitignore"), IGNORED);
        }
        List.of("queue", "models").forEach(name -> makeFolder(folder.resolve(name)));
        output.output()
                .result(Json.object()
                        .put("configuration", folder.resolve(CONFIG).toString())
                        .put("workspace", repository.toString()));
        say(repository);
        return ExitCode.OK.status();
    }

    /** The example that ships, with the paths of here. */
    private static String configuration(Path home, Path repository) {
        var text = text(home.resolve("config/desk.yaml"))
                .replace("$schema=./schema/", "$schema=%s/config/schema/".formatted(home))
                .replaceFirst("(?m)^workspace: \\S+ *", replacement("workspace: %s  ", repository));
        return MODEL.matcher(text).replaceAll(model -> replacement("    path: %s", home.resolve(model.group(1))));
    }

    private static String replacement(String line, Path path) {
        return Matcher.quoteReplacement(line.formatted(Json.quote(path.toString())));
    }

    private static void copy(Path from, Path to, Path home) {
        try (var files = Files.newDirectoryStream(from, "*.yaml")) {
            for (var file : files) {
                var target = to.resolve(file.getFileName());
                if (!Files.exists(target)) {
                    Templates.write(
                            target,
                            text(file).replace("$schema=../schema/", "$schema=%s/config/schema/".formatted(home)));
                }
            }
        } catch (IOException e) {
            throw unreadable(from, e);
        }
    }

    private static String text(Path file) {
        try {
            return RegularFile.text(file, MOST_BYTES);
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    private static NightException unreadable(Path file, IOException e) {
        return new NightException(
                ExitCode.IO,
                "%s of the program cannot be read: %s. Install the program again."
                        .formatted(file, IoReason.of(e, file)),
                e);
    }

    private static void makeFolder(Path made) {
        try {
            Files.createDirectories(made);
        } catch (IOException e) {
            throw new NightException(
                    ExitCode.CANT_CREATE,
                    "%s cannot be made: %s. Check the folder's owner.".formatted(made, IoReason.of(e, made)),
                    e);
        }
    }

    private void say(Path repository) {
        var config = folder.resolve(CONFIG);
        for (var line : List.of(
                "%s is laid out for %s".formatted(folder, repository),
                "is everything there:     pantheon-night --config %s doctor".formatted(config),
                "try one document:        pantheon-night --config %s try docops.front-matter FILE".formatted(config),
                "an agent of your own:    pantheon-night --config %s agent new NAME".formatted(config),
                "in the folder %s no --config is needed".formatted(folder))) {
            output.output().say(line);
        }
    }
}
