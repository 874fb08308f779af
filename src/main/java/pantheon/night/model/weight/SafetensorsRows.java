package pantheon.night.model.weight;

import pantheon.night.ExitCode;
import pantheon.night.NightException;
import pantheon.night.model.safetensors.Safetensor;
import pantheon.night.model.safetensors.SafetensorsFile;

/**
 * The rows of a safetensors file's tensor, read a few at a time; one of one side is one row.
 *
 * @param tensor with rows of as many numbers as a GGUF file's may have, or fewer
 */
public record SafetensorsRows(SafetensorsFile file, Safetensor tensor) implements WeightRows {
    private static final int WINDOW_BYTES = 1 << 18;

    public SafetensorsRows {
        if (tensor.columns() < 1 || tensor.columns() > GgufRows.MOST_COLUMNS) {
            throw refused(
                    file,
                    "tensor %s has rows of %d numbers; expected 1 to %d"
                            .formatted(tensor.name(), tensor.columns(), GgufRows.MOST_COLUMNS));
        }
    }

    /** Plain numbers are laid out as in GGUF files. */
    private BlockLayout layout() {
        return switch (tensor.type()) {
            case F32 -> BlockLayout.F32;
            case F16 -> BlockLayout.F16;
            case BF16 -> BlockLayout.BF16;
        };
    }

    @Override
    public String name() {
        return tensor.name();
    }

    @Override
    public RowForm form() {
        return RowForm.PLAIN;
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
        int rowBytes = columns() * tensor.type().bytes();
        var window = new RowWindow(rowBytes, rows(), WINDOW_BYTES, (at, into) -> file.read(tensor, at, into));
        var layout = layout();
        return (row, into) -> {
            layout.decode(window.at(row), into);
            if (!into.isFinite()) {
                throw refused(file, "row %d of tensor %s holds what is no finite number".formatted(row, name()));
            }
        };
    }

    private static NightException refused(SafetensorsFile file, String what) {
        return new NightException(
                ExitCode.DATA,
                "%s cannot be used: %s. Get the file from its source again.".formatted(file.path(), what));
    }
}
