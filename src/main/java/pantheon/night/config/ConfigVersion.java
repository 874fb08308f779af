package pantheon.night.config;

import java.math.BigInteger;
import tools.jackson.databind.JsonNode;

/**
 * The version of a configuration's form, its key {@value #KEY}: another one where a key means something else, or is gone.
 * A file without it is of the current one.
 */
public final class ConfigVersion {
    public static final int CURRENT = 1;

    static final String KEY = "version";

    private ConfigVersion() {}

    static boolean isLater(JsonNode version) {
        return version.isIntegralNumber() && version.bigIntegerValue().compareTo(BigInteger.valueOf(CURRENT)) > 0;
    }

    /** What is wrong with a file of a later one. */
    static String words(JsonNode version) {
        return "version is %s, and this program knows configurations up to version %d. Upgrade the program, or go back to the file that was written for it; CHANGELOG.md tells what each version changed."
                .formatted(version, CURRENT);
    }
}
