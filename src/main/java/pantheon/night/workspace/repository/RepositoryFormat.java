package pantheon.night.workspace.repository;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.eclipse.jgit.errors.ConfigInvalidException;
import org.eclipse.jgit.lib.Config;
import pantheon.night.IoReason;
import pantheon.night.NightException;
import pantheon.night.disk.RegularFile;

/**
 * The format that a repository says it has (gitrepository-layout(5), "repository-version"), looked at before JGit opens
 * it: JGit reads on where git refuses, and cuts the ids of a repository with SHA-256.
 */
public final class RepositoryFormat {
    private static final String CORE = "core";
    private static final String EXTENSIONS = "extensions";
    private static final String VERSION = "repositoryFormatVersion";
    private static final int MOST_BYTES = 1 << 22;

    /** What git knows in every version, and what changes nothing here. */
    private static final Set<String> HARMLESS = Set.of("noop", "partialclone", "preciousobjects", "worktreeconfig");

    /** What git takes in version 1 alone → the value that is supported, empty where any is. */
    private static final Map<String, String> OF_VERSION_1 = Map.of(
            "noop-v1", "",
            "relativeworktrees", "",
            "objectformat", "sha1",
            "refstorage", "files");

    private final Location location;
    private final Config config;

    private RepositoryFormat(Location location, Config config) {
        this.location = location;
        this.config = config;
    }

    /**
     * Makes sure that a repository is of a format that this program reads and writes rightly.
     *
     * @throws NightException (78) where it is not, or its configuration cannot be read
     */
    public static void require(Location location) {
        var file = location.commonDirectory().resolve("config");
        if (!Files.exists(file)) {
            return; // version 0, with nothing set
        }
        new RepositoryFormat(location, read(location, file)).require();
    }

    /** What the file itself says; files that it includes have no say in the format. */
    private static Config read(Location location, Path file) {
        var config = new Config();
        try {
            config.fromText(RegularFile.text(file, MOST_BYTES, StandardCharsets.ISO_8859_1));
            return config;
        } catch (IOException | ConfigInvalidException e) {
            throw Unusable.of(
                    location.path(),
                    "has a configuration that cannot be read, %s: %s".formatted(file, IoReason.of(e, file)),
                    "Correct it",
                    e);
        }
    }

    private void require() {
        int version = version();
        if (version < 0 || version > 1) {
            throw unusable("%s.%s = %d; expected 0 or 1".formatted(CORE, VERSION, version));
        }
        for (var group : config.getSubsections(EXTENSIONS)) {
            requireExtension(version, group + ".");
        }
        for (var name : config.getNames(EXTENSIONS)) {
            requireExtension(version, name);
        }
    }

    private int version() {
        var version = config.getString(CORE, null, VERSION);
        if (version == null) {
            return 0;
        }
        try {
            return Integer.parseInt(version.strip());
        } catch (NumberFormatException e) {
            throw unusable("%s.%s = %s; expected 0 or 1".formatted(CORE, VERSION, version));
        }
    }

    /** Git lets version 0 name what it likes, but for what is of version 1. */
    private void requireExtension(int version, String name) {
        var key = name.toLowerCase(Locale.ROOT);
        var expected = OF_VERSION_1.get(key);
        if (expected == null) {
            if (!HARMLESS.contains(key) && (version == 1 || key.equals("compatobjectformat"))) {
                throw unusable("extensions.%s, which is not known here".formatted(name));
            }
            return;
        }
        var value = config.getString(EXTENSIONS, null, name);
        if (!expected.isEmpty() && !expected.equals(value)) {
            throw unusable("extensions.%s = %s; expected %s".formatted(name, value, expected));
        }
        if (version == 0) {
            throw unusable("extensions.%s, but %s.%s is 0".formatted(name, CORE, VERSION));
        }
    }

    private NightException unusable(String what) {
        return Unusable.of(location.path(), "has " + what, "Make a clone of it without that, and work there", null);
    }
}
