package pantheon.night.engine.openvino;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pantheon.night.ExitCode;
import pantheon.night.NightException;
import pantheon.night.engine.Decoding;
import pantheon.night.engine.Engine;
import pantheon.night.engine.EngineContract;
import pantheon.night.engine.GenerationLimits;
import pantheon.night.engine.onnx.OnnxEngine;
import pantheon.night.engine.onnx.OnnxOptions;
import pantheon.night.engine.onnx.TestModel;
import pantheon.night.outcome.StopReason;
import pantheon.night.prompt.ChatFormats;
import pantheon.night.prompt.Prompt;

class OpenVinoEngineTest extends EngineContract {
    /** No character twice: each says which one follows it. */
    private static final String ANSWER = "h\u00e9\u6f22\ud83d\ude42,b k";

    @TempDir
    private static Path shared;

    @Override
    protected boolean tellsLikelihood() {
        return true;
    }

    @Override
    protected Engine engine() throws Exception {
        return OpenVinoEngine.load(TestIr.writeSpeaker(shared.resolve("speaker"), ANSWER), TestIr.options(4));
    }

    private static NightException refused(OpenVinoOptions options) throws Exception {
        var folder = Files.exists(shared.resolve("refused"))
                ? shared.resolve("refused")
                : TestIr.writeSpeaker(shared.resolve("refused"), ANSWER);
        var problem = assertThrows(NightException.class, () -> OpenVinoEngine.load(folder, options));
        assertEquals(ExitCode.UNAVAILABLE, problem.exitCode());
        return problem;
    }

    private static OpenVinoOptions with(@Nullable Path libraries, String device, Precision precision) {
        return new OpenVinoOptions(libraries, device, precision, 1, 0, 1, ChatFormats.QWEN, Decoding.FAST);
    }

    @Test
    void the_journal_is_told_of_version_device_precision_and_attention() {
        var facts = loaded().model().facts();
        assertTrue(String.valueOf(facts.get("openvino")).startsWith("2026.4.1-22982-"));
        assertEquals("CPU", facts.get("device"));
        assertEquals("f32", facts.get("precision"));
        assertEquals("f32", facts.get("cachePrecision"));
        assertEquals("0", facts.get("activationGroup"));
        assertEquals("paged", facts.get("attention"));
        assertTrue(List.of("equal", "differ").contains(facts.get("rows")), "as the processor has it");
        assertEquals("fast", facts.get("decoding"));
    }

    @Test
    void it_says_its_answer_to_the_end() {
        try (var conversation = loaded().open()) {
            var said =
                    conversation.generate(Prompt.unshared("Say\n"), new GenerationLimits(100, Duration.ofMinutes(1)));
            assertEquals(ANSWER, said.text());
            assertEquals(StopReason.END_OF_TURN, said.stopReason());
        }
    }

    @Test
    void a_device_that_is_not_there_is_refused_with_those_that_are() throws Exception {
        assertEquals(
                "OpenVINO finds no device GPU here; it finds: CPU. Its library libopenvino_intel_gpu_plugin.so is not in %s. Mend that, or set device of the model to one that is there; docs/engines.md tells what each needs."
                        .formatted(TestIr.libraries()),
                refused(with(TestIr.libraries(), "GPU", Precision.F32)).getMessage());
    }

    @Test
    void a_folder_without_libraries_is_told_with_what_is_looked_for() throws Exception {
        var empty = Files.createDirectories(shared.resolve("empty"));
        assertEquals(
                "OpenVINO's C library libopenvino_c.so.2641 (2026.4.1, build 22982) is in none of: %s. Set libraries of the model to the folder with OpenVINO's libraries; docs/engines.md tells which they are."
                        .formatted(empty),
                refused(with(empty, "CPU", Precision.F32)).getMessage());
    }

    @Test
    void libraries_of_another_version_are_refused_by_their_name() throws Exception {
        var other = Files.createDirectories(shared.resolve("other"));
        Files.writeString(other.resolve("libopenvino_c.so.2530"), "");
        assertEquals(
                "%s is of a version of OpenVINO that was not proven here; expected libopenvino_c.so.2641 (2026.4.1, build 22982). Set libraries of the model to the folder with OpenVINO's libraries; docs/engines.md tells which they are."
                        .formatted(other.resolve("libopenvino_c.so.2530")),
                refused(with(other, "CPU", Precision.F32)).getMessage());
    }

    @Test
    void what_is_installed_is_told_without_a_model() {
        var here = OpenVinoHere.find(TestIr.libraries());
        here.require("CPU");
        assertEquals(List.of("CPU"), here.devices());
        assertTrue(here.version().startsWith("2026.4.1-22982-"), here.version());
        assertEquals(
                "OpenVINO %s in %s; devices CPU; CPU computes in int8 (activations rounded in groups of 32, keys and values in f32)"
                        .formatted(here.version(), TestIr.libraries()),
                here.words("CPU", Precision.INT8));
        assertEquals(
                ExitCode.UNAVAILABLE,
                assertThrows(NightException.class, () -> here.require("NPU.0")).exitCode());
    }

    @Test
    void libraries_that_cannot_be_loaded_are_told_with_the_loaders_words() throws Exception {
        var broken = Files.createDirectories(shared.resolve("broken"));
        for (var name : List.of("libopenvino_c.so.2641", "libopenvino.so.2641", "libopenvino_ir_frontend.so.2641")) {
            Files.writeString(broken.resolve(name), "none\n");
        }
        var message = refused(with(broken, "CPU", Precision.F32)).getMessage();
        assertTrue(
                message.contains("cannot be loaded (%s".formatted(broken.resolve("libopenvino_c.so.2641"))), message);
        assertTrue(message.contains("file too short"), message);
    }

    @Test
    void a_folder_that_lacks_one_of_the_libraries_is_told_which() throws Exception {
        var partial = Files.createDirectories(shared.resolve("partial"));
        Files.writeString(partial.resolve("libopenvino_c.so.2641"), "");
        Files.writeString(partial.resolve("libopenvino.so.2641"), "");
        assertTrue(refused(with(partial, "CPU", Precision.F32))
                .getMessage()
                .contains("has libopenvino_c.so.2641, and lacks libopenvino_ir_frontend.so.2641"));
    }

    @Test
    void a_folder_of_another_engines_is_refused() throws Exception {
        var folder = TestModel.writeSpeaker(shared.resolve("onnx"), ANSWER);
        var problem = assertThrows(NightException.class, () -> OpenVinoEngine.load(folder, TestIr.options(1)));
        assertEquals(
                "model folder %s has no openvino_model.xml, which engine openvino runs. Set the model's engine to onnx, or its path to a folder of OpenVINO's."
                        .formatted(folder),
                problem.getMessage());
        var own = TestIr.writeSpeaker(shared.resolve("own"), ANSWER);
        var other = assertThrows(
                NightException.class, () -> OnnxEngine.load(own, new OnnxOptions(1, 0, 1, ChatFormats.QWEN)));
        assertEquals(
                "model folder %s has a graph of OpenVINO's and none in ONNX. Set the model's engine to openvino."
                        .formatted(own),
                other.getMessage());
    }
}
