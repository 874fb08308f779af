package pantheon.night.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import pantheon.night.ExitCode;
import pantheon.night.NightException;
import pantheon.night.agent.Agent;
import pantheon.night.cli.console.EgressReport;
import pantheon.night.cli.console.Output;
import pantheon.night.cli.option.ConfigOptions;
import pantheon.night.cli.setup.Setup;
import pantheon.night.config.NightConfig;
import pantheon.night.contract.Json;
import pantheon.night.engine.GenerationLimits;
import pantheon.night.journal.JournalReader;
import pantheon.night.local.child.ConfinedChild;
import pantheon.night.local.preflight.EgressProof;
import pantheon.night.local.preflight.Preflight;
import pantheon.night.past.History;
import pantheon.night.past.PrunedNights;
import pantheon.night.tool.command.CommandTool;
import pantheon.night.workspace.Workspace;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Checks everything that a night needs. */
@Command(
        name = "doctor",
        mixinStandardHelpOptions = true,
        exitCodeOnInvalidInput = 64,
        description =
                "Checks configuration, agents, tools, models, workspace, queue and journals, and says what to do.")
final class DoctorCommand implements Callable<Integer> {
    @Mixin
    private ConfigOptions config = new ConfigOptions();

    @Option(
            names = "--egress",
            description = {
                "Tell what proves that nothing can call out, what it leaves open, and nothing else.",
                "Without a configuration, no layer around the process is required."
            })
    private boolean egress;

    private ExitCode worst = ExitCode.OK;

    @Override
    public Integer call() {
        var output = config.output();
        if (egress) {
            return new EgressReport(output).print(evidence()).status();
        }
        var setup = Setup.load(config.file(), Map.of());
        found(output, "configuration", config.file() + ", " + setup.values().size() + " values");
        setup.agents().values().forEach(agent -> agent(output, agent));
        check(output, "egress", () -> egress(setup)); // first of all that can be a problem
        var used = setup.usedCommands();
        setup.commands().values().forEach(tool -> command(output, tool, used.contains(tool)));
        if (worst != ExitCode.EGRESS) { // no model is loaded where it is not proven that nothing can call out
            setup.agents()
                    .values()
                    .forEach(agent -> check(output, "model " + agent.model(), () -> model(setup, agent)));
        }
        folders(output, setup);
        output.result(Json.object().put("ok", worst == ExitCode.OK));
        return worst.status();
    }

    private void agent(Output output, Agent agent) {
        found(
                output,
                "agent " + agent.name() + "@" + agent.version(),
                "%d tools, %d checks, %s"
                        .formatted(agent.tools().size(), agent.checks().size(), held(agent)));
    }

    private void folders(Output output, Setup setup) {
        var log = setup.config().log();
        check(output, "workspace", () -> workspace(setup.config().workspace()));
        check(output, "queue", () -> queue(setup));
        check(output, "state", () -> writable(setup.config().state()));
        check(output, "log", () -> writable(log));
        check(output, "journals", () -> journals(log));
        History.strangers(log)
                .forEach(file -> output.warn(
                        "%s log: %s is no journal, so no command reads it; expected a file named by a night's id, such as 20261123-220000.jsonl. Move it out of the folder."
                                .formatted(output.coloured(33, "warning"), file)));
    }

    private static String workspace(Path folder) {
        try (var workspace = Workspace.open(folder)) {
            return "%s at %s, %d files"
                    .formatted(
                            folder,
                            workspace.baseCommit().substring(0, 12),
                            workspace.paths().size());
        }
    }

    /** A tool that no agent uses may be unable to run here; a person should know. */
    private void command(Output output, CommandTool tool, boolean used) {
        Finding finding = () -> {
            tool.require();
            return "%s, %s%s".formatted(tool.summary(), ConfinedChild.evidence(), used ? "" : "; no agent uses it");
        };
        if (used) {
            check(output, "tool " + tool.name(), finding);
            return;
        }
        try {
            found(output, "tool " + tool.name(), finding.words());
        } catch (NightException e) {
            output.say("unused  tool %s: %s".formatted(tool.name(), e.getMessage()));
        }
    }

