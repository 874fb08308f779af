package pantheon.night;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a command prints as JSON is one value, valid against its schema below {@code schema/result}. */
@Isolated("takes the standard streams")
final class ResultSchemasTest {
    private final PrintStream out = System.out;
    private final PrintStream err = System.err;

    @TempDir
    private Path folder;

    @AfterEach
    void give_the_streams_back() {
        System.setOut(out);
        System.setErr(err);
    }

    private String json(String... line) {
        var said = new ByteArrayOutputStream();
        System.setOut(new PrintStream(said, true, UTF_8));
        System.setErr(new PrintStream(new ByteArrayOutputStream(), true, UTF_8));
        Main.run(line);
        return said.toString(UTF_8);
    }

    @ParameterizedTest
    @CsvSource({
        "doctor, doctor",
        "egress, doctor --egress",
        "status, status",
        "validate, validate",
        "verify, verify 20261129-213113",
        "report, report 20261129-213113",
        "config, config show",
        "prune, prune --dry-run --nights 2",
        "metrics, metrics"
    })
    void a_command_s_result_is_on_its_schema(String schema, String line) throws IOException {
        var nights = GoldenNights.layOut("nights", folder);
        var words = nights.arguments(new GoldenNights.Line(schema, List.of((line + " --json").split(" ", -1))));
        ResultSchema.valid(schema, json(words));
    }

    @Test
    void so_is_what_is_said_where_no_night_ever_was() throws IOException {
        var nights = GoldenNights.layOut("nights", folder);
        Files.move(nights.place().resolve("log"), nights.place().resolve("elsewhere"));
        ResultSchema.valid(
                "status", json(nights.arguments(new GoldenNights.Line("status", List.of("status", "--json")))));
    }

    @Test
    void so_is_what_makes_keys_and_manifests() throws IOException {
        ResultSchema.valid("keygen", json("keygen", folder.resolve("night.key").toString(), "--json"));
        var model = Files.createDirectory(folder.resolve("model"));
        Files.writeString(model.resolve("any.txt"), "any");
        ResultSchema.valid("manifest", json("model", "manifest", model.toString(), "--json"));
    }
}
