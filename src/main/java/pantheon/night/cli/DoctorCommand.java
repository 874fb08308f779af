package pantheon.night.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import pantheon.night.Count;
import pantheon.night.ExitCode;
import pantheon.night.NightException;
import pantheon.night.agent.Agent;
import pantheon.night.cli.console.AgentWords;
import pantheon.night.cli.console.EgressReport;
import pantheon.night.cli.console.Findings;
import pantheon.night.cli.console.LeftOutFiles;
import pantheon.night.cli.console.Mark;
import pantheon.night.cli.console.Output;
import pantheon.night.cli.option.ConfigOptions;
import pantheon.night.cli.setup.Setup;
import pantheon.night.cli.setup.SlurmJob;
import pantheon.night.cli.unit.InUnit;
import pantheon.night.contract.Json;
import pantheon.night.decision.Decisions;
import pantheon.night.decision.Waiting;
import pantheon.night.engine.Engine;
import pantheon.night.engine.GenerationLimits;
import pantheon.night.journal.JournalReader;
import pantheon.night.local.SystemClock;
import pantheon.night.local.child.ConfinedChild;
import pantheon.night.local.preflight.EgressProof;
import pantheon.night.local.preflight.PreflightCheck;
import pantheon.night.past.History;
import pantheon.night.past.NightLock;
import pantheon.night.past.PrunedNights;
import pantheon.night.past.Traces;
import pantheon.night.queue.Dependencies;
import pantheon.night.queue.Task;
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
                "Checks configuration, agents, tools, models, workspace, queue and journals, and says what to do.",
        footerHeading = "%nExamples:%n",
        footer = {"  pantheon-night doctor", "  pantheon-night doctor --egress", "  pantheon-night doctor --in-unit"})
final class DoctorCommand implements Callable<Integer> {
    private static final String ELSEWHERE = "not asked here, outside of the night's unit";

    @Mixin
    private ConfigOptions config = new ConfigOptions();

    @Mixin
    private InUnit inUnit = new InUnit();

    @Option(
            names = "--egress",
            description = {
                "Tell what proves that nothing can call out, what it",
                "leaves open, and nothing else. Without a",
                "configuration, no layer around the process is",
                "required."
            })
    private boolean egress;

    @Override
    public Integer call() {
        if (inUnit.isAsked()) {
            return inUnit.run();
        }
        var output = config.output();
        boolean outside = config.find().filter(inUnit::isOutside).isPresent();
        var worst = egress ? new EgressReport(output, outside).print(evidence()) : look(output, outside);
        if (outside) {
            output.say("what is unasked is the night's unit's alone; to ask all of it: " + inUnit.remedy());
        }
        return worst.status();
    }

    private ExitCode look(Output output, boolean outside) {
        var setup = Setup.load(config.file(), Map.of());
        var findings = new Findings(output);
        findings.check(
                "configuration",
                () -> "%s, %s".formatted(config.file(), Count.of(setup.values().size(), "value")));
        setup.agents()
                .values()
                .forEach(agent -> findings.check(
                        "agent %s@%s".formatted(agent.name(), agent.version()), () -> AgentWords.of(agent)));
        setup.agents()
                .values()
                .forEach(agent -> setup.stranger(agent)
                        .ifPresent(words -> findings.found(Mark.WARNING, "model " + agent.model(), List.of(words))));
        setup.agents()
                .values()
                .forEach(agent -> setup.unscored(agent)
                        .ifPresent(words -> findings.found(Mark.WARNING, "model " + agent.model(), List.of(words))));
        setup.agents().values().stream()
                .flatMap(agent -> setup.format(agent).stream())
                .distinct()
                .forEach(words -> findings.found(Mark.WARNING, "format", List.of(words)));
        boolean provable = !outside || setup.egress().collect().missing().isEmpty();
        findings.check(provable, "egress", ELSEWHERE, () -> egress(setup)); // first of all that can be a problem
        boolean proven = findings.worst() != ExitCode.EGRESS;
        commands(findings, setup);
        if (!provable) {
            setup.agents()
                    .values()
                    .forEach(agent -> findings.found(Mark.UNASKED, "model " + agent.model(), List.of(ELSEWHERE)));
        } else if (proven) { // nothing foreign is loaded where it is not proven that nothing can call out
            models(findings, setup);
        }
        SlurmJob.here(System.getenv()).ifPresent(job -> slurm(findings, setup, job));
        folders(findings, setup, !outside);
        output.result(findings.json());
        return findings.worst();
    }

