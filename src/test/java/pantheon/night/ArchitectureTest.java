package pantheon.night;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import pantheon.night.prompt.ChatFormats;

/** Who may use whom, and a few habits, held by the build. */
final class ArchitectureTest {
    private static final String ROOT = "pantheon.night";

    /** Package → the packages that it may use; the root's exit codes and exception are everybody's. */
    private static final Map<String, Set<String>> MAY_USE = Map.ofEntries(
            Map.entry(
                    "cli",
                    Set.of(
                            "replay",
                            "cli.option",
                            "cli.dryrun",
                            "cli.setup",
                            "metrics",
                            "cli.console",
                            "cli.help",
                            "cli.morning",
                            "cli.morning.merge",
                            "cli.morning.walk",
                            "cli.models",
                            "cli.agents",
                            "cli.install",
                            "cli.gather",
                            "cli.running",
                            "cli.held",
                            "cli.unit",
                            "decision",
                            "batch",
                            "batch.work",
                            "batch.direction",
                            "queue",
                            "past",
                            "proof",
                            "local.preflight",
                            "agent",
                            "engine",
                            "engine.recorded",
                            "grammar",
                            "tool",
                            "tool.command",
                            "workspace.files",
                            "local.child",
                            "prompt",
                            "workspace",
                            "workspace.git",
                            "local",
                            "sizing",
                            "training",
                            "report",
                            "report.section",
                            "report.record",
                            "sizing.past",
                            "sizing.math",
                            "journal",
                            "lease",
                            "disk",
                            "config",
                            "workspace.glob",
                            "contract",
                            "outcome",
                            "calibration")),
            Map.entry(
                    "replay",
                    Set.of(
                            "batch",
                            "artifact",
                            "agent",
                            "acceptance",
                            "engine",
                            "grammar",
                            "tool",
                            "workspace.files",
                            "prompt",
                            "workspace",
                            "workspace.scratch",
                            "workspace.git",
                            "journal",
                            "contract",
                            "outcome")),
            Map.entry("cli.option", Set.of("cli.dryrun", "cli.console", "prompt", "journal", "contract")),
            Map.entry(
                    "cli.dryrun",
                    Set.of(
                            "sizing.plan",
                            "cli.setup",
                            "cli.console",
                            "decision",
                            "batch",
                            "queue",
                            "past",
                            "agent",
                            "model",
                            "workspace",
                            "sizing",
                            "review",
                            "sizing.past",
                            "sizing.math",
                            "journal",
                            "disk",
                            "config",
                            "contract")),
            Map.entry("sizing.plan", Set.of("past", "sizing", "review", "journal", "disk", "contract")),
            Map.entry(
                    "cli.setup",
                    Set.of(
                            "tool.builtin",
                            "metrics",
                            "calibration",
                            "cli.console",
                            "decision",
                            "batch",
                            "batch.work",
                            "batch.direction",
                            "queue",
                            "past",
                            "proof",
                            "local.preflight",
                            "agent",
                            "acceptance",
                            "engine",
                            "engine.onnx",
                            "engine.openvino",
                            "engine.server",
                            "model",
                            "tool",
                            "tool.command",
                            "prompt",
                            "local",
                            "review",
                            "report",
                            "report.record",
                            "outcome",
                            "workspace",
                            "workspace.git",
                            "report.section",
                            "journal",
                            "disk",
                            "config",
                            "contract")),
            Map.entry(
                    "tool.builtin",
                    Set.of(
                            "document",
                            "document.fence",
                            "document.link",
                            "document.prose",
                            "tool",
                            "workspace.files",
                            "contract")),
            Map.entry("metrics", Set.of("past", "journal", "disk", "contract", "outcome")),
            Map.entry(
                    "cli.console",
                    Set.of(
                            "batch",
                            "batch.direction",
                            "queue",
                            "local.preflight",
                            "agent",
                            "grammar",
                            "local",
                            "report.section",
                            "disk",
                            "contract",
                            "outcome")),
            Map.entry("cli.help", Set.of("config")),
            Map.entry("cli.unit", Set.of("cli.setup", "batch", "local.preflight", "local", "disk")),
            Map.entry(
                    "cli.morning",
                    Set.of(
                            "cli.option",
                            "cli.console",
                            "cli.morning.desk",
                            "decision",
                            "morning",
                            "past",
                            "report.section",
                            "report.record",
                            "journal",
                            "contract",
                            "outcome")),
            Map.entry(
                    "cli.morning.desk",
                    Set.of(
                            "cli.option",
                            "cli.setup",
                            "cli.console",
                            "decision",
                            "morning",
                            "queue",
                            "past",
                            "proof",
                            "agent",
                            "workspace",
                            "report.section",
                            "report.record",
                            "journal",
                            "config",
                            "contract",
                            "outcome")),
            Map.entry(
                    "cli.morning.merge",
                    Set.of(
                            "cli.option",
                            "cli.setup",
                            "cli.console",
                            "cli.morning.desk",
                            "decision",
                            "morning",
                            "past",
                            "workspace.files",
                            "workspace",
                            "workspace.git",
                            "workspace.branch",
                            "local",
                            "report.record",
                            "journal",
                            "config",
                            "contract",
                            "outcome")),
            Map.entry(
                    "cli.morning.walk",
                    Set.of("cli.option", "cli.console", "cli.morning.desk", "morning", "report.record", "outcome")),
            Map.entry(
                    "cli.models",
                    Set.of(
                            "cli.option",
                            "cli.setup",
                            "cli.unit",
                            "cli.console",
                            "engine",
                            "engine.onnx",
                            "engine.decode",
                            "model.trained",
                            "model.decoder",
                            "model.importing",
                            "model",
                            "prompt",
                            "report.section",
                            "sizing.past",
                            "journal",
                            "disk",
                            "config",
                            "contract")),
            Map.entry(
                    "cli.agents",
                    Set.of(
                            "cli.option",
                            "cli.unit",
                            "cli.setup",
                            "cli.console",
                            "cli.morning.desk",
                            "batch",
                            "batch.work",
                            "queue",
                            "proof",
                            "local.preflight",
                            "agent",
                            "engine",
                            "model",
                            "tool.command",
                            "workspace.files",
                            "workspace",
                            "workspace.git",
                            "local",
                            "journal",
                            "disk",
                            "config",
                            "contract")),
            Map.entry(
                    "cli.install",
                    Set.of(
                            "cli.option",
                            "cli.setup",
                            "cli.console",
                            "workspace.repository",
                            "report.section",
                            "disk",
                            "config",
                            "contract")),
            Map.entry(
                    "cli.gather",
                    Set.of(
                            "cli.option",
                            "cli.setup",
                            "cli.console",
                            "batch",
                            "queue",
                            "proof",
                            "local.preflight",
                            "agent",
                            "workspace",
                            "workspace.git",
                            "local",
                            "report.section",
                            "journal",
                            "disk",
                            "config",
                            "contract",
                            "gather")),
            Map.entry(
                    "cli.running",
                    Set.of(
                            "cli.option",
                            "cli.setup",
                            "cli.console",
                            "decision",
                            "batch",
                            "batch.direction",
                            "past",
                            "report",
                            "report.section",
                            "report.record",
                            "journal",
                            "config",
                            "contract",
                            "outcome")),
            Map.entry(
                    "cli.held",
                    Set.of(
                            "cli.option",
                            "cli.setup",
                            "cli.console",
                            "decision",
                            "past",
                            "proof",
                            "journal",
                            "config",
                            "contract")),
            Map.entry("decision", Set.of("past", "proof", "review", "journal", "disk", "outcome")),
            Map.entry(
                    "morning",
                    Set.of("past", "workspace", "report.section", "report.record", "journal", "disk", "contract")),
            Map.entry(
                    "batch",
                    Set.of(
                            "decision",
                            "batch.work",
                            "batch.direction",
                            "queue",
                            "past",
                            "proof",
                            "local.preflight",
                            "artifact",
                            "agent",
                            "agent.choice",
                            "acceptance",
                            "engine",
                            "tool",
                            "workspace.files",
                            "prompt",
                            "workspace",
                            "workspace.scratch",
                            "workspace.git",
                            "workspace.branch",
                            "sizing.past",
                            "journal",
                            "disk",
                            "contract",
                            "outcome")),
            Map.entry("batch.work", Set.of("engine", "grammar", "prompt", "workspace.scratch")),
            Map.entry("batch.direction", Set.of("disk", "contract")),
            Map.entry(
                    "queue",
                    Set.of(
                            "past",
                            "agent",
                            "workspace.files",
                            "workspace",
                            "journal",
                            "disk",
                            "workspace.glob",
                            "contract")),
            Map.entry(
                    "past",
                    Set.of(
                            "proof",
                            "artifact",
                            "agent",
                            "acceptance",
                            "workspace.files",
                            "workspace",
                            "workspace.git",
                            "journal",
                            "disk",
                            "contract",
                            "outcome")),
            Map.entry(
                    "proof",
                    Set.of(
                            "artifact",
                            "workspace",
                            "workspace.git",
                            "review",
                            "journal",
                            "disk",
                            "contract",
                            "outcome")),
            Map.entry("local.preflight", Set.of("local", "disk")),
            Map.entry("artifact", Set.of("disk", "contract")),
            Map.entry(
                    "agent",
                    Set.of(
                            "agent.choice",
                            "acceptance",
                            "engine",
                            "grammar",
                            "tool",
                            "workspace.files",
                            "prompt",
                            "prompt.call",
                            "contract",
                            "outcome")),
            Map.entry(
                    "agent.choice",
                    Set.of("engine", "grammar", "tool", "prompt", "prompt.call", "contract", "outcome")),
            Map.entry(
                    "acceptance",
                    Set.of(
                            "acceptance.part",
                            "document",
                            "document.fence",
                            "document.link",
                            "document.prose",
                            "language.pattern",
                            "tool",
                            "workspace.files",
                            "language.automaton",
                            "contract.yaml",
                            "workspace.glob",
                            "contract")),
            Map.entry("acceptance.part", Set.of("document", "contract")),
            Map.entry("document", Set.of("workspace.glob", "contract")),
            Map.entry("document.fence", Set.of("document", "contract.yaml")),
            Map.entry("document.link", Set.of("document")),
            Map.entry("document.prose", Set.of("document")),
            Map.entry("engine", Set.of("grammar", "prompt", "outcome")),
            Map.entry("engine.onnx", Set.of("engine", "engine.decode", "model", "prompt", "local")),
            Map.entry("engine.openvino.library", Set.of("disk")),
            Map.entry(
                    "engine.openvino",
                    Set.of(
                            "engine",
                            "engine.openvino.library",
                            "model.ir",
                            "engine.decode",
                            "model",
                            "prompt",
                            "local")),
            Map.entry("model.ir", Set.of("disk")),
            Map.entry(
                    "engine.decode",
                    Set.of("engine", "model", "engine.sampling", "grammar", "grammar.token", "prompt", "outcome")),
            Map.entry(
                    "engine.server",
                    Set.of(
                            "engine",
                            "engine.server.http",
                            "engine.server.protocol",
                            "model",
                            "grammar",
                            "grammar.export",
                            "grammar.token",
                            "draft",
                            "prompt",
                            "contract",
                            "outcome")),
            Map.entry("engine.server.http", Set.of("local")),
            Map.entry("engine.server.protocol", Set.of("engine.server.http", "grammar.export", "contract")),
            Map.entry(
                    "model.trained",
                    Set.of("model.tokenizer", "model.gguf", "model", "grammar.token", "disk", "contract")),
            Map.entry("model.tokenizer", Set.of("model.gguf", "contract")),
            Map.entry("model.gguf", Set.of("disk")),
            Map.entry("model.safetensors", Set.of("disk", "contract")),
            Map.entry("model.weight", Set.of("model.gguf", "model.safetensors")),
            Map.entry("model.graph", Set.of("disk")),
            Map.entry("model.decoder", Set.of("model.weight", "model.graph")),
            Map.entry(
                    "model.importing",
                    Set.of(
                            "model.ir",
                            "model.trained",
                            "model.tokenizer",
                            "model.gguf",
                            "model.safetensors",
                            "model.weight",
                            "model.graph",
                            "model.decoder",
                            "model",
                            "grammar.token",
                            "disk",
                            "contract")),
            Map.entry("model", Set.of("model.ir", "grammar.token", "disk", "contract")),
            Map.entry("engine.recorded", Set.of("engine", "grammar", "prompt")),
            Map.entry("engine.sampling", Set.of("engine", "model", "grammar", "grammar.token")),
            Map.entry(
                    "grammar",
                    Set.of(
                            "grammar.machine",
                            "grammar.token",
                            "grammar.schema",
                            "grammar.schema.branch",
                            "draft",
                            "language.spelling",
                            "language.text",
                            "language.free",
                            "prompt.call",
                            "contract")),
            Map.entry(
                    "grammar.export",
                    Set.of(
                            "grammar",
                            "grammar.export.tree",
                            "grammar.export.unit",
                            "grammar.token",
                            "grammar.schema",
                            "grammar.schema.branch",
                            "draft",
                            "language.spelling",
                            "language.text",
                            "language.pattern",
                            "prompt.call")),
            Map.entry("grammar.export.tree", Set.of()),
            Map.entry("grammar.export.unit", Set.of("grammar.export.tree", "language.text", "language.pattern")),
            Map.entry(
                    "grammar.machine", Set.of("grammar.token", "grammar.schema", "language.spelling", "language.text")),
            Map.entry("grammar.token", Set.of("language.free")),
            Map.entry(
                    "grammar.schema",
                    Set.of(
                            "grammar.schema.combinator",
                            "grammar.schema.keyword",
                            "grammar.schema.branch",
                            "draft",
                            "language.spelling",
                            "language.text",
                            "language.automaton",
                            "contract")),
            Map.entry("grammar.schema.combinator", Set.of("grammar.schema.keyword", "grammar.schema.branch", "draft")),
            Map.entry("grammar.schema.keyword", Set.of("grammar.schema.branch", "draft")),
            Map.entry(
                    "grammar.schema.branch",
                    Set.of("draft", "language.text", "language.pattern", "language.automaton")),
            Map.entry("draft", Set.of()),
            Map.entry("language.spelling", Set.of("language.text", "language.pattern", "language.automaton")),
            Map.entry("language.text", Set.of("language.pattern", "language.automaton", "language.free")),
            Map.entry("language.pattern", Set.of("language.automaton")),
            Map.entry("tool", Set.of("workspace.files", "contract", "outcome")),
            Map.entry("tool.command", Set.of("tool", "workspace.files", "local.child", "disk", "contract")),
            Map.entry("workspace.files", Set.of("local", "disk")),
            Map.entry("local.child", Set.of("local")),
            Map.entry("language.automaton", Set.of()),
            Map.entry("language.free", Set.of()),
            Map.entry("prompt", Set.of("language.spelling", "prompt.call", "disk", "contract")),
            Map.entry("prompt.call", Set.of("language.spelling", "contract")),
            Map.entry(
                    "workspace",
                    Set.of(
                            "workspace.scratch",
                            "workspace.git",
                            "workspace.branch",
                            "workspace.repository",
                            "disk",
                            "workspace.gather")),
            Map.entry("workspace.scratch", Set.of("workspace.files", "workspace.git")),
            Map.entry("workspace.git", Set.of("workspace.files", "contract")),
            Map.entry("workspace.branch", Set.of("workspace.files", "workspace.git", "workspace.repository", "disk")),
            Map.entry("workspace.repository", Set.of("disk")),
            Map.entry("local", Set.of()),
            Map.entry("sizing", Set.of("sizing.past", "sizing.math", "contract")),
            Map.entry("review", Set.of("disk", "contract")),
            Map.entry(
                    "training",
                    Set.of(
                            "decision",
                            "grammar",
                            "tool",
                            "prompt",
                            "prompt.call",
                            "review",
                            "training.secrets",
                            "training.duplicates",
                            "journal",
                            "disk",
                            "contract",
                            "outcome")),
            Map.entry("training.secrets", Set.of()),
            Map.entry("training.duplicates", Set.of("contract")),
            Map.entry(
                    "report",
                    Set.of(
                            "past",
                            "review",
                            "calibration",
                            "report.section",
                            "report.record",
                            "sizing.past",
                            "report.page",
                            "journal",
                            "disk",
                            "contract",
                            "outcome")),
            Map.entry(
                    "report.section",
                    Set.of(
                            "past",
                            "review",
                            "calibration",
                            "report.record",
                            "sizing.past",
                            "report.page",
                            "journal",
                            "disk",
                            "contract",
                            "outcome")),
            Map.entry("report.record", Set.of("past", "sizing.past", "sizing.math", "journal", "outcome")),
            Map.entry("sizing.past", Set.of("sizing.math", "journal", "contract", "outcome")),
            Map.entry("sizing.math", Set.of()),
            Map.entry("report.page", Set.of("contract")),
            Map.entry("journal", Set.of("disk", "contract", "outcome")),
            Map.entry("lease", Set.of("disk", "contract")),
            Map.entry("disk", Set.of()),
            Map.entry("config", Set.of("disk", "contract.yaml", "contract")),
            Map.entry("contract.yaml", Set.of("contract")),
            Map.entry("workspace.glob", Set.of("contract")),
            Map.entry("workspace.gather", Set.of("workspace.files", "workspace.git", "workspace.branch", "disk")),
            Map.entry("contract", Set.of("draft", "language.text", "language.pattern", "language.automaton", "disk")),
            Map.entry("outcome", Set.of()),
            Map.entry(
                    "calibration",
                    Set.of("decision", "review", "sizing.math", "journal", "disk", "contract", "outcome")),
            Map.entry(
                    "gather",
                    Set.of(
                            "morning",
                            "past",
                            "proof",
                            "agent",
                            "workspace.files",
                            "workspace",
                            "workspace.git",
                            "workspace.branch",
                            "journal",
                            "disk",
                            "config",
                            "workspace.gather",
                            "contract",
                            "outcome")));

