package pantheon.night.cli;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import pantheon.night.Count;
import pantheon.night.ExitCode;
import pantheon.night.NightException;
import pantheon.night.cli.console.Output;
import pantheon.night.cli.option.ConfigOptions;
import pantheon.night.cli.setup.Setup;
import pantheon.night.contract.Json;
import pantheon.night.decision.Decisions;
import pantheon.night.journal.Journal;
import pantheon.night.past.History;
import pantheon.night.past.PrunedNights;
import pantheon.night.proof.DecisionStatements;
import pantheon.night.proof.Verification;
import pantheon.night.proof.VerifyingKey;
import pantheon.night.workspace.Workspace;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ObjectNode;

/** Finds out whether a night's record is as it was written. */
@Command(
        name = "verify",
        mixinStandardHelpOptions = true,
        exitCodeOnInvalidInput = 64,
        description = "Checks a night's journal, signatures, artifacts and commits, and names the first broken line.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:everything is as it was written", "65:something is not"},
        footerHeading = "%nExamples:%n",
        footer = {"  pantheon-night verify 20261123-220000", "  pantheon-night verify --key night.pub 20261123-220000"})
final class VerifyCommand implements Callable<Integer> {
    @Mixin
    private ConfigOptions config = new ConfigOptions();

    @Parameters(paramLabel = "RUN", description = "The night's id, for example 20261123-220000.")
    private String run = "";

    @Option(
            names = "--key",
            paramLabel = "PUB",
            description = "The public key that must have signed everything; give it again for one that came before.")
    private List<Path> keys = List.of();

    @Option(
            names = "--head",
            paramLabel = "HASH",
            description = "The journal's head as the night printed it; covers the last line of a night without a key.")
    private @Nullable String head;

    @Override
    public Integer call() {
        var output = config.output();
        var setup = Setup.sound(config.file(), Map.of());
        var pruned = PrunedNights.of(setup.config().log());
        pruned.find(run).filter(night -> !isThere(setup)).ifPresent(night -> {
            throw new NightException(ExitCode.USAGE, gone(night));
        });
        var journal = setup.journal(run);
        var trusted = keys.stream().map(VerifyingKey::read).toList();
        var heads = heads(journal);
        Verification.Result result;
        try (var workspace = Workspace.open(setup.config().workspace())) {
            result = new Verification(run, new Verification.Expected(trusted, heads, pruned.hashes()))
                    .all(journal, setup.state().artifacts(run), workspace);
        }
        var ids = trusted.stream().map(VerifyingKey::id).toList();
        findings(output, journal, result);
        var decisions = DecisionStatements.check(Decisions.file(setup.state()), trusted);
        decisions.findings().forEach(output::error);
        output.result(json(result, !ids.isEmpty(), decisions));
        say(output, result, ids);
        say(output, decisions);
        uncovered(output, result, heads.isEmpty());
        return (result.isIntact() && decisions.findings().isEmpty() ? ExitCode.OK : ExitCode.DATA).status();
    }

    /** The hash that the journal's last line must have, by who says so. */
    private Map<String, String> heads(Path journal) {
        var heads = new LinkedHashMap<String, String>();
        if (head != null) {
            if (!head.matches("[0-9a-f]{64}")) {
                throw new NightException(
                        ExitCode.USAGE,
                        "--head is \"%s\"; expected the 64 hex digits that the night printed.".formatted(head));
            }
            heads.put("--head", head);
        }
        History.next(journal).ifPresent(next -> heads.put("the journal of night " + next.run(), next.previousHead()));
        return heads;
    }

    /** Why there is nothing to verify of a night. */
    private static String gone(PrunedNights.Night night) {
        var pruned = night.pruned();
        var broken = pruned.brokenLine();
        return "night %s was %s at %s: its journal had %d %slines and the head %s. Name a night that is there."
                .formatted(
                        pruned.run(),
                        broken == null ? "pruned" : "set aside, broken in line %d,".formatted(broken),
                        night.time(),
                        pruned.lines(),
                        broken == null ? "" : "sound ",
                        pruned.head());
    }

