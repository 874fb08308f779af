package pantheon.night;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every host name in the native libraries that ship with the program is known, and none of them is called. */
final class NativeHostNamesTest {
    /** Host names under the domains of clouds, telemetry services and model hubs. */
    private static final Pattern HOST = Pattern.compile(
            "(?i)(?:[a-z0-9-]+\\.)*(?:microsoft|azure|windows|visualstudio|amazonaws|googleapis|google|huggingface|openai"
                    + "|anthropic|sentry|datadoghq|segment)\\.(?:com|net|io|co)\\b");

    /**
     * What is there and why it is not called. ONNX Runtime prints addresses of documentation in its messages and has no
     * client in it. The tokenizers' library has a client of a model hub, for tokenizers that are asked for by name; this
     * program gives it a file's path, and DJL is switched offline.
     */
    private static final Map<String, Set<String>> KNOWN = Map.of(
            "libonnxruntime.so", Set.of("huggingface.co", "www.microsoft.com"),
            "libonnxruntime4j_jni.so", Set.of(),
            "libtokenizers.so", Set.of("huggingface.co"));

    @Test
    void the_shipped_libraries_name_no_host_but_the_known_ones() throws IOException {
        var found = new HashMap<String, Set<String>>();
        try (var files = Files.walk(Path.of("target/natives"))) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                found.put(String.valueOf(file.getFileName()), hosts(Files.readAllBytes(file)));
            }
        }
        assertEquals(KNOWN, found);
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
