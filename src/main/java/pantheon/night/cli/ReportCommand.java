package pantheon.night.cli;

import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import pantheon.night.ExitCode;
import pantheon.night.NightException;
import pantheon.night.cli.option.ConfigOptions;
import pantheon.night.cli.setup.NightReports;
import pantheon.night.cli.setup.Setup;
import pantheon.night.contract.Json;
import pantheon.night.journal.Journal;
import pantheon.night.past.History;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes a night's report. */
@Command(
        name = "report",
        mixinStandardHelpOptions = true,
        exitCodeOnInvalidInput = 64,
        description = {
            "Writes what became of a night, as one offline HTML file, as Markdown, and as summary.json.",
            "A night writes it by itself when it ends; this writes it again."
        })
final class ReportCommand implements Callable<Integer> {
    @Mixin
    private ConfigOptions config = new ConfigOptions();

    @Parameters(
            paramLabel = "RUN",
            arity = "0..1",
            description = "The night's id, for example 20261123-220000; the last one without it.")
    private @Nullable String run;

    @Option(names = "--to", paramLabel = "DIR", description = "The folder to write into; state/reports/RUN without it.")
    private @Nullable Path to;

    @Override
    public Integer call() {
        var output = config.output();
        var setup = Setup.sound(config.file(), Map.of());
        var journal = run == null ? newest(setup) : setup.journal(run);
        var reports = new NightReports(setup);
        var file = reports.write(journal, to == null ? reports.folder(journal) : to, output);
        output.result(Json.object()
                .put("run", Journal.run(journal))
                .put("html", file.toString())
                .put("markdown", file.resolveSibling("report.md").toString())
                .put("summary", file.resolveSibling("summary.json").toString()));
        output.say(file.toString());
        return ExitCode.OK.status();
    }

    private static Path newest(Setup setup) {
        var journals = History.journals(setup.config().log());
        if (journals.isEmpty()) {
            throw new NightException(
                    ExitCode.USAGE,
                    "there is no journal in %s, so no night to report on. Run one, or set log to where they are."
                            .formatted(setup.config().log()));
        }
        return journals.getLast();
    }
}
