package pantheon.night;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The native libraries that ship with the program know no host to call. */
final class NativeHostNamesTest {
    /** Host names under the domains of clouds, telemetry services and model hubs. */
    private static final Pattern HOST = Pattern.compile(
            "(?i)[a-z0-9.-]+\\.(microsoft|azure|windows|visualstudio|amazonaws|googleapis|google|huggingface|openai|anthropic|sentry|datadoghq|segment)\\.(com|net|io|co)");

    /** Stands in ONNX Runtime's error texts and schemas, which are only ever printed. */
    private static final Set<String> PRINTED = Set.of("www.microsoft.com");

    @Test
    void the_shipped_libraries_name_no_host() throws IOException {
        int libraries = 0;
        try (var files = Files.walk(Path.of("target/natives"))) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                libraries++;
                var hosts = hosts(Files.readAllBytes(file));
                hosts.removeAll(PRINTED);
                assertEquals(Set.of(), hosts, file.toString());
            }
        }
        assertFalse(libraries < 3, "onnxruntime, its bridge to Java, and the tokenizers");
    }

    @Test
    void a_host_name_in_a_library_would_be_found(@TempDir Path folder) throws IOException {
        var library = Path.of("target/natives/onnxruntime/libonnxruntime4j_jni.so");
        var copy = folder.resolve("copy.so");
        Files.write(copy, Files.readAllBytes(library));
        Files.write(
                copy,
                "\0https://mobile.events.data.microsoft.com/OneCollector\0".getBytes(StandardCharsets.ISO_8859_1),
                java.nio.file.StandardOpenOption.APPEND);
        assertEquals(List.of("mobile.events.data.microsoft.com"), List.copyOf(hosts(Files.readAllBytes(copy))));
    }

    private static SortedSet<String> hosts(byte[] library) {
        var text = new String(library, StandardCharsets.ISO_8859_1);
        var hosts = new TreeSet<String>();
        HOST.matcher(text).results().forEach(match -> hosts.add(match.group()));
        return hosts;
    }
}
