import java.io.IOException;
import java.lang.classfile.ClassElement;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFile.ClassHierarchyResolverOption;
import java.lang.classfile.ClassFile.StackMapsOption;
import java.lang.classfile.ClassFileVersion;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeTransform;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Gives classes of before Java 7 in some jars what the JVM's cache of classes asks for, stack maps: without them they are read
 * and verified anew at each start. The same jar becomes the same bytes; one without such classes stays as it is.
 *
 * <p>{@code java StackMaps.java TIME JAR...}
 */
final class StackMaps {
    private static final int FIRST_WITH_STACK_MAPS = ClassFile.JAVA_7_VERSION;

    private StackMaps() {}

    public static void main(String... arguments) throws IOException {
        var time = LocalDateTime.ofInstant(Instant.parse(arguments[0]), ZoneOffset.UTC);
        for (int i = 1; i < arguments.length; i++) {
            var jar = Path.of(arguments[i]);
            if (isOld(jar)) {
                var written = jar.resolveSibling(jar.getFileName() + ".written");
                write(jar, written, time);
                Files.move(written, jar, StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    private static boolean isOld(Path jar) throws IOException {
        try (var read = new JarFile(jar.toFile())) {
            for (var entry : read.stream().filter(StackMaps::isClass).toList()) {
                if (isOld(read.getInputStream(entry).readAllBytes())) {
                    return true;
                }
            }
            return false;
        }
    }

    private static boolean isClass(JarEntry entry) {
        return entry.getName().endsWith(".class");
    }

    private static boolean isOld(byte[] bytes) {
        var parsed = ClassFile.of().parse(bytes);
        return parsed.majorVersion() < FIRST_WITH_STACK_MAPS && !parsed.isModuleInfo();
    }

    private static void write(Path from, Path to, LocalDateTime time) throws IOException {
        try (var loader = URLClassLoader.newInstance(new URL[] {from.toUri().toURL()});
                var read = new JarFile(from.toFile());
                var written = new ZipOutputStream(Files.newOutputStream(to))) {
            for (var entry : read.stream().filter(each -> !each.isDirectory()).toList()) {
                var bytes = read.getInputStream(entry).readAllBytes();
                var copy = new ZipEntry(entry.getName());
                copy.setTimeLocal(time);
                written.putNextEntry(copy);
                written.write(isClass(entry) && isOld(bytes) ? withStackMaps(bytes, loader) : bytes);
            }
        }
    }

    private static byte[] withStackMaps(byte[] bytes, ClassLoader loader) {
        var resolver =
                ClassHierarchyResolver.ofResourceParsing(loader).orElse(ClassHierarchyResolver.defaultResolver());
        var file = ClassFile.of(StackMapsOption.GENERATE_STACK_MAPS, ClassHierarchyResolverOption.of(resolver));
        ClassTransform later = (builder, element) -> builder.with(later(element));
        return file.transformClass(
                file.parse(bytes), later.andThen(ClassTransform.transformingMethodBodies(CodeTransform.ACCEPT_ALL)));
    }

    private static ClassElement later(ClassElement element) {
        return element instanceof ClassFileVersion ? ClassFileVersion.of(FIRST_WITH_STACK_MAPS, 0) : element;
    }
}