    private static final JavaClasses PROGRAM = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(ROOT);

    /** An address that is only read and resolved is no connection, and neither is what the process asks of its memory. */
    private static final DescribedPredicate<JavaClass> ADDRESSES = DescribedPredicate.describe(
            "addresses",
            used -> Set.of("java.net.URI", "java.net.URLDecoder", "com.sun.management.OperatingSystemMXBean")
                    .contains(used.getName()));

    /** The one class that may open a socket; {@code the_one_connection_is_to_a_path} holds of which kind. */
    private static final String CONNECTION = ROOT + ".engine.server.http.UnixConnection";

    private static final ArchRule NO_CONNECTION = noClasses()
            .that()
            .doNotHaveFullyQualifiedName(CONNECTION)
            .should()
            .dependOnClassesThat(resideInAnyPackage(
                            "java.net..", "javax.net..", "java.rmi..", "sun..", "com.sun..", "jdk.internal..")
                    .and(DescribedPredicate.not(ADDRESSES))
                    .or(DescribedPredicate.describe(
                            "are channels to a network",
                            used -> used.getName().matches("java\\.nio\\.channels\\..*(Socket|Datagram)Channel"))));

    private static final Set<String> TEMPLATE_BYTES = Stream.concat(
                    Stream.of("<|im_", "<think>", "</think>", "<tools>", "</tools>"),
                    ChatFormats.QWEN.controlTexts().stream())
            .collect(Collectors.toUnmodifiableSet());

