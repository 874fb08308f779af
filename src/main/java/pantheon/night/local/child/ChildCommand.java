package pantheon.night.local.child;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import pantheon.night.KeptOrder;

/**
 * A command to be run confined.
 *
 * @param argv the program's absolute path, then its arguments; no shell reads them
 * @param environment all variables that it gets
 * @param directory where it runs
 * @param readable what it may read and execute, beside the system's programs and libraries
 * @param writable directories in which it may also make, change and remove files
 * @param metadata whether it may change modes, owners and times by path, which no rule can limit to its directories
 */
public record ChildCommand(
        List<String> argv,
        Map<String, String> environment,
        Path directory,
        List<Path> readable,
        List<Path> writable,
        boolean metadata,
        ChildLimits limits) {
    public ChildCommand {
        argv = List.copyOf(argv);
        environment = KeptOrder.map(environment);
        readable = List.copyOf(readable);
        writable = List.copyOf(writable);
    }
}
