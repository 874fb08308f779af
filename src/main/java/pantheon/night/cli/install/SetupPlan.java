package pantheon.night.cli.install;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import pantheon.night.ExitCode;
import pantheon.night.IoReason;
import pantheon.night.NightException;
import pantheon.night.config.NightConfig;

/**
 * What is missing until nights begin on a repository, in the order in which it is done. What is there already is no step, so
 * a second plan is empty.
 */
final class SetupPlan {
    /** What a person's git calls the nights' repository. */
    static final String REMOTE = "night";

    private static final String GROUP_FOLDER_MODE = "2770";

    /** What the unit may write in any case. */
    private static final Path STATE = Path.of("/var/lib/pantheon-night");

    private final Installed installed;
    private final NightConfig config;
    private final OwnRepository own;
    private final NightRepository night;
    private final List<Step> steps = new ArrayList<>();

    private SetupPlan(Installed installed, OwnRepository own) {
        this.installed = installed;
        this.config = installed.config();
        this.own = own;
        this.night = NightRepository.at(config.workspace());
    }

    /**
     * The steps.
     *
     * @param agents those that are chosen by name
     * @param timer whether nights shall begin by themselves
     */
    static List<Step> of(Installed installed, OwnRepository own, List<String> agents, boolean timer) {
        var plan = new SetupPlan(installed, own);
        plan.place();
        agents.forEach(plan::agent);
        plan.nightRepository();
        plan.person();
        if (!own.path().equals(plan.night.path())) {
            plan.ownRepository();
        }
        plan.dropIn();
        if (Systemd.isHere()) {
            plan.units(timer);
        }
        return plan.steps;
    }

    private void add(String what, String... words) {
        add(what, SystemCommand.of(words));
    }

    private void add(String what, SystemCommand command) {
        steps.add(new Step(what, command));
    }

    /** The user, the folders and the configuration, where the package did not bring them or somebody removed them. */
    private void place() {
        if (!SystemCommand.of("id", NightRepository.USER).run().isGood()) {
            add("nights have a user of their own", "systemd-sysusers", "pantheon-night.conf");
        }
        if (!installed.isConfigured()) {
            configuration(
                    installed.home(), String.valueOf(installed.configuration().getParent()));
        }
        groupFolder("the group queues tasks in it", config.queue());
        groupFolder("the group decides of tasks in it", config.state().resolve("decisions"));
    }

    private void configuration(Path home, String folder) {
        add("%s is there, for the configuration".formatted(folder), "mkdir", "--parents", folder);
        var copy = new ArrayList<>(List.of("cp", "--recursive", "--no-clobber", "--target-directory=" + folder));
        for (var shipped :
                List.of("config/pantheon-night.yaml", "config/agents", "config/tools", "systemd/egress.nft")) {
            copy.add(home.resolve(shipped).toString());
        }
        add("the configuration is the one that ships", new SystemCommand(copy, ""));
    }

    private void groupFolder(String what, Path folder) {
        if (!isGroups(folder)) {
            add(
                    "%s is there, and %s".formatted(folder, what),
                    "install",
                    "-d",
                    "-m",
                    GROUP_FOLDER_MODE,
                    "-o",
                    NightRepository.USER,
                    "-g",
                    NightRepository.USER,
                    folder.toString());
        }
    }

    private static boolean isGroups(Path folder) {
        if (!Files.isDirectory(folder)) {
            return false;
        }
        try {
            int mode = (int) Files.getAttribute(folder, "unix:mode");
            var group = Files.getAttribute(folder, "posix:group", LinkOption.NOFOLLOW_LINKS);
            return (mode & 02070) == 02070 && group.toString().equals(NightRepository.USER);
        } catch (IOException e) {
            throw new NightException(
                    ExitCode.CANT_CREATE,
                    "%s cannot be looked at: %s. Check its owner.".formatted(folder, IoReason.of(e, folder)),
                    e);
        }
    }

    /** An agent that is not configured yet is one of those that ship. */
    private void agent(String name) {
        var names = installed.agents(config.agents());
        if (!names.contains(name)) {
            throw new NightException(
                    ExitCode.USAGE, "there is no agent \"%s\"; expected one of %s.".formatted(name, names));
        }
        var file = installed.moreAgents().resolve(name + ".yaml");
        if (!Files.exists(config.agents().resolve(name + ".yaml")) && Files.exists(file)) {
            requireModel(name, Installed.model(file));
            add(
                    "agent %s is among those that can be used".formatted(name),
                    "install",
                    "-D",
                    "-m",
                    "644",
                    "-t",
                    config.agents().toString(),
                    file.toString());
        }
    }

    private void requireModel(String agent, String model) {
        if (!config.models().containsKey(model)) {
            throw new NightException(
                    ExitCode.CONFIG,
                    "agent %s runs on a model \"%s\", which %s does not have; expected it in models. Add it (docs/engines.md), or choose another agent."
                            .formatted(agent, model, installed.configuration()));
        }
    }

    private void nightRepository() {
        if (!night.isThere()) {
            groupFolder("nights and the group work in it", night.path());
            add(
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
            add(
                    "%s may queue tasks, push, and decide of the work".formatted(own.owner()),
                    "usermod",
                    "--append",
                    "--groups",
                    NightRepository.USER,
                    own.owner());
        }
        var path = night.path().toString();
        var safe = SystemCommand.of("git", "config", "--system", "--get-all", "safe.directory")
                .run();
        if (safe.said().lines().noneMatch(line -> line.equals("*") || line.equals(path))) {
            add(
                    "git lets others than its owner use %s".formatted(path),
                    "git",
                    "config",
                    "--system",
                    "--add",
                    "safe.directory",
                    path);
        }
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
            add(
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
            add(
                    "git push %1$s and git fetch %1$s go there from %2$s".formatted(REMOTE, own.path()),
                    own.git("remote", "add", REMOTE, night.path().toString()));
        }
    }

    /** Without that umask what a night writes in the repository would keep the group from writing beside it. */
    private void dropIn() {
        var elsewhere = night.path().startsWith(STATE) ? "" : "ReadWritePaths=%s\n".formatted(night.path());
        var text = "[Service]\nUMask=0007\n" + elsewhere;
        if (!Installed.has(Systemd.DROP_IN, text)) {
            add(
                    "what nights write in %s is the group's too".formatted(night.path()),
                    new SystemCommand(
                            List.of("install", "-D", "-m", "644", "/dev/stdin", Systemd.DROP_IN.toString()), text));
            if (Systemd.isHere()) {
                add("systemd knows of it", "systemctl", "daemon-reload");
            }
        }
    }

    private void units(boolean timer) {
        if (!Files.exists(config.egress().gate())) {
            add("it is proven that nights reach no network", "systemctl", "start", "pantheon-night-gate.service");
        }
        if (timer && !Systemd.isTimerOn()) {
            add("nights begin by themselves, at the timer's hour", "systemctl", "enable", "--now", Systemd.TIMER);
        }
    }
}