    static Set<String> packages() {
        return new TreeSet<>(MAY_USE.keySet());
    }

    static Set<String> mayUse(String name) {
        return MAY_USE.getOrDefault(name, Set.of());
    }

    @ParameterizedTest
    @MethodSource("packages")
    void uses_only_what_the_table_allows(String name) {
        var allowed = mayUse(name);
        var forbidden = MAY_USE.keySet().stream()
                .filter(other -> !other.equals(name) && !allowed.contains(other))
                .map(other -> ROOT + "." + other)
                .toArray(String[]::new);
        noClasses()
                .that()
                .resideInAPackage(ROOT + "." + name)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(forbidden)
                .check(PROGRAM);
    }

    @Test
    void the_table_names_every_package() {
        var there = PROGRAM.stream()
                .map(JavaClass::getPackageName)
                .filter(name -> !name.equals(ROOT))
                .map(name -> name.substring(ROOT.length() + 1))
                .collect(Collectors.toCollection(TreeSet::new));
        assertEquals(packages(), there);
    }

    @Test
    void a_forbidden_use_would_be_found() {
        var rule = noClasses()
                .that()
                .resideInAPackage(ROOT + ".cli")
                .should()
                .dependOnClassesThat()
                .resideInAPackage(ROOT + ".config");
        assertThrows(AssertionError.class, () -> rule.check(PROGRAM));
    }

