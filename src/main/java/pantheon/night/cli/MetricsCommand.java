package pantheon.night.cli;

import java.util.Map;
import java.util.concurrent.Callable;
import pantheon.night.ExitCode;
import pantheon.night.cli.option.ConfigOptions;
import pantheon.night.cli.setup.Setup;
import pantheon.night.metrics.Metrics;
import pantheon.night.past.History;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Prints what monitoring asks about nights. */
@Command(
        name = "metrics",
        mixinStandardHelpOptions = true,
        exitCodeOnInvalidInput = 64,
        description = {
            "Prints metrics of all nights in Prometheus's text format.",
            "Each night writes them to STATE/metrics/" + Metrics.FILE + ", for node_exporter's textfile collector."
        })
final class MetricsCommand implements Callable<Integer> {
    @Mixin
    private ConfigOptions config = new ConfigOptions();

    @Override
    public Integer call() {
        var output = config.output();
        var setup = Setup.sound(config.file(), Map.of());
        var metrics = Metrics.of(History.journals(setup.config().log()));
        if (output.json()) {
            output.result(metrics.json());
        } else {
            output.out().print(metrics.text());
            output.out().flush();
        }
        return ExitCode.OK.status();
    }
}
