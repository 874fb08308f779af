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

/** What is missing of the program itself, whosever repository nights work on; what is there already is no step. */
final class ProgramSteps {
    private static final String GROUP_FOLDER_MODE = "2770";

    private final Installed installed;
    private final NightConfig config;
    private final List<Step> steps = new ArrayList<>();

    ProgramSteps(Installed installed) {
        this.installed = installed;
        this.config = installed.config();
    }

    /** All so far, in the order in which they are done. */
    List<Step> all() {
        return List.copyOf(steps);
    }

    void add(String what, String... words) {
        add(what, SystemCommand.of(words));
    }

    void add(String what, SystemCommand command) {
        steps.add(new Step(what, command));
    }

    /** A file with a text, where it has another one or is not there. */
    void file(String what, Path file, String text) {
        if (!Installed.has(file, text)) {
            add(what, new SystemCommand(List.of("install", "-D", "-m", "644", "/dev/stdin", file.toString()), text));
        }
    }

    /** The user, the folders and the configuration, where the package did not bring them or somebody removed them. */
    void place() {
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
        groupFolder(what, folder, NightRepository.USER);
    }

    /** A folder in which the group may write, and in which all is the group's. */
    void groupFolder(String what, Path folder, String owner) {
        if (!isGroups(folder)) {
            add(
                    "%s is there, and %s".formatted(folder, what),
                    "install",
                    "-d",
                    "-m",
                    GROUP_FOLDER_MODE,
                    "-o",
                    owner,
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
    void agent(String name) {
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

    /** Git works in a repository of others where it is called safe. */
    void safe(Path repository) {
        var path = repository.toString();
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

    /** What systemd has to be told, and do; nothing where it is not here. */
    void units(boolean timer) {
        if (!Systemd.isHere()) {
            return;
        }
        if (steps.stream().anyMatch(step -> step.command().shown().contains(Systemd.UNITS.toString()))) {
            add("systemd knows of it", "systemctl", "daemon-reload");
        }
        if (!Files.exists(config.egress().gate())) {
            add("it is proven that nights reach no network", "systemctl", "start", "pantheon-night-gate.service");
        }
        if (timer && !Systemd.isTimerOn()) {
            add("nights begin by themselves, at the timer's hour", "systemctl", "enable", "--now", Systemd.TIMER);
        }
    }
}