    /** A model is loaded unless what it needs is not installed; what one needs that no agent uses is looked at, too. */
    private static void models(Findings findings, Setup setup) {
        var used = setup.agents().values().stream().map(Agent::model).collect(Collectors.toSet());
        var lacking = new TreeSet<String>();
        setup.installed().forEach((name, look) -> {
            if (!used.contains(name)) {
                findings.look(Mark.UNUSED, "engine of model " + name, () -> look.get() + "; no agent uses it");
            } else if (!findings.check("engine of model " + name, look)) {
                lacking.add(name);
            }
        });
        setup.agents().values().stream()
                .filter(agent -> !lacking.contains(agent.model()))
                .forEach(agent -> findings.check("model " + agent.model(), () -> model(setup, agent)));
    }

    /** What the script of a job says, which no other check knows of. */
    private static void slurm(Findings findings, Setup setup, SlurmJob job) {
        boolean hasNetwork = setup.egress().collect().evidence().stream()
                .anyMatch(evidence -> evidence.check() == PreflightCheck.PRIVATE_NETWORK && !evidence.holds());
        var problems = job.problems(setup.config(), hasNetwork, new SystemClock().instant(), ZoneId.systemDefault());
        findings.found(
                problems.isEmpty() ? Mark.OK : Mark.WARNING,
                "job script",
                problems.isEmpty() ? List.of("nothing to change") : problems);
    }

    /** Whose the repository is, whether folders can be written, and where the key comes from is of who the night runs as. */
    private static void folders(Findings findings, Setup setup, boolean asNight) {
        var log = setup.config().log();
        findings.check(
                asNight, "workspace", ELSEWHERE, () -> workspace(setup.config().workspace(), findings));
        findings.check("queue", () -> queue(setup));
        findings.check(
                asNight, "state", ELSEWHERE, () -> writable(setup.config().state()));
        findings.check(asNight, "log", ELSEWHERE, () -> writable(log));
        findings.check(asNight, "signing", ELSEWHERE, () -> signing(setup));
        findings.check("journals", () -> journals(setup));
        findings.check("agents", () -> waiting(setup, findings));
        History.strangers(log)
                .forEach(file -> findings.found(
                        Mark.WARNING,
                        "log",
                        List.of(
                                "%s is no journal, so no command reads it; expected a file named by a night's id, such as 20261123-220000.jsonl. Move it out of the folder."
                                        .formatted(file))));
    }

    /** Agents whose tasks wait for a person; a broken journal was told already. */
    private static String waiting(Setup setup, Findings findings) {
        var waiting = Waiting.of(History.of(setup.config().log()), Decisions.of(setup.state()))
                .stops();
        waiting.forEach(stop -> findings.found(Mark.WARNING, "agent " + stop.agent(), List.of(stop.words())));
        return waiting.isEmpty() ? "none waits for a person" : Count.of(waiting.size(), "stop") + " to look at";
    }

    private static String workspace(Path folder, Findings findings) {
        try (var workspace = Workspace.open(folder)) {
            var leftOut = LeftOutFiles.lines(workspace.leftOut());
            if (!leftOut.isEmpty()) {
                findings.found(Mark.WARNING, "workspace", leftOut);
            }
            workspace.requireWritable();
            return "%s at %s, %s"
                    .formatted(
                            folder,
                            workspace.baseCommit().substring(0, 12),
                            Count.of(workspace.paths().size(), "file"));
        }
    }

    /** A tool that no agent uses may be unable to run here; a person should know. */
    private static void commands(Findings findings, Setup setup) {
        var used = setup.usedCommands();
        for (var tool : setup.commands().values()) {
            if (used.contains(tool)) {
                findings.check("tool " + tool.name(), () -> command(tool));
            } else {
                findings.look(Mark.UNUSED, "tool " + tool.name(), () -> command(tool) + "; no agent uses it");
            }
        }
    }

