package pantheon.night.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import pantheon.night.Count;
import pantheon.night.batch.NightResult;
import pantheon.night.cli.console.Output;
import pantheon.night.cli.setup.Setup;
import pantheon.night.contract.Json;
import pantheon.night.journal.Journal;
import pantheon.night.outcome.FinishReason;
import pantheon.night.proof.SigningKey;
import pantheon.night.report.section.ShellWord;
import tools.jackson.databind.node.ObjectNode;

/** What a night came to, in a few lines or as JSON. */
final class Summary {
    private static final int NAMED = 10;

    private final Setup setup;
    private final Output output;

    Summary(Setup setup, Output output) {
        this.setup = setup;
        this.output = output;
    }

    /** @param report its report's HTML file, null where it could not be written */
    void print(NightResult result, Journal journal, @Nullable SigningKey key, @Nullable Path report) {
        output.result(json(result, journal, key, report));
        counts(result);
        if (result.branch() != null) {
            output.say("look at the work:  git -C %s log --stat HEAD..%s"
                    .formatted(ShellWord.of(setup.config().workspace().toString()), result.branch()));
        }
        output.say("look at the log:   jq . %s"
                .formatted(ShellWord.of(journal.file().toString())));
        if (report != null) {
            output.say("read the report:   %s".formatted(report));
        }
        output.say("journal head:      " + journal.head());
        output.say(
                key == null
                        ? "not signed:        there is no signing key; make one with pantheon-night keygen"
                        : "signed by key:     " + key.verifyingKey().id());
    }

    private static ObjectNode json(
            NightResult result, Journal journal, @Nullable SigningKey key, @Nullable Path report) {
        var json = Json.object();
        json.put("run", result.run());
        json.put("tasks", result.tasks());
        json.put("accepted", result.accepted());
        var finished = json.putObject("finished");
        result.finished().forEach((reason, count) -> finished.put(reason.code(), count));
        result.carryOver().forEach(json.putArray("carry_over")::add);
        result.notExpectedToEnd().forEach(json.putArray("not_expected_to_end")::add);
        result.early().forEach(json.putArray("stopped_early")::add);
        json.put("branch", result.branch());
        json.put("journal", journal.file().toString());
        json.put("head", journal.head());
        json.put("signing_key", key == null ? null : key.verifyingKey().id());
        json.put("report", report == null ? null : report.toString());
        json.put("elapsed_ms", result.elapsed().toMillis());
        return json;
    }

    private void counts(NightResult result) {
        double seconds = result.elapsed().toMillis() / 1000.0;
        double speed = result.outputTokens() / Math.max(0.001, seconds);
        output.say("%s in %.1f s, %.0f tokens/s: %s"
                .formatted(Count.of(result.tasks(), "task"), seconds, speed, counts(result.finished())));
        result.early().forEach(output::say);
        if (!result.carryOver().isEmpty()) {
            output.say("carried over to the next night: %s (%s)%s"
                    .formatted(
                            Count.of(result.carryOver().size(), "task"), named(result.carryOver()), notBegun(result)));
        }
    }

    /** The first of some tasks, and how many more there are. */
    private static String named(List<String> tasks) {
        var first = String.join(", ", tasks.subList(0, Math.min(NAMED, tasks.size())));
        return tasks.size() <= NAMED ? first : "%s and %d more".formatted(first, tasks.size() - NAMED);
    }

    private static String notBegun(NightResult result) {
        int tasks = result.notExpectedToEnd().size();
        return tasks == 0 ? "" : "; %d of them would not have ended in the window".formatted(tasks);
    }

    private static String counts(Map<FinishReason, Integer> finished) {
        return finished.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(entry -> entry.getValue() + " " + entry.getKey().code())
                .collect(Collectors.joining(", "));
    }
}
