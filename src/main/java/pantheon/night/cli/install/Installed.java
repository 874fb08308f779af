package pantheon.night.cli.install;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import pantheon.night.ExitCode;
import pantheon.night.IoReason;
import pantheon.night.NightException;
import pantheon.night.config.ConfigLoader;
import pantheon.night.config.NightConfig;
import pantheon.night.disk.RegularFile;

/**
 * The program as it is installed for systemd.
 *
 * @param home the program's folder
 * @param configuration the file that the unit starts nights with
 */
record Installed(Path home, Path configuration) {
    static final Path CONFIGURATION = Path.of("/etc/pantheon-night/pantheon-night.yaml");

    private static final Set<Path> UNITS = Set.of(Path.of("/etc/systemd/system"), Path.of("/usr/lib/systemd/system"));
    private static final Pattern MODEL = Pattern.compile("(?m)^model: *(\\S+) *$");
    private static final int MOST_BYTES = 1 << 20;

    /**
     * Makes sure that there are units for nights.
     *
     * @throws NightException with exit code 78 where there are none
     */
    void requireUnits() {
        if (UNITS.stream().noneMatch(folder -> Files.exists(folder.resolve("pantheon-night.service")))) {
            throw new NightException(
                    ExitCode.CONFIG,
                    "there is no unit pantheon-night.service in /etc/systemd/system or /usr/lib/systemd/system; expected the program to be installed for systemd. Install the package; at a desk, run pantheon-night init.");
        }
    }

    /** Whether the configuration is there; one that was named has to be. */
    boolean isConfigured() {
        return Files.exists(configuration) || !configuration.equals(CONFIGURATION);
    }

    /** The configuration, or as long as there is none, the one that ships. */
    NightConfig config() {
        var file = isConfigured() ? configuration : home.resolve("config/pantheon-night.yaml");
        return ConfigLoader.load(file, Map.of(), Map.of()).config();
    }

    /** The agents that ship for other models than the embedded one. */
    Path moreAgents() {
        return home.resolve("config/more-agents");
    }

    /** The names of the agents that can be chosen: those that are configured, and those that ship. */
    Set<String> agents(Path configured) {
        var names = new TreeSet<String>();
        Stream.of(configured, home.resolve("config/agents"), moreAgents()).forEach(folder -> addAgents(folder, names));
        return names;
    }

    private static void addAgents(Path folder, Set<String> names) {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (var files = Files.newDirectoryStream(folder, "*.yaml")) {
            files.forEach(file -> names.add(file.getFileName().toString().replaceFirst("\\.yaml$", "")));
        } catch (IOException e) {
            throw unreadable(folder, e);
        }
    }

    /** The model that an agent's file names. */
    static String model(Path agent) {
        try {
            var found = MODEL.matcher(RegularFile.text(agent, MOST_BYTES));
            return found.find() ? found.group(1) : "";
        } catch (IOException e) {
            throw unreadable(agent, e);
        }
    }

    /** The units by which a team's repository is fetched and pushed, as they ship. */
    Path teamUnits() {
        return home.resolve("systemd/team");
    }

    /** Whether a file is there with this text. */
    static boolean has(Path file, String text) {
        return Files.exists(file) && text(file).equals(text);
    }

    static String text(Path file) {
        try {
            return RegularFile.text(file, MOST_BYTES);
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    private static NightException unreadable(Path file, IOException e) {
        return new NightException(
                ExitCode.IO,
                "%s cannot be read: %s. Check its owner and mode.".formatted(file, IoReason.of(e, file)),
                e);
    }
}
