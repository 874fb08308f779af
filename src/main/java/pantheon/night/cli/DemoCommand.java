package pantheon.night.cli;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.concurrent.Callable;
import pantheon.night.ExitCode;
import pantheon.night.IoReason;
import pantheon.night.NightException;
import pantheon.night.cli.option.DemoEngine;
import pantheon.night.cli.option.NightOptions;
import pantheon.night.cli.option.OutputOptions;
import pantheon.night.cli.setup.ProgramHome;
import pantheon.night.cli.setup.Setup;
import pantheon.night.disk.RegularFile;
import pantheon.night.workspace.NewWorkspace;
import pantheon.night.workspace.git.Identity;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Lays out the sample and runs a real night on it. */
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        exitCodeOnInvalidInput = 64,
        description = "Lays out the sample in a folder and runs a night there; again on the same folder, it goes on.")
final class DemoCommand implements Callable<Integer> {
    private static final Identity PEOPLE = new Identity("The people of the sample", "people@sample.invalid");

    private static final int MOST_CONFIGURATION = 1 << 20;

    @Mixin
    private OutputOptions output = new OutputOptions();

    @Mixin
    private NightOptions night = new NightOptions();

    @Mixin
    private DemoEngine engine = new DemoEngine();

    @Parameters(paramLabel = "DIR", description = "A new or empty folder, or one of an earlier demo.")
    private Path folder = Path.of("");

    @Override
    public Integer call() {
        requireSample();
        engine.require();
        var config = folder.resolve("pantheon-night.yaml");
        if (Files.exists(config)) {
            requireSameModel(config);
        } else {
            layOut(ProgramHome.folder(), config);
        }
        return new NightRun(Setup.load(config, night.flags()), night, output.output())
                .run(() -> {}, () -> {})
                .status();
    }

    /** The sample's queue is of the sample's documents; on another repository it would only fail. */
    private void requireSample() {
        for (var own : List.of("queue", "workspace")) {
            if (night.flags().containsKey(own)) {
                throw new NightException(
                        ExitCode.USAGE,
                        "demo runs the sample's queue on the sample's documents, so it takes no --%s. For a repository of yours, write a configuration: docs/configuration.md tells how."
                                .formatted(own));
            }
        }
    }

    /** A demo goes on with the model that it was laid out for. */
    private void requireSameModel(Path config) {
        try {
            if (engine.isServer()
                    && !RegularFile.text(config, MOST_CONFIGURATION).endsWith(engine.keys(Path.of("")))) {
                throw new NightException(
                        ExitCode.USAGE,
                        "%s was laid out for another model, which its %s names. Name a new folder, or leave --engine out."
                                .formatted(folder, config.getFileName()));
            }
        } catch (IOException e) {
            throw new NightException(
                    ExitCode.DATA,
                    "%s cannot be read: %s. Check its owner.".formatted(config, IoReason.of(e, config)),
                    e);
        }
    }

    private void layOut(Path home, Path config) {
        try {
            if (Files.exists(folder) && !isEmpty(folder)) {
                throw new NightException(
                        ExitCode.USAGE,
                        "%s is not empty and no earlier demo is in it. Name a new folder.".formatted(folder));
            }
            Setup.processAlone().demand(); // before anything is laid out that no night could run on
            Files.createDirectories(folder);
            copy(home.resolve("sample"), folder);
            NewWorkspace.create(folder.resolve("workspace"), PEOPLE, "The documents as people left them");
            Files.writeString(config, configuration(home));
        } catch (IOException e) {
            throw new NightException(
                    ExitCode.CANT_CREATE,
                    "the sample cannot be laid out in %s: %s. Check the folder's owner."
                            .formatted(folder, IoReason.of(e, folder)),
                    e);
        }
    }

    private String configuration(Path home) {
        return """
                # The sample's configuration; pantheon-night config show tells every value in force.
                workspace: workspace
                queue: queue
                state: state
                log: log
                agents: agents
                tools: %1$s/config/tools
                models:
                """.formatted(home) + model(home, "docops-front-matter") + model(home, "docops-fences");
    }

    private String model(Path home, String name) {
        return "  %s:%n".formatted(name) + engine.keys(home.resolve("models").resolve(name));
    }

    private static boolean isEmpty(Path folder) throws IOException {
        try (var entries = Files.newDirectoryStream(folder)) {
            return !entries.iterator().hasNext();
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.walkFileTree(from, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes)
                    throws IOException {
                Files.createDirectories(to.resolve(from.relativize(directory)));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.copy(file, to.resolve(from.relativize(file)));
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
