package pantheon.night.config;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** JSON Pointers (RFC 6901), by which this package names values, and how people see them: keys joined by dots. */
final class Pointer {
    /** The whole file. */
    static final String ROOT = "";

    private Pointer() {}

    static String child(String pointer, String key) {
        return pointer + "/" + key.replace("~", "~0").replace("/", "~1");
    }

    static String parent(String pointer) {
        return pointer.substring(0, pointer.lastIndexOf('/'));
    }

    static String key(String pointer) {
        return keys(pointer).getLast();
    }

    static List<String> keys(String pointer) {
        return pointer.isEmpty()
                ? List.of()
                : Arrays.stream(pointer.substring(1).split("/", -1))
                        .map(key -> key.replace("~1", "/").replace("~0", "~"))
                        .toList();
    }

    static String dotted(String pointer) {
        return pointer.isEmpty() ? "the file" : keys(pointer).stream().collect(Collectors.joining("."));
    }
}
