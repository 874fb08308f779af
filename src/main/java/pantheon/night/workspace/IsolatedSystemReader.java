package pantheon.night.workspace;

import java.io.File;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.eclipse.jgit.lib.Config;
import org.eclipse.jgit.storage.file.FileBasedConfig;
import org.eclipse.jgit.util.FS;
import org.eclipse.jgit.util.SystemReader;

/**
 * What JGit sees of the system: nothing but the repository. By default it runs git to find the system's configuration,
 * reads the user's, asks for the host's name, and measures the file system with probe files inside {@code .git}; none
 * of that happens here. JGit keeps one such reader for the whole process.
 */
final class IsolatedSystemReader extends SystemReader.Delegate {
    /** Coarser than any file system's clock: JGit then reads once more where it cannot be sure. */
    private static final Duration TIMESTAMP_RESOLUTION = Duration.ofSeconds(1);

    private static final IsolatedSystemReader INSTANCE = new IsolatedSystemReader();

    private IsolatedSystemReader() {
        super(SystemReader.getInstance());
    }

    /** To be called before any repository is opened. */
    static void install() {
        SystemReader.setInstance(INSTANCE);
    }

    @Override
    public String getHostname() {
        return "localhost";
    }

    @Override
    public FileBasedConfig openSystemConfig(Config parent, FS fs) {
        return new NoFile(parent, fs);
    }

    @Override
    public FileBasedConfig openJGitConfig(Config parent, FS fs) {
        return new NoFile(parent, fs);
    }

    @Override
    public FileBasedConfig openUserConfig(Config parent, FS fs) {
        var config = new NoFile(parent, fs);
        config.setBoolean("core", null, "fsyncObjectFiles", true);
        config.setBoolean("core", null, "fsyncRefFiles", true);
        return config;
    }

    /** A configuration that stands in no file. */
    private static final class NoFile extends FileBasedConfig {
        NoFile(Config parent, FS fs) {
            super(parent, new File("/dev/null"), fs);
        }

        @Override
        public void load() {}

        @Override
        public void save() {}

        @Override
        public boolean isOutdated() {
            return false;
        }

        @Override
        public long getTimeUnit(String section, String subsection, String name, long defaultValue, TimeUnit wantUnit) {
            return section.equals("filesystem")
                    ? wantUnit.convert(TIMESTAMP_RESOLUTION)
                    : super.getTimeUnit(section, subsection, name, defaultValue, wantUnit);
        }
    }
}