    private boolean isThere(Setup setup) {
        return History.journals(setup.config().log()).stream()
                .anyMatch(file -> Journal.run(file).equals(run));
    }

    /** Those of all nights, which stand in one journal; nothing is said where there are none. */
    private static void say(Output output, DecisionStatements.Result decisions) {
        if (decisions.decisions() > 0) {
            output.say("decisions:  %d, %d of them signed%s"
                    .formatted(
                            decisions.decisions(),
                            decisions.signed(),
                            decisions.findings().isEmpty() ? "" : ": NOT as they were written"));
        }
    }

    private ObjectNode json(Verification.Result result, boolean keyCompared, DecisionStatements.Result decisions) {
        var json = Json.object();
        json.put("run", run);
        json.put("intact", result.isIntact() && decisions.findings().isEmpty());
        if (decisions.decisions() > 0) {
            json.put("decisions", decisions.decisions());
            json.put("signed_decisions", decisions.signed());
        }
        json.put("lines", result.lines());
        json.put("head", result.head());
        json.put("ended", result.ended());
        json.put("torn", result.torn());
        result.keys().forEach(json.putArray("keys")::add);
        json.put("key_compared", keyCompared);
        json.put("signed_tasks", result.signedTasks());
        json.put("unsigned_tasks", result.unsignedTasks());
        json.put("covered_lines", result.covered());
        json.put("artifacts", result.artifacts());
        json.put("commits", result.commits());
        result.reviews().forEach(json.putArray("reviews")::add);
        var broken = json.putArray("broken");
        result.findings()
                .forEach(finding ->
                        broken.addObject().put("line", finding.line()).put("what", finding.what()));
        decisions.findings().forEach(what -> broken.addObject().put("line", 0).put("what", what));
        return json;
    }

    private static void findings(Output output, Path journal, Verification.Result result) {
        for (var finding : result.findings()) {
            boolean saysWhere = finding.line() == 0 || finding.what().startsWith(journal + ":");
            output.error(saysWhere ? finding.what() : "%s:%d: %s".formatted(journal, finding.line(), finding.what()));
        }
    }

    private void say(Output output, Verification.Result result, List<String> trusted) {
        output.say("night %s: %s".formatted(run, result.isIntact() ? "as it was written" : "NOT as it was written"));
        output.say("journal:    %s, head %s".formatted(Count.of(result.lines(), "line"), result.head()));
        output.say("signed:     " + signed(result, trusted));
        output.say("artifacts:  %s compared".formatted(Count.of(result.artifacts(), "file")));
        result.reviews()
                .forEach(
                        review -> output.say("reviews:    %s, by people, added after the signature".formatted(review)));
        output.say("commits:    %d compared".formatted(result.commits()));
    }

    /** What the journal's end leaves open. */
    private static void uncovered(Output output, Verification.Result result, boolean headUnknown) {
        if (!result.ended()) {
            output.say("the night has not ended");
        }
        if (result.torn()) {
            output.say("half a line follows; it never counted");
        }
        if (result.covered() < result.lines()) {
            output.say("lines from %d on are under no signature%s"
                    .formatted(
                            result.covered() + 1, headUnknown ? ", and nothing covers the last one: give --head" : ""));
        }
    }

    private static String signed(Verification.Result result, List<String> trusted) {
        if (result.keys().isEmpty()) {
            return "nothing; the night had no signing key";
        }
        return "%s%s, by key %s%s"
                .formatted(
                        Count.of(result.signedTasks(), "task"),
                        result.unsignedTasks() == 0 ? "" : " and %d unsigned".formatted(result.unsignedTasks()),
                        String.join(", ", result.keys()),
                        compared(result.keys(), trusted));
    }

    private static String compared(Set<String> keys, List<String> trusted) {
        if (trusted.isEmpty()) {
            return ", which was not compared with yours: give --key";
        }
        return trusted.containsAll(keys)
                ? ", as expected"
                : ", NOT as expected: --key gave " + String.join(", ", trusted);
    }
}
