package pantheon.night.engine.openvino;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import pantheon.night.engine.openvino.library.InferRequest;
import pantheon.night.engine.openvino.library.OpenVinoFailed;
import pantheon.night.engine.openvino.library.Tensor;

/**
 * The keys or the values of one layer, as a graph with paged attention takes them: {@code [blocks, heads, tokens, width]}.
 *
 * @param type the library's code of an element's type
 * @param blockBytes the bytes of a block
 */
record CacheInput(String name, int type, int heads, int tokens, int width, long blockBytes) {
    private static final int RANK = 4;

    /** Those of a number of layers. */
    static List<CacheInput> of(InferRequest request, int layers) {
        var inputs = new ArrayList<CacheInput>();
        for (int layer = 0; layer < layers; layer++) {
            inputs.add(of(request, "key_cache." + layer));
            inputs.add(of(request, "value_cache." + layer));
        }
        if (inputs.stream().mapToInt(CacheInput::tokens).distinct().count() != 1) {
            throw new OpenVinoFailed("the blocks of the layers have different numbers of tokens");
        }
        return List.copyOf(inputs);
    }

    private static CacheInput of(InferRequest request, String name) {
        try (var own = request.get(name)) {
            var shape = own.dimensions();
            if (shape.length != RANK || shape[1] < 1 || shape[2] < 1 || shape[3] < 1) {
                throw new OpenVinoFailed("%s has the shape %s; expected blocks, heads, tokens and width"
                        .formatted(name, Arrays.toString(shape)));
            }
            try (var one = Tensor.of(request.calls(), own.type(), 1, shape[1], shape[2], shape[3])) {
                return new CacheInput(name, own.type(), (int) shape[1], (int) shape[2], (int) shape[3], one.bytes());
            }
        }
    }

    /** Gives a request some blocks. */
    void set(InferRequest request, MemorySegment memory, int blocks) {
        try (var tensor = Tensor.over(request.calls(), memory, type, blocks, heads, tokens, width)) {
            request.set(name, tensor);
        }
    }
}
