package pantheon.night.engine.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pantheon.night.NightException;
import pantheon.night.engine.GenerationLimits;
import pantheon.night.prompt.ChatFormats;
import pantheon.night.prompt.Prompt;

/** The natives are loaded from where they were unpacked, and nothing is written anywhere else. */
class NativeLibrariesTest {
    private static final String RUNTIME = "onnxruntime.native.path";
    private static final String TOKENIZERS = "ENGINE_CACHE_DIR";

    @TempDir
    private Path folder;

    private Path home;
    private Path temporary;

    @BeforeEach
    void make() throws IOException {
        home = Files.createDirectory(folder.resolve("home"));
        temporary = Files.createDirectory(folder.resolve("temporary"));
    }

    private EngineProcess.Ended run(Path temporaryFiles, String... natives) throws Exception {
        var flags = new ArrayList<>(List.of(natives));
        flags.add("-Duser.home=" + home);
        flags.add("-Djava.io.tmpdir=" + temporaryFiles);
        var model = TestModel.writeSpeaker(folder.resolve("model"), "done");
        return EngineProcess.run(flags, NativeLibrariesTest.class, model.toString());
    }

    private static List<Path> files(Path of) throws IOException {
        try (var files = Files.list(of)) {
            return files.toList();
        }
    }

    @Test
    void are_loaded_from_where_they_are_installed() throws Exception {
        var ended = run(temporary, EngineProcess.inherited(RUNTIME), EngineProcess.inherited(TOKENIZERS));
        assertEquals(0, ended.status(), ended.output());
        assertTrue(ended.output().endsWith("done\n"), ended.output());
        assertEquals(List.of(), files(home));
        assertEquals(List.of(), files(temporary));
    }

    @Test
    void would_be_unpacked_at_home_without_a_place_for_them() throws Exception {
        var ended = run(temporary);
        assertEquals(0, ended.status(), ended.output());
        assertNotEquals(List.of(), files(home));
    }

    @Test
    void say_where_they_cannot_be_loaded() throws Exception {
        var absent = folder.resolve("absent");
        var ended = run(absent, EngineProcess.inherited(RUNTIME), EngineProcess.inherited(TOKENIZERS));
        assertEquals(69, ended.status(), ended.output());
        assertTrue(
                ended.output().contains("the native library of ONNX Runtime cannot be loaded: java.nio.file.NoSuch"),
                ended.output());
        assertTrue(ended.output().contains("a folder can be made in " + absent), ended.output());
    }

    @Test
    void say_where_the_tokenizers_cannot_be_loaded() throws Exception {
        var broken = Files.writeString(folder.resolve("file"), "in the way");
        var ended = run(temporary, EngineProcess.inherited(RUNTIME), "-D" + TOKENIZERS + "=" + broken);
        assertEquals(69, ended.status(), ended.output());
        assertTrue(ended.output().contains("the native library of DJL's tokenizers cannot"), ended.output());
    }

    /** Lets the model folder that it is given answer once. */
    public static void main(String[] arguments) {
        try (var engine = OnnxEngine.load(Path.of(arguments[0]), new OnnxOptions(1, 0, 1, ChatFormats.QWEN));
                var conversation = engine.open()) {
            var limits = new GenerationLimits(9, Duration.ofMinutes(1));
            System.out.println(
                    conversation.generate(Prompt.unshared("Say\n"), limits).text());
        } catch (NightException e) {
            System.out.println(e.getMessage());
            System.exit(e.exitCode().status());
        }
    }
}
