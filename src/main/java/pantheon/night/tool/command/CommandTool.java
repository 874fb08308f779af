package pantheon.night.tool.command;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import pantheon.night.ExitCode;
import pantheon.night.KeptOrder;
import pantheon.night.NightException;
import pantheon.night.contract.Durations;
import pantheon.night.contract.Schema;
import pantheon.night.disk.ReadablePlace;
import pantheon.night.local.child.ChildCommand;
import pantheon.night.local.child.ChildLimits;
import pantheon.night.local.child.ConfinedChild;
import pantheon.night.tool.Tool;
import pantheon.night.tool.ToolResult;
import pantheon.night.workspace.files.PathRefused;
import pantheon.night.workspace.files.TaskFiles;
import pantheon.night.workspace.files.TemporaryFolder;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A program of the system as a tool: it is run in a confinement of its own, on the task's checkout, and what it wrote
 * and how it ended is the result.
 */
public final class CommandTool implements Tool {
    private static final int MEGABYTE = 1024 * 1024;
    private static final int KILOBYTE = 1024;

    /** In UTF-8; the kernel takes 128 KiB with the zero that ends it. */
    static final int ARGUMENT_BYTES = 120 * KILOBYTE;

    /** Of all arguments, each with its end and the word that points to it; the kernel takes a quarter of the stack. */
    static final int ARGUMENTS_BYTES = MEGABYTE;

    private static final int BESIDE_AN_ARGUMENT = 1 + Long.BYTES;

    /** What every command has, beside HOME and TMPDIR in its private folder. */
    private static final Map<String, String> ENVIRONMENT =
            Map.of("PATH", "/usr/local/bin:/usr/bin:/bin", "LC_ALL", "C.UTF-8", "TZ", "UTC");

    private final String name;
    private final String description;
    private final Schema arguments;
    private final Schema result;
    private final Program program;
    private final ArgvTemplate template;
    private final List<String> paths;
    private final boolean onChanges;
    private final boolean writes;
    private final boolean stable;
    private final Map<String, String> environment;
    private final List<Path> readable;
    private final ChildLimits limits;
    private final ResultText text;
    private final Runnable beforeEach;

    /**
     * @param file valid against the schema of tools
     * @param beforeEach is called before each command, and throws where it must not run
     */
    CommandTool(JsonNode file, Runnable beforeEach) {
        this.name = file.required("name").stringValue();
        this.description = file.required("description").stringValue();
        this.arguments = Schema.compile("arguments of " + name, file.required("arguments"));
        this.result = Schema.compile("result of " + name, file.required("result"));
        var run = strings(file.required("run"));
        this.program = new Program(run.getFirst());
        this.template = new ArgvTemplate(run.subList(1, run.size()));
        this.paths = strings(file.path("paths"));
        this.onChanges = file.required("directory").stringValue().equals("changes");
        this.writes = file.required("writes").stringValue().equals("workspace");
        this.stable = file.required("stable").booleanValue();
        this.environment = environment(file.path("environment"));
        this.readable = strings(file.path("readable")).stream().map(Path::of).toList();
        var bounds = file.required("bounds");
        this.limits = limits(bounds);
        this.text = new ResultText(
                file.required("exits").valueStream().map(JsonNode::intValue).toList(),
                bounds.required("shownCharacters").intValue(),
                limits);
        this.beforeEach = beforeEach;
    }

    private static Map<String, String> environment(JsonNode own) {
        var environment = new TreeMap<>(ENVIRONMENT);
        own.properties()
                .forEach(variable ->
                        environment.put(variable.getKey(), variable.getValue().stringValue()));
        return environment;
    }

    private static List<String> strings(JsonNode list) {
        return list.valueStream().map(JsonNode::stringValue).toList();
    }

