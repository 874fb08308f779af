package pantheon.night.cli.install;

import java.nio.file.Path;
import java.util.List;
import pantheon.night.ExitCode;
import pantheon.night.NightException;

/**
 * What is missing until nights begin on a repository, in the order in which it is done. What is there already is no step, so
 * a second plan is empty.
 */
final class SetupPlan {
    /** What a person's git calls the nights' repository. */
    static final String REMOTE = "night";

    /** What the unit may write in any case. */
    private static final Path STATE = Path.of("/var/lib/pantheon-night");

    private final OwnRepository own;
    private final NightRepository night;
    private final ProgramSteps steps;

    private SetupPlan(Installed installed, OwnRepository own) {
        this.own = own;
        this.night = NightRepository.at(installed.config().workspace());
        this.steps = new ProgramSteps(installed);
    }

    /**
     * The steps.
     *
     * @param agents those that are chosen by name
     * @param timer whether nights shall begin by themselves
     */
    static List<Step> of(Installed installed, OwnRepository own, List<String> agents, boolean timer) {
        var plan = new SetupPlan(installed, own);
        plan.steps.place();
        agents.forEach(plan.steps::agent);
        plan.nightRepository();
        plan.person();
        if (!own.path().equals(plan.night.path())) {
            plan.ownRepository();
        }
        plan.dropIn();
        plan.steps.units(timer);
        return plan.steps.all();
    }

    private void nightRepository() {
        if (!night.isThere()) {
            steps.groupFolder("nights and the group work in it", night.path(), NightRepository.USER);
            steps.add(
                    "it is a bare git repository, on the branch %s".formatted(own.branch()),
                    SystemCommand.git(
                                    night.path(),
                                    "init",
                                    "--quiet",
                                    "--bare",
                                    "--shared=group",
                                    "--initial-branch=" + own.branch())
                            .as(NightRepository.USER));
        }
    }

    /** Who pushes, queues and decides; root needs to be told nothing of groups. */
    private void person() {
        if (!own.owner().equals("root") && !own.owner().equals(NightRepository.USER) && !isMember(own.owner())) {
            steps.add(
                    "%s may queue tasks, push, and decide of the work".formatted(own.owner()),
                    "usermod",
                    "--append",
                    "--groups",
                    NightRepository.USER,
                    own.owner());
        }
        steps.safe(night.path());
    }

    private static boolean isMember(String user) {
        var groups = SystemCommand.of("id", "--groups", "--name", user).run();
        return List.of(groups.said().strip().split(" ", -1)).contains(NightRepository.USER);
    }

    /** The branch goes where nights work, as its owner will push it each evening. */
    private void ownRepository() {
        var branch = night.isThere() ? night.branch() : own.branch();
        var commit = night.isThere() ? own.commit(branch) : own.commit();
        if (commit.isEmpty()) {
            throw new NightException(
                    ExitCode.CONFIG,
                    "nights in %s begin on the branch \"%s\", and %s has none of that name; expected the repository that it was made for. Make the branch, or name another folder as workspace."
                            .formatted(night.path(), branch, own.path()));
        }
        if (!night.isThere() || !night.has(commit)) {
            steps.add(
                    "the branch %s is where nights begin".formatted(branch),
                    own.git(
                            "push",
                            "--quiet",
                            "--no-verify",
                            night.path().toString(),
                            "refs/heads/%1$s:refs/heads/%1$s".formatted(branch)));
        }
        remote();
    }

    private void remote() {
        var url = own.git("remote", "get-url", REMOTE).run();
        if (url.isGood() && !url.said().strip().equals(night.path().toString())) {
            throw new NightException(
                    ExitCode.CANT_CREATE,
                    "%s has a remote \"%s\" already, %s; expected none, or %s. Rename it: git remote rename %2$s OTHER."
                            .formatted(own.path(), REMOTE, url.said().strip(), night.path()));
        }
        if (!url.isGood()) {
            steps.add(
                    "git push %1$s and git fetch %1$s go there from %2$s".formatted(REMOTE, own.path()),
                    own.git("remote", "add", REMOTE, night.path().toString()));
        }
    }

    /** Without that umask what a night writes in the repository would keep the group from writing beside it. */
    private void dropIn() {
        var elsewhere = night.path().startsWith(STATE) ? "" : "ReadWritePaths=%s\n".formatted(night.path());
        steps.file(
                "what nights write in %s is the group's too".formatted(night.path()),
                Systemd.DROP_IN,
                "[Service]\nUMask=0007\n" + elsewhere);
    }
}
