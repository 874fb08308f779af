import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import pantheon.night.local.Confinement;
import pantheon.night.local.child.ChildCommand;
import pantheon.night.local.child.ChildLimits;
import pantheon.night.local.child.ConfinedChild;
import pantheon.night.workspace.Workspace;
import pantheon.night.workspace.branch.CommitRequest;
import pantheon.night.workspace.files.PathRefused;
import pantheon.night.workspace.git.Identity;
import pantheon.night.workspace.git.NightBranch;
import pantheon.night.workspace.git.Trailer;

static final Path PROGRAM = Path.of("/usr/lib/escape/escape");
static final Path LIBRARY = Path.of("/usr/lib/escape/libescape.so");
static final Path REPOSITORY = Path.of("/var/lib/pantheon-night/escape/planted");
static final String PLANT = """
        mkdir -p .git/hooks
        printf '#!/bin/sh\\ntouch /var/lib/pantheon-night/escape/ran\\n' >.git/hooks/post-commit
        chmod 755 .git/hooks/post-commit
        echo '* filter=planted' >.gitattributes
        echo changed >>file
        """;

/** The control: what a tool may do with files of its own. */
static final String USUAL = "echo >own && chmod 750 own && touch -d @1 own && cp -p own kept"
        + " && [ \"$(stat -c %a,%Y kept)\" = 750,1 ]";
static final List<String> BOUNDS = List.of("linger", "flood", "bomb");
static final String OUTLIVE = "outlive";
static final String KILLED = "killed";

/**
 * Makes the escape suite's attempts from inside this JVM, or from inside a command tool that it starts. Arguments: "jvm",
 * "tool", or "killed" for a tool that it does not see end, then whether it confines itself first, then the workspace.
 */
void main(String... arguments) throws Throwable {
    if (arguments[1].equals("confined")) {
        Confinement.confineThisProcess();
    }
    var workspace = Path.of(arguments[2]);
    if (arguments[0].equals(KILLED)) {
        asTool(workspace, PROGRAM.toString(), OUTLIVE, workspace.toString());
        return;
    }
    Files.writeString(workspace.resolve("program"), Long.toString(ProcessHandle.current().pid()));
    boolean tool = arguments[0].equals("tool");
    commitPlanted(tool);
    if (!tool) {
        tryHere(workspace);
        new ProcessBuilder(PROGRAM.toString(), OUTLIVE, workspace.toString()).inheritIO().start().waitFor();
        for (var bound : BOUNDS) {
            new ProcessBuilder(PROGRAM.toString(), bound, workspace.toString()).inheritIO().start().waitFor();
        }
    } else {
        asTool(workspace, PROGRAM.toString(), "try", workspace.toString());
        for (var bound : BOUNDS) {
            asTool(workspace, PROGRAM.toString(), bound, workspace.toString());
        }
        killWithTool(workspace, arguments[1]);
        if (asTool(workspace, "/bin/sh", "-c", USUAL) != 0) {
            throw new AssertionError("a tool cannot do what it may");
        }
    }
}

/** Runs a tool in another process of this program, and kills that while the tool runs. */
static void killWithTool(Path workspace, String confined) throws Exception {
    Files.createFile(workspace.resolve("killed-with-its-tool"));
    var program = new ProcessBuilder(
                    System.getProperty("java.home") + "/bin/java",
                    "--enable-native-access=ALL-UNNAMED",
                    "-XX:TieredStopAtLevel=1",
                    "-cp",
                    System.getProperty("java.class.path"),
                    "/mnt/src/test/boot/Escape.java",
                    KILLED,
                    confined,
                    workspace.toString())
            .inheritIO()
            .start();
    var ticks = workspace.resolve("ticks-killed");
    while (program.isAlive() && (!Files.exists(ticks) || Files.size(ticks) < 2)) {
        Thread.sleep(50);
    }
    if (!program.isAlive()) {
        throw new AssertionError("the program that was to be killed has ended");
    }
    program.destroyForcibly().waitFor();
}

/** Plants a hook and a filter in a checkout as the program makes them, and commits there as the program does. */
static void commitPlanted(boolean tool) throws Exception {
    try (var workspace = Workspace.open(REPOSITORY)) {
        var scratch = workspace.checkout(workspace.baseCommit(), REPOSITORY.resolveSibling("scratch"));
        if (tool) {
            asTool(scratch.root(), "/bin/sh", "-c", PLANT);
        } else {
            new ProcessBuilder("/bin/sh", "-c", PLANT).directory(scratch.root().toFile()).inheritIO().start().waitFor();
        }
        try {
            scratch.diff();
            throw new AssertionError("a .git in the checkout was not refused");
        } catch (PathRefused refused) {
            new ProcessBuilder("rm", "-r", scratch.root().resolve(".git").toString()).inheritIO().start().waitFor();
        }
        var night = new Identity("night", "night@example.org");
        IO.println(workspace.commit(new CommitRequest(
                scratch.diff(),
                NightBranch.of("escape-" + ProcessHandle.current().pid()),
                night,
                night,
                Instant.now(),
                "Change the file",
                List.of(new Trailer("Night-Task", "escape"))),
                part -> Optional.empty()));
        scratch.reset();
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

static int asTool(Path workspace, String... argv) throws Exception {
    var end = ConfinedChild.run(new ChildCommand(
            List.of(argv),
            Map.of(),
            workspace,
            List.of(workspace, workspace.resolveSibling("readable")),
            List.of(workspace),
            true,
            new ChildLimits(Duration.ofSeconds(60), 30, 1L << 30, 50, 1 << 20, 64, 1 << 20)));
    IO.println(List.of(argv) + ": " + end.stop() + ", exit code " + end.exitCode() + ", gone " + end.gone() + " " + end.error());
    return end.exitCode();
}
