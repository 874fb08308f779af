package pantheon.night.engine.openvino;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pantheon.night.engine.openvino.library.Leftovers;
import pantheon.night.model.MemoryNeed;
import pantheon.night.model.ir.IrGraph;

class LeftoversTest {
    private static final int BYTES = 8 << 20;

    @TempDir
    private Path folder;

    @Test
    void pages_of_a_mapped_file_are_given_back_and_read_again() throws Exception {
        var file = Files.write(folder.resolve("w.bin"), new byte[BYTES]);
        try (var channel = FileChannel.open(file);
                var arena = Arena.ofConfined()) {
            var mapped = channel.map(MapMode.READ_ONLY, 0, BYTES, arena);
            long sum = 0;
            for (long at = 0; at < BYTES; at += 4096) {
                sum += mapped.get(ValueLayout.JAVA_BYTE, at);
            }
            assertEquals(0, sum);
            assertEquals(BYTES >> 10, Resident.kib(file));
            Leftovers.giveBack(file);
            assertEquals(0, Resident.kib(file));
            assertEquals(0, mapped.get(ValueLayout.JAVA_BYTE, BYTES - 1));
            assertTrue(Resident.kib(file) > 0);
        }
    }

    /** The weights of the file are there once, as they are computed with. */
    @Test
    void a_loaded_model_holds_no_page_of_its_file_that_it_does_not_need() throws Exception {
        var model = TestIr.writeSpeaker(folder.resolve("speaker"), "abc");
        try (var engine = OpenVinoEngine.load(model, TestIr.options(2))) {
            assertTrue(Resident.kib(model.resolve(IrGraph.WEIGHTS)) <= 64);
            var graph = IrGraph.of(model.resolve(IrGraph.GRAPH));
            var need = MemoryNeed.ofOpenVino(
                    graph.computedBytes(true),
                    engine.runner().tokenBytes(),
                    engine.model().contextTokens());
            assertEquals(need.bytes(2), engine.memoryBytes());
        }
    }

    @Test
    void numbers_of_sixteen_bits_take_as_much_again_in_single_precision() throws Exception {
        var ir = new IrWriter();
        ir.floats(new float[] {1, 2}, 2);
        ir.halves(6);
        ir.write(folder);
        var graph = IrGraph.of(folder.resolve(IrGraph.GRAPH));
        assertEquals(8 + 12, graph.computedBytes(false));
        assertEquals(8 + 24, graph.computedBytes(true));
        assertTrue(Precision.INT8.isSingle() && !Precision.BF16.isSingle());
    }
}
