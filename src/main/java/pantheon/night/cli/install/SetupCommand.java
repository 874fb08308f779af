package pantheon.night.cli.install;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import pantheon.night.ExitCode;
import pantheon.night.NightException;
import pantheon.night.cli.option.ConfigOptions;
import pantheon.night.cli.setup.ProgramHome;
import pantheon.night.contract.Json;
import pantheon.night.report.section.ShellWord;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** Prepares an installed program for nights on a repository. */
@Command(
        name = "setup",
        mixinStandardHelpOptions = true,
        exitCodeOnInvalidInput = 64,
        description = {
            "Prepares the installed program for nights on a repository of yours, or of a team's, as root.",
            "Whatever is missing is told first, with the command that brings it, and nothing else is changed.",
            "What is there already stays, so it may be run again. Without systemd, at a desk, there is init."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  pantheon-night setup /home/me/docs",
            "  pantheon-night setup /home/me/docs --dry-run",
            "  pantheon-night setup /srv/docs --yes --no-timer",
            "  pantheon-night setup --remote git@git.example.org:docs.git --branch main"
        })
public final class SetupCommand implements Callable<Integer> {
    private static final String USUAL_AGENT = "docops.front-matter";

    @Mixin
    private ConfigOptions config = new ConfigOptions();

    @Parameters(
            paramLabel = "REPOSITORY",
            arity = "0..1",
            description = "The git repository whose documents nights shall work on.")
    private @Nullable Path repository;

    @Option(
            names = "--remote",
            paramLabel = "URL",
            description = {
                "In place of REPOSITORY: a team's, which a user of",
                "its own fetches before the night and pushes to",
                "after it."
            })
    private @Nullable String remote;

    @Option(names = "--branch", paramLabel = "NAME", description = "The branch of --remote that nights begin on; main.")
    private @Nullable String branch;

    @Option(
            names = "--agent",
            paramLabel = "AGENT",
            description = {
                "An agent that shall be used, beside those that",
                "are configured: one of those that ship. May stand",
                "several times."
            })
    private List<String> agents = List.of();

    @Option(names = "--no-timer", description = "Leave the timer off, and say how it is switched on.")
    private boolean noTimer;

    @Option(names = "--dry-run", description = "Say what would be done, and do nothing.")
    private boolean dryRun;

    @Option(
            names = {"-y", "--yes"},
            description = "Do it without asking; needed where nobody can be asked.")
    private boolean yes;

    @Override
    public Integer call() {
        requireRoot();
        var installed = new Installed(ProgramHome.folder(), config.named().orElse(Installed.CONFIGURATION));
        installed.requireUnits();
        return repository == null ? team(installed, team()) : own(installed, OwnRepository.at(repository));
    }

    private int own(Installed installed, OwnRepository own) {
        if (remote != null || branch != null) {
            throw usage("--remote and --branch are for a team's repository, in place of REPOSITORY. Leave one out.");
        }
        var steps = SetupPlan.of(installed, own, agents, !noTimer);
        return done(installed, own.path().toString(), steps, next(own));
    }

    private TeamRemote team() {
        if (remote == null) {
            throw usage("setup takes REPOSITORY, yours, or --remote URL, a team's. Nothing was done.");
        }
        return new TeamRemote(remote, branch == null ? "main" : branch);
    }

    private int team(Installed installed, TeamRemote team) {
        return done(installed, team.url(), TeamPlan.of(installed, team, agents, !noTimer), next(team));
    }

    private int done(Installed installed, String whose, List<Step> steps, List<String> next) {
        tell(steps);
        if (!dryRun && mayBegin(steps)) {
            steps.forEach(this::take);
            next.forEach(config.output()::say);
        }
        config.output().result(json(installed, whose, steps));
        return ExitCode.OK.status();
    }

    private static NightException usage(String words) {
        return new NightException(ExitCode.USAGE, words);
    }

    private static void requireRoot() {
        var user = System.getProperty("user.name");
        if (!"root".equals(user)) {
            throw new NightException(
                    ExitCode.CANT_CREATE,
                    "setup looks at the system and changes it, which user %s may not; expected root. Run sudo pantheon-night setup."
                            .formatted(user));
        }
    }

    private void tell(List<Step> steps) {
        var output = config.output();
        if (steps.isEmpty()) {
            output.say("nothing is missing, so nothing is changed");
            return;
        }
        output.say(dryRun ? "setup would do this:" : "setup does this:");
        for (var step : steps) {
            output.say("  " + step.what());
            output.say("      " + step.command().shown());
        }
    }

    /** Whether a person says so, now or beforehand. */
    private boolean mayBegin(List<Step> steps) {
        if (yes || steps.isEmpty()) {
            return true;
        }
        if (!config.output().isTerminal()) {
            throw new NightException(
                    ExitCode.USAGE,
                    "nobody is here to agree to it, so nothing was done. Say --yes to have it done, or --dry-run to see it alone.");
        }
        var answer = Objects.requireNonNull(System.console()).readLine("Do it? [y/N] ");
        boolean agreed =
                answer != null && List.of("y", "yes").contains(answer.strip().toLowerCase(Locale.ROOT));
        if (!agreed) {
            config.output().say("nothing was done");
        }
        return agreed;
    }

    private void take(Step step) {
        step.take();
        config.output().say("done: " + step.what());
    }

    private List<String> next(TeamRemote team) {
        var lines = new ArrayList<String>();
        lines.add("what is next:");
        lines.add("its key for %s:  as user %s, in %s/.ssh".formatted(team.url(), TeamPlan.USER, TeamPlan.HOME));
        lines.add("fetch now:                sudo systemctl start pantheon-night-fetch");
        lines.add("who may queue tasks:      sudo usermod --append --groups pantheon-night NAME");
        lines.addAll(nights());
        return lines;
    }

    private List<String> next(OwnRepository own) {
        var lines = new ArrayList<String>();
        lines.add("what is next, in %s:".formatted(ShellWord.of(own.path().toString())));
        if (!own.owner().equals("root")) {
            lines.add("in the group from now on: newgrp pantheon-night, or log in again as " + own.owner());
        }
        lines.addAll(nights());
        lines.add("after each change:        git push %s %s".formatted(SetupPlan.REMOTE, own.branch()));
        return lines;
    }

    private List<String> nights() {
        var agent = agents.isEmpty() ? USUAL_AGENT : agents.getFirst();
        var lines = new ArrayList<String>();
        lines.add("queue documents:          pantheon-night enqueue --agent %s '**.md'".formatted(agent));
        lines.add("how long would it take:   pantheon-night --dry-run");
        lines.add("begin a night now:        sudo systemctl start pantheon-night");
        if (noTimer || !Systemd.isHere()) {
            lines.add("begin one each night:     sudo systemctl enable --now " + Systemd.TIMER);
        }
        return lines;
    }

    private JsonNode json(Installed installed, String whose, List<Step> steps) {
        var json = Json.object()
                .put("dry_run", dryRun)
                .put("repository", whose)
                .put("workspace", installed.config().workspace().toString());
        var array = json.putArray("steps");
        steps.forEach(step -> array.addObject()
                .put("what", step.what())
                .put("command", step.command().shown()));
        return json;
    }
}
