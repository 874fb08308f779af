package pantheon.night.model.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ExternalDataTest {
    @TempDir
    private Path folder;

    private Set<String> locations(byte[] bytes) throws IOException {
        return ExternalData.of(Files.write(folder.resolve("model.onnx"), bytes));
    }

    private static ProtoMessage tensor(String location) {
        return new ProtoMessage()
                .bytes(9, new byte[20_000]) // numbers that are in the file
                .message(13, new ProtoMessage().text(1, "location").text(2, location))
                .message(13, new ProtoMessage().text(2, "17").text(1, "offset"));
    }

    /** A node with an attribute. */
    private static ProtoMessage node(int field, ProtoMessage value) {
        return new ProtoMessage().message(5, new ProtoMessage().text(1, "a").message(field, value));
    }

    private static byte[] model(ProtoMessage graph) {
        return new ProtoMessage()
                .whole(1, 8)
                .text(2, "somebody")
                .message(7, graph)
                .message(25, new ProtoMessage().message(7, node(5, tensor("function"))))
                .real(99, 1)
                .bytes();
    }

    @Test
    void files_are_found_wherever_a_tensor_can_stand() throws IOException {
        var graph = new ProtoMessage()
                .message(5, tensor("initializer"))
                .message(15, new ProtoMessage().message(1, tensor("values")).message(2, tensor("indices")))
                .message(1, node(5, tensor("constant")))
                .message(1, node(10, tensor("constants")))
                .message(1, node(23, new ProtoMessage().message(1, tensor("sparse"))))
                .message(1, node(6, new ProtoMessage().message(5, tensor("branch"))));
        assertEquals(
                Set.of("initializer", "values", "indices", "constant", "constants", "sparse", "branch", "function"),
                locations(model(graph)));
        assertEquals(Set.of(), locations(new byte[0]));
    }

    @Test
    void a_file_that_ends_early_or_is_no_graph_is_told() throws IOException {
        var whole = model(new ProtoMessage().message(5, tensor("initializer")));
        var cut = assertThrows(IOException.class, () -> locations(Arrays.copyOf(whole, 15_000)));
        assertTrue(String.valueOf(cut.getMessage()).contains("it has a field of "), cut.getMessage());
        var text = assertThrows(
                IOException.class, () -> locations("version https://example.org".getBytes(StandardCharsets.UTF_8)));
        assertTrue(String.valueOf(text.getMessage()).startsWith("it has a field of "), text.getMessage());
        var endless = new byte[20];
        Arrays.fill(endless, (byte) 0xff);
        assertThrows(IOException.class, () -> locations(endless));
    }

    @Test
    void graphs_within_graphs_have_a_bound() throws IOException {
        assertEquals(Set.of("deep", "function"), locations(model(nested(16))));
        var refused = assertThrows(IOException.class, () -> locations(model(nested(17))));
        assertEquals("its graphs are nested deeper than 16", refused.getMessage());
    }

    private static ProtoMessage nested(int depth) {
        var graph = new ProtoMessage().message(5, tensor("deep"));
        for (int i = 0; i < depth; i++) {
            graph = new ProtoMessage().message(1, node(6, graph));
        }
        return graph;
    }
}
