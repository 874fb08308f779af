import java.io.IOException;
import java.lang.classfile.ClassElement;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFile.StackMapsOption;
import java.lang.classfile.ClassFileVersion;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeTransform;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Writes the jars of a folder as the package carries them: without natives, which are beside them, and without
 * signatures, as their content is not what was signed any more. Classes of before Java 7 get what the JVM's cache of
 * classes asks for: stack maps. The same jars become the same bytes.
 *
 * <p>{@code java Repack.java JARS NEW_FOLDER TIME}
 */
final class Repack {
    private static final int FIRST_WITH_STACK_MAPS = ClassFile.JAVA_7_VERSION;

    private Repack() {}

    public static void main(String... arguments) throws IOException {
        var time = LocalDateTime.ofInstant(Instant.parse(arguments[2]), ZoneOffset.UTC);
        try (var jars = Files.newDirectoryStream(Path.of(arguments[0]), "*.jar")) {
            for (var jar : jars) {
                repack(jar, Path.of(arguments[1]).resolve(jar.getFileName()), time);
            }
        }
    }

    private static void repack(Path from, Path to, LocalDateTime time) throws IOException {
        try (var loader = URLClassLoader.newInstance(new URL[] {from.toUri().toURL()});
                var read = new JarFile(from.toFile());
                var written = new ZipOutputStream(Files.newOutputStream(to))) {
            for (var entry : entries(read)) {
                var bytes = read.getInputStream(entry).readAllBytes();
                var copy = new ZipEntry(entry.getName());
                copy.setTimeLocal(time);
                written.putNextEntry(copy);
                written.write(entry.getName().endsWith(".class") ? withStackMaps(bytes, loader) : bytes);
            }
        }
    }

    /** The manifest first, as readers of jars expect, and the others by name. */
    private static List<JarEntry> entries(JarFile jar) {
        return jar.stream()
                .filter(entry -> !entry.isDirectory() && !isLeftOut(entry.getName()))
                .sorted(Comparator.comparing(
                                (JarEntry entry) -> !entry.getName().equals(JarFile.MANIFEST_NAME))
                        .thenComparing(JarEntry::getName))
                .toList();
    }

    private static boolean isLeftOut(String name) {
        return name.startsWith("ai/onnxruntime/native/")
                || name.matches("native/lib/.*\\.(so|dll|dylib)")
                || name.matches("META-INF/[^/]*\\.(SF|RSA|DSA|EC)");
    }

    private static byte[] withStackMaps(byte[] bytes, ClassLoader loader) {
        var resolver =
                ClassHierarchyResolver.ofResourceParsing(loader).orElse(ClassHierarchyResolver.defaultResolver());
        var file =
                ClassFile.of(StackMapsOption.GENERATE_STACK_MAPS, ClassFile.ClassHierarchyResolverOption.of(resolver));
        var parsed = file.parse(bytes);
        if (parsed.majorVersion() >= FIRST_WITH_STACK_MAPS || parsed.isModuleInfo()) {
            return bytes;
        }
        ClassTransform later = (builder, element) -> builder.with(later(element));
        return file.transformClass(
                parsed, later.andThen(ClassTransform.transformingMethodBodies(CodeTransform.ACCEPT_ALL)));
    }

    private static ClassElement later(ClassElement element) {
        return element instanceof ClassFileVersion ? ClassFileVersion.of(FIRST_WITH_STACK_MAPS, 0) : element;
    }
}
