package pantheon.night.local.child;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The programs of the system that a tool's start goes through: a shell, env(1) and prlimit(1). */
record Programs(Path shell, Path env, Path limiter) {
    /** Waits for a line, which comes once no thread of this program is where the tool is; at none, nothing begins. */
    private static final String GATE = "read -r begin && exec \"$@\" </dev/null";

    /** Waits for this program's end, however it ends, and ends all that it may signal: everything in the domain. */
    private static final String WATCH = "read -r end; kill -s KILL -- -1";

    /** What a missing program belongs to. */
    private static final List<List<String>> PACKAGES =
            List.of(List.of("sh", "a shell"), List.of("env", "coreutils"), List.of("prlimit", "util-linux"));

    /** Those of this machine, empty where one is missing. */
    static Optional<Programs> find() {
        return missing().isEmpty()
                ? Optional.of(new Programs(
                        file("sh").orElseThrow(),
                        file("env").orElseThrow(),
                        file("prlimit").orElseThrow()))
                : Optional.empty();
    }

    /** What to tell of the first that is missing. */
    static Optional<String> missing() {
        return PACKAGES.stream()
                .filter(program -> file(program.getFirst()).isEmpty())
                .map(program -> "there is no /usr/bin/%s; expected %s. Install it."
                        .formatted(program.getFirst(), program.getLast()))
                .findFirst();
    }

    private static Optional<Path> file(String name) {
        return List.of(Path.of("/usr/bin"), Path.of("/bin")).stream()
                .map(folder -> folder.resolve(name))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /**
     * A command behind the gate, behind the program that sets limits on itself: so they hold from its first instruction
     * on. Its variables go through env, since a shell has its own.
     */
    List<String> gated(ChildCommand command) {
        var argv = new ArrayList<>(List.of(shell.toString(), "-c", GATE, "sh", env.toString(), "-i", "--"));
        command.environment().forEach((name, value) -> argv.add(name + "=" + value));
        argv.add(limiter.toString());
        argv.addAll(limits(command.limits()));
        argv.add("--");
        argv.addAll(command.argv());
        return argv;
    }

    private static List<String> limits(ChildLimits limits) {
        return List.of(
                "--cpu=%d:%d".formatted(limits.cpuSeconds(), limits.cpuSeconds() + 1),
                "--as=" + limits.memoryBytes(),
                "--nproc=" + (ProcessTable.threadsOfThisUser() + limits.processes()),
                "--fsize=" + limits.fileBytes(),
                "--nofile=" + limits.openFiles(),
                "--core=0");
    }

    List<String> watch() {
        return List.of(shell.toString(), "-c", WATCH);
    }
}
