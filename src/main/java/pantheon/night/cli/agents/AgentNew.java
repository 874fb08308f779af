package pantheon.night.cli.agents;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import pantheon.night.ExitCode;
import pantheon.night.NightException;
import pantheon.night.cli.option.ConfigOptions;
import pantheon.night.cli.setup.ProgramHome;
import pantheon.night.config.ConfigLoader;
import pantheon.night.config.NightConfig;
import pantheon.night.contract.Json;
import pantheon.night.model.ModelManifest;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes an agent's file to begin with. */
@Command(
        name = "new",
        mixinStandardHelpOptions = true,
        exitCodeOnInvalidInput = 64,
        description = {
            "Writes an agent's file to begin with, with comments, into the folder of the agents.",
            "It works as it is: it writes a description into a Markdown document's front matter."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  pantheon-night agent new docs.description", "  pantheon-night agent new my.agent --model big"})
final class AgentNew implements Callable<Integer> {
    /** As the schema of agents' files has it. */
    private static final Pattern NAME = Pattern.compile("[a-z0-9]+([.-][a-z0-9]+)*");

    @Mixin
    private ConfigOptions config = new ConfigOptions();

    @Parameters(paramLabel = "NAME", description = "Lower-case words joined by dots and hyphens.")
    private String name = "";

    @Option(
            names = "--model",
            paramLabel = "MODEL",
            description = "A model of the configuration; the first that is not trained for other agents without it.")
    private @Nullable String model;

    @Override
    public Integer call() {
        if (!NAME.matcher(name).matches()) {
            throw new NightException(
                    ExitCode.USAGE,
                    "\"%s\" is no agent's name; expected lower-case words joined by dots and hyphens, such as docs.description."
                            .formatted(name));
        }
        var loaded = ConfigLoader.load(config.file(), System.getenv(), Map.of()).config();
        var file = loaded.agents().resolve(name + ".yaml");
        Templates.write(
                file,
                Templates.text("agent.yaml")
                        .replace("@schema@", ProgramHome.folder() + "/config/schema/agent.json")
                        .replace("@name@", name)
                        .replace("@model@", model(loaded)));
        config.output().result(Json.object().put("file", file.toString()));
        say(file);
        return ExitCode.OK.status();
    }

    private String model(NightConfig loaded) {
        var models = loaded.models();
        if (model != null && !models.containsKey(model)) {
            throw new NightException(
                    ExitCode.USAGE, "there is no model \"%s\"; expected one of %s.".formatted(model, models.keySet()));
        }
        return model != null
                ? model
                : models.entrySet().stream()
                        .filter(one -> knows(one.getValue().path()))
                        .map(Map.Entry::getKey)
                        .findFirst()
                        .orElse(models.keySet().iterator().next());
    }

    private boolean knows(@Nullable Path folder) {
        return folder == null
                || ModelManifest.peek(folder)
                        .map(manifest -> manifest.knows(name))
                        .orElse(true);
    }

    private void say(Path file) {
        for (var line : List.of(
                "%s is written. Change it to what you want, and then:".formatted(file),
                "what is wrong with it:   pantheon-night agent check " + file,
                "have it do one task:     pantheon-night try %s FILE".formatted(name))) {
            config.output().say(line);
        }
    }
}
