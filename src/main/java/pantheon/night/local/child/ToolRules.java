package pantheon.night.local.child;

import java.nio.file.Path;
import java.util.List;
import pantheon.night.NightException;
import pantheon.night.local.Kernel;

/** The Landlock rules of a tool: the system's programs and libraries, and what its command names. */
final class ToolRules {
    /** Programs and libraries, and the few files that most of them read; not /proc, /sys, /run, /home or /var. */
    private static final List<Path> SYSTEM = List.of(
                    "/usr",
                    "/bin",
                    "/sbin",
                    "/lib",
                    "/lib32",
                    "/lib64",
                    "/etc/ld.so.cache",
                    "/etc/alternatives",
                    "/etc/localtime",
                    "/etc/nsswitch.conf",
                    "/etc/passwd",
                    "/etc/group",
                    "/etc/ssl/openssl.cnf",
                    "/dev/null",
                    "/dev/zero",
                    "/dev/full",
                    "/dev/random",
                    "/dev/urandom")
            .stream()
            .map(Path::of)
            .toList();

    private static final Path NULL = Path.of("/dev/null");

    private ToolRules() {}

    /** The rules for a command, to be closed once they are taken on. */
    static Landlock of(ChildCommand command, Kernel kernel) {
        var rules = Landlock.denyingAll(kernel);
        try {
            SYSTEM.forEach(path -> rules.allow(path, Landlock.READ));
            rules.allow(NULL, Landlock.READ | Landlock.WRITE_FILE);
            command.readable().forEach(path -> rules.allow(path, Landlock.READ));
            command.writable().forEach(path -> rules.allow(path, Landlock.WRITE));
            return rules;
        } catch (NightException e) {
            rules.close();
            throw e;
        }
    }
}
