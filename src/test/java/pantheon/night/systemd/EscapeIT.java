package pantheon.night.systemd;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Every way out that is known, tried behind each layer by itself and behind all of them. */
@Timeout(value = 10, unit = TimeUnit.MINUTES) // not a measure, only an end for what would never end
final class EscapeIT {
    private static final Path DOCS = Path.of("docs/security.md");

    /** What this kernel does not offer to anybody, and what it says instead; the docs give the reason. */
    private static final Map<String, String> IMPOSSIBLE = Map.of(
            "alg", "stopped EAFNOSUPPORT",
            "bluetooth", "stopped EAFNOSUPPORT",
            "calls_x32", "stopped ENOSYS");

    private static EscapeTable table;

    @BeforeAll
    static void try_all() throws IOException, InterruptedException {
        try (var range = EscapeRange.build()) {
            table = new EscapeTable(range.vectors(), range.attempts());
        }
        Files.writeString(Path.of("target/escape.txt"), table.details());
    }

    @Test
    void each_goes_through_without_confinement() {
        for (var vector : table.vectors()) {
            assertEquals(
                    IMPOSSIBLE.getOrDefault(vector.name(), "open"),
                    table.outcome(Layer.NONE, vector.name()),
                    vector.toString());
        }
    }

    @Test
    void no_network_is_reached_from_the_process_by_its_own_layer_alone() {
        var reached = new HashSet<>(table.open(Layer.PROCESS));
        table.vectors().stream()
                .filter(vector -> !vector.group().equals("network"))
                .forEach(vector -> reached.remove(vector.name()));
        assertEquals(Set.of(), reached);
    }

    @Test
    void nothing_gets_out_of_a_tool_behind_its_own_layer_or_all() {
        assertEquals(Set.of(), table.open(Layer.TOOL));
        assertEquals(Set.of(), table.open(Layer.ALL));
    }

    @Test
    void the_docs_show_what_was_found() throws IOException {
        var docs = Files.readString(DOCS);
        var found = table.markdown(new TreeSet<>(IMPOSSIBLE.keySet()));
        int begin = docs.indexOf(EscapeTable.BEGIN);
        int end = docs.indexOf(EscapeTable.END) + EscapeTable.END.length();
        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(DOCS, docs.substring(0, begin) + found + docs.substring(end));
        } else {
            assertEquals(docs.substring(begin, end), found);
        }
    }
}