    @Test
    void packages_form_no_cycle() {
        slices().matching(ROOT + ".(*)..").should().beFreeOfCycles().check(PROGRAM);
    }

    @Test
    void nothing_opens_a_network_connection() {
        NO_CONNECTION.check(PROGRAM);
    }

    /** No address of another family than that of paths can be made by it, and it asks for no other socket. */
    @Test
    void the_one_connection_is_to_a_path() {
        var connection = PROGRAM.get(CONNECTION);
        var used = connection.getDirectDependenciesFromSelf().stream()
                .map(dependency -> dependency.getTargetClass().getName())
                .filter(name -> name.startsWith("java.net."))
                .collect(Collectors.toCollection(TreeSet::new));
        assertEquals(Set.of("java.net.StandardProtocolFamily", "java.net.UnixDomainSocketAddress"), used);
        var families = connection.getFieldAccessesFromSelf().stream()
                .map(access -> access.getTarget().getFullName())
                .filter(name -> name.startsWith("java.net."))
                .collect(Collectors.toSet());
        assertEquals(Set.of("java.net.StandardProtocolFamily.UNIX"), families);
        var opened = connection.getMethodCallsFromSelf().stream()
                .filter(call -> call.getName().equals("open"))
                .map(call -> call.getTarget().getFullName())
                .collect(Collectors.toSet());
        assertEquals(
                Set.of(
                        "java.nio.channels.SocketChannel.open(java.net.ProtocolFamily)",
                        "java.nio.channels.Selector.open()"),
                opened);
    }

