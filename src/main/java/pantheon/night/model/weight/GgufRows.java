package pantheon.night.model.weight;

import pantheon.night.ExitCode;
import pantheon.night.NightException;
import pantheon.night.model.gguf.GgufFile;
import pantheon.night.model.gguf.GgufTensor;
import pantheon.night.model.gguf.TensorType;

/** The rows of a GGUF file's tensor, read a few at a time. */
public final class GgufRows implements WeightRows {
    private static final int WINDOW_BYTES = 1 << 18;
    static final int MOST_COLUMNS = 1 << 20;

    private final GgufFile file;
    private final GgufTensor tensor;
    private final BlockLayout layout;

    private GgufRows(GgufFile file, GgufTensor tensor, BlockLayout layout) {
        this.file = file;
        this.tensor = tensor;
        this.layout = layout;
    }

    /** A tensor's rows; one of one side is one row. */
    public static GgufRows of(GgufFile file, GgufTensor tensor) {
        return new GgufRows(file, tensor, layout(file, tensor));
    }

    /**
     * Makes sure that a tensor's rows can be read.
     *
     * @throws NightException with exit code 65 where its type is not known, or a row is longer than any model's
     */
    public static void requireReadable(GgufFile file, GgufTensor tensor) {
        layout(file, tensor);
    }

    private static BlockLayout layout(GgufFile file, GgufTensor tensor) {
        if (tensor.columns() > MOST_COLUMNS) {
            throw refused(
                    file,
                    "tensor %s has rows of %d numbers; expected %d at most"
                            .formatted(tensor.name(), tensor.columns(), MOST_COLUMNS),
                    "Get the file from its source again.");
        }
        return BlockLayout.of(tensor.type())
                .orElseThrow(() -> refused(
                        file,
                        "tensor %s is in %s".formatted(tensor.name(), tensor.type()),
                        "Get the model in one of %s.".formatted(TensorType.readable())));
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
    public RowReader reader() {
        int rowBytes = Math.toIntExact(tensor.type().rowBytes(tensor.columns()));
        var window = new RowWindow(rowBytes, tensor.rows(), WINDOW_BYTES, (at, into) -> file.read(tensor, at, into));
        return (row, into) -> {
            layout.decode(window.at(row), into);
            if (!into.isFinite()) {
                throw refused(
                        file,
                        "row %d of tensor %s holds what is no finite number".formatted(row, name()),
                        "Get the file from its source again.");
            }
        };
    }

    private static NightException refused(GgufFile file, String what, String mend) {
        return new NightException(ExitCode.DATA, "%s cannot be used: %s. %s".formatted(file.path(), what, mend));
    }
}
