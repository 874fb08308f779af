package pantheon.night.cli.setup;

import java.io.IOException;
import java.util.Properties;
import pantheon.night.config.ConfigVersion;
import picocli.CommandLine.IVersionProvider;

/** The program's version, the commit that it was built from, as the build wrote both, and what runs it. */
public final class ProgramVersion implements IVersionProvider {
    public static String text() {
        return built().getProperty("version");
    }

    private static Properties built() {
        try (var stream = ProgramVersion.class.getResourceAsStream("/version.properties")) {
            var properties = new Properties();
            properties.load(stream);
            return properties;
        } catch (IOException e) {
            throw new IllegalStateException("version.properties is missing from the program", e);
        }
    }

    /** The commit, in words; a build that was not made in a checkout of its own repository knows none. */
    static String commit(Properties built) {
        var commit = built.getProperty("commit", "");
        if (!commit.matches("[0-9a-f]{40}")) {
            return "commit unknown, built outside of a git checkout";
        }
        return switch (built.getProperty("changed", "")) {
            case "false" -> "commit " + commit;
            case "true" -> "commit %s and changes that were not committed".formatted(commit);
            default -> "commit %s, and whether anything else is not known".formatted(commit);
        };
    }

    @Override
    public String[] getVersion() {
        return new String[] {
            "pantheon-night %s, %s".formatted(text(), commit(built())),
            "configuration version %d".formatted(ConfigVersion.CURRENT),
            "Java %s, %s".formatted(System.getProperty("java.runtime.version"), System.getProperty("java.vendor"))
        };
    }
}
