package pantheon.night.cli.install;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import pantheon.night.ExitCode;
import pantheon.night.NightException;

/**
 * What is missing until nights work on a repository that a team has elsewhere: a bare one here, and units of a user of their
 * own that fetch into it before the night, and push and tell the news after it. What is there already is no step.
 */
final class TeamPlan {
    /** Who fetches and pushes, and has the keys for it. */
    static final String USER = "night-sync";

    static final Path HOME = Path.of("/var/lib/night-sync");

    private static final Path NEWS = Path.of("/etc/pantheon-night/news");
    private static final String FETCH_UNIT = "pantheon-night-fetch.service";
    private static final String NEWS_UNIT = "pantheon-night-news.service";

    /** What the units that ship are written for. */
    private static final String SHIPPED_PATH = "/srv/docs.git";

    private static final String SHIPPED_REFS = "refs/heads/main:refs/heads/main";

    private final Installed installed;
    private final TeamRemote remote;
    private final NightRepository night;
    private final ProgramSteps steps;

    private TeamPlan(Installed installed, TeamRemote remote) {
        this.installed = installed;
        this.remote = remote;
        this.night = NightRepository.at(installed.config().workspace());
        this.steps = new ProgramSteps(installed);
    }

    /**
     * The steps.
     *
     * @param agents those that are chosen by name
     * @param timer whether nights shall begin by themselves
     */
    static List<Step> of(Installed installed, TeamRemote remote, List<String> agents, boolean timer) {
        var plan = new TeamPlan(installed, remote);
        TeamRemote.requireNameable(plan.night.path());
        plan.steps.place();
        agents.forEach(plan.steps::agent);
        plan.user();
        plan.repository();
        plan.steps.safe(plan.night.path());
        plan.teamUnits();
        plan.steps.units(timer);
        return plan.steps.all();
    }

    private void user() {
        if (!SystemCommand.of("id", USER).run().isGood()) {
            steps.file(
                    "there is a user for it, who fetches and pushes",
                    Path.of("/etc/sysusers.d/pantheon-night-team.conf"),
                    Installed.text(installed.teamUnits().resolve("team.sysusers.conf")));
            steps.add("it has a number on this machine", "systemd-sysusers", "pantheon-night-team.conf");
        }
        if (!Files.isDirectory(HOME)) {
            steps.add(
                    "%s is there, for its keys".formatted(HOME),
                    "install",
                    "-d",
                    "-m",
                    "700",
                    "-o",
                    USER,
                    "-g",
                    USER,
                    HOME.toString());
        }
    }

    private void repository() {
        if (!night.isThere()) {
            steps.groupFolder("%s, nights and the group work in it".formatted(USER), night.path(), USER);
            steps.add(
                    "it is a bare git repository, on the branch %s".formatted(remote.branch()),
                    git("init", "--quiet", "--bare", "--shared=group", "--initial-branch=" + remote.branch()));
        }
        var url = night.isThere() ? origin() : "";
        if (url.isEmpty()) {
            steps.add("it knows where the team's is", git("remote", "add", "origin", remote.url()));
        } else if (!url.equals(remote.url())) {
            throw taken(
                    "%s has the remote \"origin\" already, %s; expected none, or %s. Name that, or take it away: git -C %1$s remote remove origin."
                            .formatted(night.path(), url, remote.url()));
        }
    }

    private SystemCommand git(String... words) {
        return SystemCommand.git(night.path(), words).as(USER);
    }

    /** Where a repository that is there fetches from; empty where it was not told. */
    private String origin() {
        var path = night.path().toString();
        return SystemCommand.of(
                        "git", "-c", "safe.directory=" + path, "-C", path, "config", "--get", "remote.origin.url")
                .run()
                .said()
                .strip();
    }

    /** Units that are there may have been changed by hand, and stay. */
    private void teamUnits() {
        unit("what people pushed is there before the night", FETCH_UNIT);
        unit("the night's branches go to where people look", "pantheon-night-push.service");
        if (Files.exists(NEWS)) {
            unit("%s is told of the night".formatted(NEWS), NEWS_UNIT);
        }
        var fetch = Systemd.UNITS.resolve(FETCH_UNIT);
        if (Files.exists(fetch)
                && !Installed.text(fetch).contains("%s fetch origin +%s".formatted(night.path(), remote.refs()))) {
            throw taken(
                    "%s is there, and fetches something else than %s into %s; expected none, or the one that does. Correct it, or remove it so that setup writes it."
                            .formatted(fetch, remote.branch(), night.path()));
        }
        var dropIn = shipped("pantheon-night.service.conf");
        whereMissing(
                "a night begins after the one, and ends before the others",
                Systemd.UNITS.resolve("pantheon-night.service.d/team.conf"),
                Files.exists(NEWS) ? dropIn : dropIn.replace(" " + NEWS_UNIT, ""));
    }

    private void unit(String what, String name) {
        whereMissing(what, Systemd.UNITS.resolve(name), shipped(name));
    }

    private void whereMissing(String what, Path file, String text) {
        if (!Files.exists(file)) {
            steps.file(what, file, text);
        }
    }

    private String shipped(String name) {
        return Installed.text(installed.teamUnits().resolve(name))
                .replace(SHIPPED_PATH, night.path().toString())
                .replace(SHIPPED_REFS, remote.refs());
    }

    private static NightException taken(String words) {
        return new NightException(ExitCode.CANT_CREATE, words);
    }
}
