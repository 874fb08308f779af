package pantheon.night.cli.setup;

import java.io.IOException;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** The program's version, as the build wrote it. */
public final class ProgramVersion implements IVersionProvider {
    public static String text() {
        try (var stream = ProgramVersion.class.getResourceAsStream("/version.properties")) {
            var properties = new Properties();
            properties.load(stream);
            return properties.getProperty("version");
        } catch (IOException e) {
            throw new IllegalStateException("version.properties is missing from the program", e);
        }
    }

    @Override
    public String[] getVersion() {
        return new String[] {"pantheon-night " + text()};
    }
}
