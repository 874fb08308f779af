package pantheon.night.cli;

import java.util.Map;
import java.util.concurrent.Callable;
import pantheon.night.cli.option.ConfigOptions;
import pantheon.night.config.ConfigLoader;
import pantheon.night.contract.Json;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Shows the configuration. */
@Command(
        name = "config",
        mixinStandardHelpOptions = true,
        exitCodeOnInvalidInput = 64,
        description = "Shows the configuration in force.",
        subcommands = ConfigCommand.Show.class)
final class ConfigCommand implements Callable<Integer> {
    @Spec
    private CommandSpec command = CommandSpec.create();

    @Override
    public Integer call() {
        throw new ParameterException(command.commandLine(), "config needs a subcommand: config show");
    }

    /** Shows every value with where it comes from. */
    @Command(
            name = "show",
            mixinStandardHelpOptions = true,
            exitCodeOnInvalidInput = 64,
            description = "Shows every value in force, and where it comes from.")
    static final class Show implements Callable<Integer> {
        @Mixin
        private ConfigOptions config = new ConfigOptions();

        @Override
        public Integer call() {
            var output = config.output();
            var json = Json.object();
            for (var value :
                    ConfigLoader.load(config.file(), System.getenv(), Map.of()).values()) {
                json.putObject(value.key()).put("value", value.value()).put("origin", value.origin());
                output.say("%-40s %s  (%s)".formatted(value.key(), value.value(), value.origin()));
            }
            output.result(json);
            return 0;
        }
    }
}
