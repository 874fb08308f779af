package pantheon.night;

import static java.util.stream.Collectors.joining;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.tools.ToolProvider;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How long the methods are and how full the packages, as javac's own trees count them. The limits are only ever lowered. */
@NullMarked
final class CodeSizeTest {
    /** Nine of ten methods have at most so many lines. */
    private static final int METHOD_LINES = 14;

    /** So many files has the fullest package, its package-info counted. */
    private static final int PACKAGE_FILES = 20;

    private static final int NAMED = 20;

    private static final Path PROGRAM = Path.of("src/main/java");

    /** A method or constructor with a body, from its first annotation or modifier to its closing brace. */
    private record Method(Path file, long line, String name, int lines) {
        @Override
        public String toString() {
            return "%3d lines  %s:%d %s".formatted(lines, file, line, name);
        }
    }

    @Test
    void nine_of_ten_methods_are_short() throws IOException {
        var methods = methods(PROGRAM);
        assertTrue(
                ninetieth(methods) <= METHOD_LINES,
                () -> "The 90th percentile of %,d methods is %d lines, expected at most %d. The longest:\n%s"
                        .formatted(methods.size(), ninetieth(methods), METHOD_LINES, longest(methods)));
    }

    @Test
    void no_package_is_crowded() throws IOException {
        var crowded = packages(PROGRAM).entrySet().stream()
                .filter(entry -> entry.getValue() > PACKAGE_FILES)
                .map(entry -> "%3d files  %s".formatted(entry.getValue(), entry.getKey()))
                .sorted(Comparator.reverseOrder())
                .collect(joining("\n"));
        assertEquals("", crowded, "a package has more than %d files".formatted(PACKAGE_FILES));
    }

    @Test
    void a_method_counts_from_its_annotations_to_its_closing_brace(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("Sample.java"), """
                /** Not counted. */
                record Sample(int size) {
                    Sample {
                        size++;
                    }

                    interface Shape {
                        int edges();
                    }

                    /** Not counted either. */
                    @Override
                    public String toString() {
                        Runnable inner = () -> {
                            // counted with the method that it stands in
                        };
                        return "";
                    }

                    int one() { return 1; }
                }
                """);
        var counted = methods(folder).stream()
                .map(method -> "%s:%d %d".formatted(method.name(), method.line(), method.lines()))
                .toList();
        assertEquals(List.of("<init>:3 3", "toString:12 7", "one:20 1"), counted);
        assertEquals(Map.of(folder, 1), packages(folder));
    }

    private static int ninetieth(List<Method> methods) {
        return methods.stream().map(Method::lines).sorted().toList().get(methods.size() * 9 / 10);
    }

    private static String longest(List<Method> methods) {
        return methods.stream()
                .sorted(Comparator.comparingInt(Method::lines).reversed())
                .limit(NAMED)
                .map(Method::toString)
                .collect(joining("\n"));
    }

    private static Map<Path, Integer> packages(Path root) throws IOException {
        var files = new TreeMap<Path, Integer>();
        sources(root).forEach(file -> files.merge(file.getParent(), 1, Integer::sum));
        return files;
    }

    private static List<Path> sources(Path root) throws IOException {
        try (var files = Files.walk(root)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .sorted()
                    .toList();
        }
    }

    private static List<Method> methods(Path root) throws IOException {
        var javac = ToolProvider.getSystemJavaCompiler();
        try (var files = javac.getStandardFileManager(null, null, null)) {
            var sources = files.getJavaFileObjectsFromPaths(sources(root));
            var task = (JavacTask) javac.getTask(null, files, null, List.of("-proc:none"), null, sources);
            var methods = new ArrayList<Method>();
            for (var unit : task.parse()) {
                new Counter(unit, Trees.instance(task), methods).scan(unit, null);
            }
            return methods;
        }
    }

    /** Notes the methods of one file. */
    private static final class Counter extends TreeScanner<Void, Void> {
        private final CompilationUnitTree unit;
        private final Trees trees;
        private final List<Method> methods;

        private Counter(CompilationUnitTree unit, Trees trees, List<Method> methods) {
            this.unit = unit;
            this.trees = trees;
            this.methods = methods;
        }

        @Override
        public Void visitMethod(MethodTree method, Void unused) {
            if (method.getBody() != null) {
                var positions = trees.getSourcePositions();
                var first = line(positions.getStartPosition(unit, method));
                var last = line(positions.getEndPosition(unit, method) - 1);
                var file = Path.of(unit.getSourceFile().getName());
                methods.add(new Method(file, first, method.getName().toString(), (int) (last - first + 1)));
            }
            return super.visitMethod(method, null);
        }

        private long line(long position) {
            return unit.getLineMap().getLineNumber(position);
        }
    }
}
