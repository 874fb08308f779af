package pantheon.night;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
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
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Who may use whom, and a few habits, held by the build. */
final class ArchitectureTest {
    private static final String ROOT = "pantheon.night";

    /** Package → the packages that it may use; the root's exit codes and exception are everybody's. */
    private static final Map<String, Set<String>> MAY_USE = Map.ofEntries(
            Map.entry(
                    "cli",
                    Set.of(
                            "batch",
                            "agent",
                            "engine",
                            "grammar",
                            "engine.recorded",
                            "tool.command",
                            "prompt",
                            "workspace",
                            "sizing",
                            "report",
                            "training",
                            "journal",
                            "config",
                            "local",
                            "outcome",
                            "contract",
                            "cli.console",
                            "cli.dryrun",
                            "cli.option",
                            "cli.setup",
                            "disk",
                            "local.child",
                            "local.preflight",
                            "metrics",
                            "model",
                            "past",
                            "proof",
                            "queue",
                            "replay",
                            "report.record",
                            "report.section",
                            "sizing.past",
                            "workspace.git")),
            Map.entry(
                    "replay",
                    Set.of(
                            "agent",
                            "artifact",
                            "batch",
                            "contract",
                            "engine",
                            "grammar",
                            "journal",
                            "outcome",
                            "prompt",
                            "tool",
                            "workspace",
                            "workspace.files",
                            "workspace.git",
                            "workspace.scratch")),
            Map.entry("cli.option", Set.of("cli.console", "cli.dryrun")),
            Map.entry(
                    "cli.dryrun",
                    Set.of(
                            "agent",
                            "batch",
                            "cli.console",
                            "cli.setup",
                            "config",
                            "contract",
                            "journal",
                            "model",
                            "past",
                            "queue",
                            "review",
                            "sizing",
                            "sizing.math",
                            "sizing.past",
                            "sizing.plan",
                            "workspace")),
            Map.entry("sizing.plan", Set.of("contract", "disk", "journal", "past", "review", "sizing")),
            Map.entry(
                    "cli.setup",
                    Set.of(
                            "agent",
                            "batch",
                            "cli.console",
                            "config",
                            "contract",
                            "engine",
                            "engine.onnx",
                            "journal",
                            "local",
                            "local.preflight",
                            "metrics",
                            "past",
                            "proof",
                            "queue",
                            "report",
                            "report.section",
                            "tool",
                            "tool.builtin",
                            "tool.command")),
            Map.entry("tool.builtin", Set.of("contract", "document", "tool", "workspace.files")),
            Map.entry("metrics", Set.of("disk", "journal", "outcome")),
            Map.entry(
                    "cli.console",
                    Set.of("agent", "batch", "contract", "local", "local.preflight", "outcome", "queue")),
            Map.entry(
                    "batch",
                    Set.of(
                            "agent",
                            "acceptance",
                            "engine",
                            "tool",
                            "prompt",
                            "workspace",
                            "sizing.past",
                            "journal",
                            "outcome",
                            "contract",
                            "artifact",
                            "disk",
                            "local.preflight",
                            "past",
                            "proof",
                            "queue",
                            "workspace.files",
                            "workspace.git",
                            "workspace.scratch")),
            Map.entry("queue", Set.of("agent", "contract", "past", "workspace")),
            Map.entry(
                    "past",
                    Set.of("agent", "artifact", "disk", "journal", "outcome", "proof", "workspace", "workspace.git")),
            Map.entry(
                    "proof",
                    Set.of(
                            "artifact",
                            "contract",
                            "disk",
                            "journal",
                            "outcome",
                            "review",
                            "workspace",
                            "workspace.git")),
            Map.entry("local.preflight", Set.of("local")),
            Map.entry("artifact", Set.of("contract", "disk")),
            Map.entry(
                    "agent",
                    Set.of(
                            "acceptance",
                            "engine",
                            "grammar",
                            "tool",
                            "prompt",
                            "contract",
                            "outcome",
                            "workspace.files")),
            Map.entry("acceptance", Set.of("contract", "document", "workspace.files")),
            Map.entry("document", Set.of("contract")),
            Map.entry("engine", Set.of("grammar", "outcome")),
            Map.entry("engine.onnx", Set.of("engine", "grammar", "outcome", "engine.decode", "grammar.token", "model")),
            Map.entry("engine.decode", Set.of("grammar", "grammar.token", "model")),
            Map.entry("model", Set.of("contract", "grammar.token")),
            Map.entry("engine.recorded", Set.of("engine", "grammar")),
            Map.entry(
                    "grammar",
                    Set.of("grammar.schema", "grammar.text", "contract", "grammar.machine", "grammar.token")),
            Map.entry("grammar.machine", Set.of("grammar.schema", "grammar.text", "grammar.token")),
            Map.entry("grammar.token", Set.of()),
            Map.entry("grammar.schema", Set.of("grammar.text", "contract")),
            Map.entry("grammar.text", Set.of()),
            Map.entry("tool", Set.of("contract", "workspace.files")),
            Map.entry("tool.command", Set.of("tool", "contract", "local.child", "workspace.files")),
            Map.entry("workspace.files", Set.of()),
            Map.entry("local.child", Set.of("local")),
            Map.entry("prompt", Set.of("contract")),
            Map.entry("workspace", Set.of("workspace.git", "workspace.scratch")),
            Map.entry("workspace.scratch", Set.of("workspace.files", "workspace.git")),
            Map.entry("workspace.git", Set.of("workspace.files")),
            Map.entry("local", Set.of()),
            Map.entry("sizing", Set.of("contract", "sizing.math", "sizing.past")),
            Map.entry("review", Set.of("contract")),
            Map.entry(
                    "training",
                    Set.of(
                            "journal",
                            "review",
                            "prompt",
                            "tool",
                            "contract",
                            "outcome",
                            "disk",
                            "training.duplicates",
                            "training.secrets")),
            Map.entry("training.secrets", Set.of()),
            Map.entry("training.duplicates", Set.of("contract")),
            Map.entry(
                    "report",
                    Set.of(
                            "report.page",
                            "review",
                            "contract",
                            "disk",
                            "outcome",
                            "report.record",
                            "report.section",
                            "sizing.past")),
            Map.entry(
                    "report.section",
                    Set.of("contract", "journal", "outcome", "report.page", "report.record", "review", "sizing.past")),
            Map.entry("report.record", Set.of("journal", "outcome", "sizing.math", "sizing.past")),
            Map.entry("sizing.past", Set.of("contract", "journal", "outcome", "sizing.math")),
            Map.entry("sizing.math", Set.of()),
            Map.entry("report.page", Set.of("contract")),
            Map.entry("journal", Set.of("contract", "outcome", "disk")),
            Map.entry("disk", Set.of()),
            Map.entry("config", Set.of("contract")),
            Map.entry("contract", Set.of()),
            Map.entry("outcome", Set.of()));

    private static final JavaClasses PROGRAM = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(ROOT);

    /** An address that is only read and resolved is no connection. */
    private static final DescribedPredicate<JavaClass> ADDRESSES = DescribedPredicate.describe(
            "addresses", used -> Set.of("java.net.URI", "java.net.URLDecoder").contains(used.getName()));

    private static final ArchRule NO_CONNECTION = noClasses()
            .should()
            .dependOnClassesThat(resideInAnyPackage(
                            "java.net..", "javax.net..", "java.rmi..", "sun..", "com.sun..", "jdk.internal..")
                    .and(DescribedPredicate.not(ADDRESSES))
                    .or(DescribedPredicate.describe(
                            "are channels to a network",
                            used -> used.getName().matches("java\\.nio\\.channels\\..*(Socket|Datagram)Channel"))));

    static Set<String> packages() {
        return new TreeSet<>(MAY_USE.keySet());
    }

    @ParameterizedTest
    @MethodSource("packages")
    void uses_only_what_the_table_allows(String name) {
        var allowed = MAY_USE.getOrDefault(name, Set.of());
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
                .haveFullyQualifiedName(ROOT + ".Main")
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
