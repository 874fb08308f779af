package pantheon.night.engine.openvino;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pantheon.night.ExitCode;
import pantheon.night.NightException;
import pantheon.night.contract.Json;
import pantheon.night.contract.Sha256;
import pantheon.night.engine.GenerationLimits;
import pantheon.night.engine.onnx.FolderTrial;
import pantheon.night.model.ModelManifest;
import pantheon.night.model.decoder.Arithmetic;
import pantheon.night.model.importing.ModelFacts;
import pantheon.night.model.importing.ModelImport;
import pantheon.night.model.ir.IrGraph;
import pantheon.night.prompt.Prompt;

/** Folders as OpenVINO's tools write them, brought in by the import. */
class IrImportTest {
    @TempDir
    private Path parent;

    private Path from;
    private Path graph;

    @BeforeEach
    void write() throws IOException {
        from = TestIr.writeSpeaker(parent.resolve("from"), "abc");
        Files.delete(from.resolve(ModelManifest.FILE));
        graph = from.resolve(IrGraph.GRAPH);
    }

    private Path imported() {
        var target = parent.resolve("made");
        new ModelImport(from, target, "made", Arithmetic.FAST, 0, FolderTrial::run).run(false);
        return target;
    }

    private String refused() throws IOException {
        var refused = assertThrows(NightException.class, this::imported);
        assertEquals(ExitCode.DATA, refused.exitCode());
        assertFalse(Files.exists(parent.resolve("made")), "nothing is left of it");
        return String.valueOf(refused.getMessage());
    }

    @Test
    void a_folder_comes_in_as_it_is_and_is_pinned() throws IOException {
        Files.writeString(from.resolve("LICENSE"), "terms\n");
        Files.writeString(from.resolve("openvino_tokenizer.xml"), "<net/>");
        var made = imported();
        assertEquals(-1, Files.mismatch(graph, made.resolve(IrGraph.GRAPH)));
        assertEquals(
                Sha256.hex(from.resolve(IrGraph.WEIGHTS)),
                ModelManifest.verified(made).files().get(IrGraph.WEIGHTS));
        assertEquals("terms\n", Files.readString(made.resolve("LICENSE")));
        assertFalse(Files.exists(made.resolve("openvino_tokenizer.xml")), "what nobody reads stays behind");
        var origin = Json.parse(Files.readString(made.resolve("origin.json")));
        assertEquals("from", origin.path("folder").stringValue());
        assertEquals(Sha256.hex(graph), origin.at("/files/" + IrGraph.GRAPH).stringValue());
        try (var engine = OpenVinoEngine.load(made, TestIr.options(1));
                var conversation = engine.open()) {
            var limits = new GenerationLimits(20, Duration.ofMinutes(1));
            assertEquals(
                    "abc",
                    conversation.generate(Prompt.unshared("Say\n"), limits).text());
        }
    }

    @Test
    void it_is_said_whether_its_attention_can_be_paged() throws IOException {
        assertEquals("paged", ModelFacts.of(from).path("attention").stringValue());
        Files.writeString(
                graph,
                Files.readString(graph)
                        .replace("name=\"beam_idx\"", "name=\"beams\"")
                        .replace("names=\"beam_idx\"", "names=\"beams\""));
        assertEquals("alone", ModelFacts.of(from).path("attention").stringValue());
    }

    @Test
    void a_graph_that_keeps_nothing_is_refused() throws IOException {
        Files.writeString(graph, Files.readString(graph).replace("ReadValue", "Identity"));
        assertEquals(
                "%s cannot be imported: it is no decoder that keeps its keys and values from one run to the next. Export it again, with optimum-cli export openvino --task text-generation-with-past."
                        .formatted(graph),
                refused());
    }

    @Test
    void weights_that_are_cut_off_are_refused() throws IOException {
        var weights = from.resolve(IrGraph.WEIGHTS);
        var bytes = Files.readAllBytes(weights);
        Files.write(weights, java.util.Arrays.copyOf(bytes, bytes.length - 1));
        assertEquals(
                "%s cannot be imported: it has %d bytes, and the graph's numbers take %d. Get the file from its source again."
                        .formatted(weights, bytes.length - 1, bytes.length),
                refused());
    }

    @Test
    void a_graph_that_is_none_is_refused() throws IOException {
        Files.writeString(graph, "<net><layers>");
        assertTrue(refused().contains("it cannot be read: "), "told with the file");
        Files.writeString(graph, "<!DOCTYPE net [<!ENTITY a SYSTEM \"file:///etc/hostname\">]><net>&a;</net>");
        assertTrue(refused().startsWith(graph + " cannot be imported"));
    }

    @Test
    void a_folder_without_a_tokenizer_is_refused() throws IOException {
        Files.delete(from.resolve("tokenizer.json"));
        assertTrue(refused().startsWith(from.resolve("tokenizer.json") + " cannot be imported: it is missing."));
    }

    @Test
    void what_its_maker_decided_cannot_be_asked_for() {
        var exact = new ModelImport(from, parent.resolve("made"), "made", Arithmetic.EXACT, 0, FolderTrial::run);
        assertEquals(
                ExitCode.USAGE,
                assertThrows(NightException.class, () -> exact.run(false)).exitCode());
    }
}