    private EgressProof evidence() {
        return config.find()
                .map(file -> Setup.load(file, Map.of()).egress().collect())
                .orElseGet(() -> new Preflight(
                                Preflight.Surroundings.ofThisProcess(NightConfig.Egress.GATE, List.of()), List.of())
                        .whole());
    }

    private static String egress(Setup setup) {
        var proof = setup.egress().prove();
        var layers = proof.evidence().stream()
                .filter(evidence -> evidence.check().isLayer())
                .map(evidence -> evidence.check().code() + (evidence.holds() ? "" : " absent"))
                .toList();
        return "%d pieces of evidence; layers: %s; doctor --egress tells them all"
                .formatted(proof.evidence().size(), String.join(", ", layers));
    }

    /** How an agent's turns are held to its schemas. */
    private static String held(Agent agent) {
        return agent.grammar()
                .map(grammar -> grammar.loosenings().isEmpty()
                        ? "turns held to the schemas"
                        : "turns held to the schemas but for "
                                + String.join(
                                        "; ",
                                        grammar.loosenings().stream()
                                                .map(Object::toString)
                                                .toList()))
                .orElse("turns validated only");
    }

    /** Loads the model and lets it take the first step of the agent's prompt. */
    private static String model(Setup setup, Agent agent) {
        try (var engine = setup.engine(agent.model());
                var conversation = engine.open()) {
            var prompt = agent.prompt()
                    .open(
                            agent.format(),
                            agent.cards(),
                            Json.object(),
                            agent.format().control(engine.model().controlTexts()));
            int tokens = conversation.countTokens(prompt.text());
            int room = agent.limits().stepTokens();
            if (tokens + room > engine.model().contextTokens()) {
                throw new NightException(
                        ExitCode.CONFIG,
                        "agent %s: its prompt of %d tokens and a turn of %d do not fit the context of %d. Shorten them."
                                .formatted(
                                        agent.name(),
                                        tokens,
                                        room,
                                        engine.model().contextTokens()));
            }
            conversation.generate(prompt, new GenerationLimits(1, Duration.ofMinutes(10)));
            return "%s, digest %s, context %d tokens, prompt of %s %d tokens"
                    .formatted(
                            engine.model().origin(),
                            engine.model().digest().substring(0, 12),
                            engine.model().contextTokens(),
                            agent.name(),
                            tokens);
        }
    }

    private static String queue(Setup setup) {
        var queue = setup.queue();
        if (!queue.problems().isEmpty()) {
            throw new NightException(
                    ExitCode.DATA,
                    String.join(
                            "\n",
                            queue.problems()
                                    .subList(0, Math.min(10, queue.problems().size()))));
        }
        return queue.tasks().size() + " tasks";
    }

    private static String journals(Path log) {
        var problems = new ArrayList<NightException>();
        var journals = History.journals(log);
        for (var journal : journals) {
            collect(problems, () -> JournalReader.read(journal, entry -> {}));
        }
        collect(problems, () -> PrunedNights.of(log));
        if (!problems.isEmpty()) {
            throw new NightException(
                    problems.getFirst().exitCode(),
                    String.join(
                            "\n",
                            problems.stream().map(NightException::getMessage).toList()));
        }
        return journals.size() + " nights, all lines sound";
    }

    private static void collect(List<NightException> problems, Runnable reading) {
        try {
            reading.run();
        } catch (NightException e) {
            problems.add(e);
        }
    }

    private static String writable(Path folder) {
        var at = folder.toAbsolutePath();
        while (at != null && !Files.exists(at)) {
            at = at.getParent();
        }
        if (at == null || !Files.isWritable(at) || !Files.isDirectory(at)) {
            throw new NightException(
                    ExitCode.CANT_CREATE, "%s cannot be written by this user. Change its owner.".formatted(folder));
        }
        return folder.toString();
    }

    private interface Finding {
        String words();
    }

    private void check(Output output, String what, Finding finding) {
        try {
            found(output, what, finding.words());
        } catch (NightException e) {
            worst = worst == ExitCode.OK ? e.exitCode() : worst;
            output.warn("%s %s: %s".formatted(output.coloured(31, "PROBLEM"), what, e.getMessage()));
        }
    }

    private static void found(Output output, String what, String words) {
        output.say("%s %s: %s".formatted(output.coloured(32, "ok     "), what, words));
    }
}