    @Test
    void a_connection_would_be_found() {
        var withTests = new ClassFileImporter().importPackages(ROOT + ".contract"); // SchemaTest serves on a socket
        assertThrows(AssertionError.class, () -> NO_CONNECTION.check(withTests));
    }

    @Test
    void time_is_that_of_java_time() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .haveNameMatching("java\\.util\\.(Date|.*Calendar)|java\\.text\\..*DateFormat")
                .check(PROGRAM);
    }

    @Test
    void nothing_but_its_format_knows_the_bytes_of_a_template() throws IOException {
        var knowing = new TreeSet<String>();
        for (var type : PROGRAM) {
            if (knowsATemplate(type)) {
                knowing.add(type.getSimpleName());
            }
        }
        assertEquals(
                Set.of(
                        "JsonReplyParser",
                        "KnownFormats",
                        "QwenDialogueReader",
                        "QwenFormat",
                        "QwenTemplate",
                        "TaggedReply",
                        "TemplateMarkers",
                        "XmlReplyParser"),
                knowing);
    }

    /** In the class file, since a constant of another class is copied into it; both are plain ASCII. */
    private static boolean knowsATemplate(JavaClass type) throws IOException {
        try (var file = type.getSource().orElseThrow().getUri().toURL().openStream()) {
            var constants = new String(file.readAllBytes(), StandardCharsets.ISO_8859_1);
            return TEMPLATE_BYTES.stream().anyMatch(constants::contains);
        }
    }

    @Test
    void only_the_command_line_prints() {
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + ".cli..")
                .and()
                .doNotHaveFullyQualifiedName(ROOT + ".Main") // which says why nothing could start
                .should()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .check(PROGRAM);
    }

    /** Whoever opens a file otherwise may wait for a pipe, or read what never ends. */
    private static final ArchRule READ_AS_REGULAR_FILES = noClasses()
            .that()
            .resideOutsideOfPackage(ROOT + ".disk")
            .should()
            .callMethodWhere(target(owner(assignableTo(Files.class)))
                    .and(target(nameMatching(
                            "newInputStream|newBufferedReader|readString|readAllBytes|readAllLines|lines"))))
            .orShould()
            .dependOnClassesThat()
            .haveNameMatching("java\\.io\\.(FileInputStream|FileReader|RandomAccessFile)");

    @Test
    void files_are_read_by_one_class() {
        READ_AS_REGULAR_FILES.check(PROGRAM);
    }

    @Test
    void another_reader_of_files_would_be_found() {
        var withTests =
                new ClassFileImporter().importPackages(ROOT + ".config"); // ConfigurationDocsTest reads the docs
        assertThrows(AssertionError.class, () -> READ_AS_REGULAR_FILES.check(withTests));
    }

    /** What of the JDK makes a collection whose order each start of the JVM chooses anew. */
    private static final ArchRule COPIES_KEEP_THEIR_ORDER = noClasses()
            .should()
            .callMethodWhere(target(owner(assignableTo(Map.class)))
                    .and(target(nameMatching("copyOf")))
                    .or(target(owner(assignableTo(Set.class))).and(target(nameMatching("copyOf"))))
                    .or(target(nameMatching("toUnmodifiable(Map|Set)"))));

    @Test
    void what_is_copied_keeps_its_order() {
        COPIES_KEEP_THEIR_ORDER.check(PROGRAM);
    }

    @Test
    void a_copy_of_another_order_would_be_found() {
        var withTests = new ClassFileImporter().importPackages(ROOT + ".past"); // RetentionTest copies sets
        assertThrows(AssertionError.class, () -> COPIES_KEEP_THEIR_ORDER.check(withTests));
    }

    /** Those that open a file that is their own, or a folder, and the one that reads. */
    @Test
    void channels_are_opened_by_those_who_write() {
        var opening = PROGRAM.stream()
                .filter(type -> type.getMethodCallsFromSelf().stream()
                        .anyMatch(call -> call.getTargetOwner().isEquivalentTo(FileChannel.class)
                                && call.getName().equals("open")))
                .map(JavaClass::getSimpleName)
                .collect(Collectors.toCollection(TreeSet::new));
        assertEquals(
                Set.of(
                        "AbandonedFolders",
                        "BranchCommit",
                        "Half",
                        "LocalDisk",
                        "MappedWrite",
                        "NightLock",
                        "OnnxGraph",
                        "RegularFile",
                        "Slots",
                        "Spool",
                        "TemporaryFolder",
                        "WriterLock"),
                opening);
    }

    @Test
    void classes_have_names_that_say_what_they_are() {
        noClasses()
                .should()
                .haveNameMatching(".*(Manager|Helper|Util|Utils|Impl)")
                .check(PROGRAM);
    }

    @Test
    void every_package_is_null_marked() throws ClassNotFoundException {
        for (var name : packages()) {
            var info = Class.forName(ROOT + "." + name + ".package-info");
            assertTrue(info.isAnnotationPresent(NullMarked.class), name);
        }
    }

    @Test
    void nobody_uses_the_entry_of_the_program() {
        classes()
                .that()
                .haveFullyQualifiedName(ROOT + ".Main")
                .should()
                .onlyHaveDependentClassesThat()
                .haveNameMatching(Pattern.quote(ROOT) + "\\.(Main|Rehearsal)")
                .check(PROGRAM);
    }

    /** The name of a field of a journal's lines as a literal; the names of the lines' types are others. */
    private static final Pattern FIELD = Pattern.compile("\"((night|gen_ai)\\.(?!pantheon\\.)[a-z_.]+|error\\.type)\"");

    @Test
    void the_codec_alone_knows_what_the_fields_of_a_journal_are_called() throws IOException {
        var knowing = new TreeSet<String>();
        try (var sources = Files.walk(Path.of("src/main/java"))) {
            for (var source : sources.filter(Files::isRegularFile).toList()) {
                if (FIELD.matcher(Files.readString(source)).find()) {
                    knowing.add(source.getFileName().toString());
                }
            }
        }
        assertEquals(Set.of("EventFields.java"), knowing);
    }
}
