package pantheon.night;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import pantheon.night.contract.Json;

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

    @Test
    void so_is_what_is_said_of_models() throws IOException {
        var real = Path.of("target/models/SmolLM2-135M-Instruct.Q4_1.gguf").toString();
        var made = folder.resolve("made").toString();
        ResultSchema.valid("inspect", json("model", "inspect", real, "--json"));
        ResultSchema.valid("import", json("model", "import", real, made, "--context", "1024", "--json"));
        var said = json("model", "inspect", made, "--json");
        ResultSchema.valid("inspect", said);
        var facts = Json.parse(said);
        assertEquals("fast", facts.path("precision").asString());
        assertEquals(46_080, facts.path("kvBytesPerToken").asLong());
        assertEquals(
                facts.path("weightBytes").asLong() + 300_000_000 + 18L * 1024 * 46_080,
                facts.path("memoryBytes").path("16").asLong());
        assertEquals(65, Main.run("model", "inspect", "pom.xml"));
        assertEquals(69, Main.run("model", "inspect", folder.toString()));
    }

    @Test
    void a_model_whose_weights_were_changed_does_not_hold() throws IOException {
        var real = Path.of("target/models/SmolLM2-135M-Instruct.Q4_1.gguf").toString();
        var made = folder.resolve("made");
        assertEquals(0, Main.run("model", "import", real, made.toString(), "--precision", "exact", "-q"));
        var compared = json("model", "check", made.toString(), real, "--tokens", "16", "--json");
        ResultSchema.valid("check", compared);
        var facts = Json.parse(compared);
        assertTrue(facts.path("holds").asBoolean(), compared);
        assertEquals(20, facts.path("sameTop").asInt());
        try (var data = FileChannel.open(made.resolve("model.onnx.data"), StandardOpenOption.WRITE)) {
            data.write(ByteBuffer.allocate(1 << 20), data.size() / 2);
        }
        assertEquals(0, Main.run("model", "manifest", made.toString(), "--replace", "-q"));
        assertEquals(69, Main.run("model", "check", made.toString(), real, "--tokens", "16", "-q"));
        Files.writeString(made.resolve("origin.json"), "{\"format\": 1, \"sha256\": \"0\"}");
        assertEquals(65, Main.run("model", "check", made.toString(), real, "-q"));
    }
}
