package pantheon.night.trainer;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The parameters of a graph that {@link OnnxExport} wrote, to train on from. */
final class OnnxWeights {
    private OnnxWeights() {}

    /**
     * @throws IOException where the graph cannot be read
     * @throws IllegalArgumentException where it is of another shape
     */
    static float[] read(ModelShape shape, Path file) throws IOException {
        var layout = new ParameterLayout(shape);
        var tensors = ModelProto.parseFrom(Files.readAllBytes(file)).getGraph().getInitializerList().stream()
                .collect(Collectors.toMap(TensorProto::getName, Function.identity()));
        var weights = new float[layout.size()];
        for (var slice : layout.slices()) {
            var tensor = tensors.get(slice.name());
            if (tensor == null || tensor.getRawData().size() != 4 * slice.size()) {
                throw new IllegalArgumentException("%s has no %s of this size".formatted(file, slice.name()));
            }
            var values = tensor.getRawData()
                    .asReadOnlyByteBuffer()
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .asFloatBuffer();
            boolean turned = slice.isMatrix() && !slice.name().equals("embed");
            fill(weights, slice, values, turned);
        }
        return weights;
    }

    /** @param turned whether the graph holds the matrix transposed */
    private static void fill(float[] weights, ParameterLayout.Slice slice, FloatBuffer values, boolean turned) {
        for (int row = 0; row < slice.rows(); row++) {
            for (int column = 0; column < slice.columns(); column++) {
                int place = turned ? column * slice.rows() + row : row * slice.columns() + column;
                weights[slice.offset() + row * slice.columns() + column] = values.get(place);
            }
        }
    }
}