    private static ChildLimits limits(JsonNode bounds) {
        return new ChildLimits(
                Durations.of(bounds.required("time").stringValue()),
                bounds.required("cpuSeconds").intValue(),
                bounds.required("memoryMegabytes").longValue() * MEGABYTE,
                bounds.required("processes").intValue(),
                bounds.required("fileMegabytes").longValue() * MEGABYTE,
                bounds.required("openFiles").intValue(),
                bounds.required("outputKilobytes").intValue() * KILOBYTE);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String description() {
        return description;
    }

    @Override
    public Schema arguments() {
        return arguments;
    }

    @Override
    public Schema result() {
        return result;
    }

    @Override
    public boolean isStable() {
        return stable;
    }

    @Override
    public Set<String> files() {
        return KeptOrder.set(paths);
    }

    @Override
    public boolean isReadOnly() {
        return !writes;
    }

    /**
     * Makes sure that it can run on this machine.
     *
     * @throws NightException with exit code 77 where it cannot be confined, 78 where its program is missing
     */
    public void require() {
        ConfinedChild.require();
        file();
    }

    private Path file() {
        return program.file()
                .orElseThrow(
                        () -> new NightException(ExitCode.CONFIG, "tool %s: %s".formatted(name, program.missing())));
    }

    /** The program's file and what the tool may do, for people. */
    public String summary() {
        return "%s, writes %s".formatted(file(), writes ? "the workspace" : "nothing");
    }

    @Override
    public ToolResult call(ObjectNode arguments, TaskFiles task) throws PathRefused {
        beforeEach.run();
        for (var path : paths) {
            if (arguments.has(path) && !task.files().exists(arguments.get(path).stringValue())) {
                return new ToolResult.Failed("not_found", "%s does not exist".formatted(arguments.get(path)));
            }
        }
        var argv = argv(arguments);
        if (argv.stream().anyMatch(element -> element.indexOf('\0') >= 0)) {
            return new ToolResult.Failed("arguments", "an argument holds a NUL character, which no command can take");
        }
        var tooLong = tooLong(argv);
        return tooLong.isPresent() ? new ToolResult.Failed("arguments", tooLong.get()) : run(argv, task);
    }

    private static Optional<String> tooLong(List<String> argv) {
        long sum = 0;
        for (var argument : argv) {
            int bytes = argument.getBytes(StandardCharsets.UTF_8).length;
            if (bytes > ARGUMENT_BYTES) {
                return Optional.of(
                        "an argument has %d bytes; a command takes %d at most".formatted(bytes, ARGUMENT_BYTES));
            }
            sum += bytes + BESIDE_AN_ARGUMENT;
        }
        return sum > ARGUMENTS_BYTES
                ? Optional.of("the arguments have %d bytes together; a command takes %d at most"
                        .formatted(sum, ARGUMENTS_BYTES))
                : Optional.empty();
    }

    private ToolResult run(List<String> argv, TaskFiles task) throws PathRefused {
        var workspace = writes ? task.files().root() : task.files().readOnlyRoot();
        try (var temporary = TemporaryFolder.create()) {
            var folder = new PrivateFolder(temporary.path());
            if (onChanges) {
                folder.layOutChanges(task);
            }
            var end = ConfinedChild.run(command(argv, folder, workspace));
            var names = Map.of(workspace.toString(), "/workspace", folder.path().toString(), "/private");
            return text.result(end, names);
        }
    }

    private List<String> argv(ObjectNode call) {
        var argv = new ArrayList<String>();
        argv.add(file().toString());
        argv.addAll(template.fill(call));
        return argv;
    }

    /** Where each leads may have changed since the configuration was read. */
    private List<Path> readable() {
        for (var path : readable) {
            new ReadablePlace(path).problem().ifPresent(problem -> {
                throw new NightException(
                        ExitCode.CONFIG, "tool %s: readable holds %s, %s".formatted(name, path, problem));
            });
        }
        return new ArrayList<>(readable);
    }

    private ChildCommand command(List<String> argv, PrivateFolder folder, Path workspace) {
        var variables = new LinkedHashMap<>(environment);
        variables.put("HOME", folder.home().toString());
        variables.put("TMPDIR", folder.temporary().toString());
        var read = readable();
        read.add(Path.of(argv.getFirst()));
        read.add(workspace);
        read.add(folder.path());
        var write = new ArrayList<>(folder.writable());
        if (writes) {
            write.add(workspace);
        }
        return new ChildCommand(argv, variables, onChanges ? folder.path() : workspace, read, write, writes, limits);
    }
}
