import java.io.IOException;
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
 * signatures, as their content is not what was signed any more. The same jars become the same bytes.
 *
 * <p>{@code java Repack.java JARS NEW_FOLDER TIME}
 */
final class Repack {
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
        try (var read = new JarFile(from.toFile());
                var written = new ZipOutputStream(Files.newOutputStream(to))) {
            for (var entry : entries(read)) {
                var bytes = read.getInputStream(entry).readAllBytes();
                var copy = new ZipEntry(entry.getName());
                copy.setTimeLocal(time);
                written.putNextEntry(copy);
                written.write(bytes);
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
}