    private static String command(CommandTool tool) {
        tool.require();
        return "%s, %s".formatted(tool.summary(), ConfinedChild.evidence());
    }

    private EgressProof evidence() {
        return config.find()
                .map(file -> Setup.load(file, Map.of()).egress().collect())
                .orElseGet(Setup::processAlone);
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
            int left = engine.model().contextTokens() - tokens;
            if (left < 1) {
                throw new NightException(
                        ExitCode.CONFIG,
                        "agent %s: its prompt of %d tokens does not fit the context of %d. Shorten it, or raise the model's contextTokens."
                                .formatted(agent.name(), tokens, engine.model().contextTokens()));
            }
            conversation.generate(prompt, new GenerationLimits(1, Duration.ofMinutes(10)));
            agent.grammar().ifPresent(engine::ready);
            return "%s%s, digest %s, context %d tokens%s, prompt of %s %d tokens%s%s"
                    .formatted(
                            engine.model().origin(),
                            rows(engine),
                            engine.model().digest().substring(0, 12),
                            engine.model().contextTokens(),
                            engine.memoryBytes() == 0
                                    ? ""
                                    : ", %,d MB at most".formatted(engine.memoryBytes() / 1_000_000),
                            agent.name(),
                            tokens,
                            shortOf(agent.limits().stepTokens(), left),
                            loosened(engine));
        }
    }

    /** Whether conversations beside one another change what each says, where an engine tells. */
    private static String rows(Engine engine) {
        var facts = engine.model().facts();
        var attention = facts.get("attention");
        return attention == null
                ? ""
                : ", attention %s, rows %s".formatted(attention, facts.getOrDefault("rows", "alone"));
    }

    /** What an engine leaves to validation though the agent's grammar holds it. */
    private static String loosened(Engine engine) {
        var loosened = engine.model().facts().get("loosened");
        return loosened == null ? "" : ", which leaves to validation: " + loosened;
    }

    /** A turn may be as long as what is left of the context, whatever its limit; a night goes on all the same. */
    private static String shortOf(int stepTokens, int left) {
        return left >= stepTokens
                ? ""
                : ", which leaves a turn %d of the %d that stepTokens allows".formatted(left, stepTokens);
    }

    private static String queue(Setup setup) {
        var queue = setup.queue();
        var problems = new ArrayList<>(queue.problems());
        if (queue.tasks().stream().anyMatch(Task::isDependent)) {
            Dependencies.of(queue.tasks())
                    .problems(History.of(setup.config().log()))
                    .forEach((task, problem) -> problems.add("task %s: %s".formatted(task.id(), problem)));
        }
        if (!problems.isEmpty()) {
            throw new NightException(ExitCode.DATA, problems);
        }
        return Count.of(queue.tasks().size(), "task");
    }

    private static String journals(Setup setup) {
        var log = setup.config().log();
        var problems = new ArrayList<NightException>();
        var journals = History.journals(log);
        for (var journal : journals) {
            collect(problems, () -> JournalReader.read(journal, entry -> {}));
        }
        collect(problems, () -> PrunedNights.of(log));
        if (problems.isEmpty()) {
            collect(problems, () -> new Traces(setup.state()).require(History.of(log), setup.log()));
        }
        if (!problems.isEmpty()) {
            throw new NightException(
                    problems.getFirst().exitCode(),
                    problems.stream()
                            .flatMap(problem -> problem.lines().stream())
                            .toList());
        }
        return Count.of(journals.size(), "night") + ", all lines sound";
    }

    private static void collect(List<NightException> problems, Runnable reading) {
        try {
            reading.run();
        } catch (NightException e) {
            problems.add(e);
        }
    }

    private static String signing(Setup setup) {
        return setup.signingKey(System.getenv())
                .map(key -> "signed by " + key.verifyingKey().id())
                .orElse("not signed: there is no signing key");
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
        NightLock.require(folder);
        return folder.toString();
    }
}
