import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import pantheon.night.local.ChildCommand;
import pantheon.night.local.ChildLimits;
import pantheon.night.local.ConfinedChild;
import pantheon.night.local.Confinement;

static final Path PROGRAM = Path.of("/usr/lib/escape/escape");
static final Path LIBRARY = Path.of("/usr/lib/escape/libescape.so");
static final List<String> BOUNDS = List.of("linger", "flood", "bomb");

/**
 * Makes the escape suite's attempts from inside this JVM, or from inside a command tool that it starts. Arguments: "jvm"
 * or "tool", then whether it confines itself first, then the workspace.
 */
void main(String... arguments) throws Throwable {
    if (arguments[1].equals("confined")) {
        Confinement.confineThisProcess();
    }
    var workspace = Path.of(arguments[2]);
    if (arguments[0].equals("jvm")) {
        tryHere(workspace);
        for (var bound : BOUNDS) {
            new ProcessBuilder(PROGRAM.toString(), bound, workspace.toString()).inheritIO().start().waitFor();
        }
    } else {
        asTool("try", workspace);
        for (var bound : BOUNDS) {
            asTool(bound, workspace);
        }
    }
}

static void tryHere(Path workspace) throws Throwable {
    try (var arena = Arena.ofConfined()) {
        var tryAll = Linker.nativeLinker()
                .downcallHandle(
                        SymbolLookup.libraryLookup(LIBRARY, arena).findOrThrow("try_all"),
                        FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS));
        if ((int) tryAll.invokeExact(arena.allocateFrom(workspace.toString())) != 0) {
            throw new AssertionError("the attempts could not be made");
        }
    }
}

static void asTool(String what, Path workspace) throws Exception {
    var end = ConfinedChild.run(new ChildCommand(
            List.of(PROGRAM.toString(), what, workspace.toString()),
            Map.of(),
            workspace,
            List.of(workspace),
            List.of(workspace),
            true,
            new ChildLimits(Duration.ofSeconds(60), 30, 1L << 30, 50, 1 << 20, 64, 1 << 20)));
    IO.println(what + ": " + end.stop() + ", exit code " + end.exitCode() + ", gone " + end.gone() + " " + end.error());
}
