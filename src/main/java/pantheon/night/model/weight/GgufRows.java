package pantheon.night.model.weight;

import pantheon.night.ExitCode;
import pantheon.night.NightException;
import pantheon.night.model.gguf.GgufFile;
import pantheon.night.model.gguf.GgufTensor;
import pantheon.night.model.gguf.TensorType;

/** The rows of a GGUF file's tensor, read through a window of a few of them. */
public final class GgufRows implements WeightRows {
    private static final int WINDOW_BYTES = 1 << 20;
    private static final int MOST_COLUMNS = 1 << 20;

    private final GgufFile file;
    private final GgufTensor tensor;
    private final BlockLayout layout;
    private final RowWindow window;

    private GgufRows(GgufFile file, GgufTensor tensor, BlockLayout layout) {
        this.file = file;
        this.tensor = tensor;
        this.layout = layout;
        int rowBytes = Math.toIntExact(tensor.type().rowBytes(tensor.columns()));
        window = new RowWindow(rowBytes, tensor.rows(), WINDOW_BYTES, (at, into) -> file.read(tensor, at, into));
    }

    /**
     * A tensor's rows; one of one side is one row.
     *
     * @throws NightException with exit code 65 where its type cannot be read
     */
    public static GgufRows of(GgufFile file, GgufTensor tensor) {
        var layout = BlockLayout.of(tensor.type())
                .orElseThrow(() -> refused(
                        file,
                        "tensor %s is in %s".formatted(tensor.name(), tensor.type()),
                        "Get the model in one of %s.".formatted(TensorType.readable())));
        if (tensor.columns() > MOST_COLUMNS) {
            throw refused(
                    file,
                    "tensor %s has rows of %d numbers; expected %d at most"
                            .formatted(tensor.name(), tensor.columns(), MOST_COLUMNS),
                    "Get the file from its source again.");
        }
        return new GgufRows(file, tensor, layout);
    }

    @Override
    public String name() {
        return tensor.name();
    }

    @Override
    public RowForm form() {
        return layout.form();
    }

    @Override
    public long rows() {
        return tensor.rows();
    }

    @Override
    public int columns() {
        return (int) tensor.columns();
    }

    @Override
    public void read(long row, Row into) {
        layout.decode(window.at(row), into);
        if (!into.isFinite()) {
            throw refused(
                    file,
                    "row %d of tensor %s holds what is no finite number".formatted(row, name()),
                    "Get the file from its source again.");
        }
    }

    private static NightException refused(GgufFile file, String what, String mend) {
        return new NightException(ExitCode.DATA, "%s cannot be used: %s. %s".formatted(file.path(), what, mend));
    }
}
