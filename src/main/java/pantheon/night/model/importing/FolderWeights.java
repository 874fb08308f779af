package pantheon.night.model.importing;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import pantheon.night.NightException;
import pantheon.night.VisibleText;
import pantheon.night.model.decoder.DecoderShape;
import pantheon.night.model.decoder.DecoderWeights;
import pantheon.night.model.decoder.Part;
import pantheon.night.model.safetensors.SafetensorsFolder;
import pantheon.night.model.weight.Row;
import pantheon.night.model.weight.SafetensorsRows;
import pantheon.night.model.weight.WeightRows;

/** The weights of a decoder in the safetensors files of a Hugging Face folder. */
final class FolderWeights implements DecoderWeights {
    /** What early versions of transformers saved with the weights, and computed anew. */
    private static final Pattern COMPUTED =
            Pattern.compile("model\\.layers\\.\\d+\\.self_attn\\.rotary_emb\\.inv_freq");

    private final SafetensorsFolder files;
    private final FolderConfig config;
    private final DecoderShape shape;
    private final boolean tied;

    private FolderWeights(SafetensorsFolder files, FolderConfig config, DecoderShape shape) {
        this.files = files;
        this.config = config;
        this.shape = shape;
        tied = config.flag("tie_word_embeddings");
    }

    /**
     * The weights of a folder, whose files stay open.
     *
     * @throws NightException with exit code 65 where a part is missing, has other sides than the configuration says, or is
     *     not known
     */
    static FolderWeights of(SafetensorsFolder files, FolderConfig config, int contextTokens) {
        var weights = new FolderWeights(files, config, FolderShape.of(config, contextTokens));
        weights.requireComplete();
        weights.requireOneTable();
        return weights;
    }

    private void requireComplete() {
        var known = new TreeSet<String>();
        for (var placed : Part.of(shape)) {
            var name = placed.part().huggingFace(placed.layer());
            known.add(name);
            boolean needed =
                    placed.part() == Part.OUTPUT ? !tied : placed.part().isNeededBy(shape.family());
            if (needed || files.tensors().containsKey(name)) {
                requireFit(placed.part(), name);
            }
        }
        for (var held : files.tensors().values()) {
            var name = held.tensor().name();
            if (!known.contains(name) && !COMPUTED.matcher(name).matches()) {
                throw Foreign.unknown(
                        held.file().path(),
                        "tensor %s is no part of a %s decoder with %d layers as it is known here"
                                .formatted(
                                        VisibleText.line(name), shape.family().key(), shape.layers()),
                        "Run it in a server, or take a model without it.");
            }
        }
    }

    private void requireFit(Part part, String name) {
        var held = files.tensors().get(name);
        if (held == null) {
            throw Foreign.broken(
                    config.file(),
                    "its folder has no tensor %s%s"
                            .formatted(
                                    name,
                                    part == Part.OUTPUT
                                            ? ", and it does not say that the embedding serves (tie_word_embeddings)"
                                            : ""));
        }
        var size = part.size(shape);
        var sides = part.isMatrix() ? List.of(size.rows(), (long) size.columns()) : List.of((long) size.columns());
        if (!held.tensor().shape().equals(sides)) {
            throw Foreign.broken(
                    held.file().path(),
                    "tensor %s has the sides %s; its config.json makes them %s"
                            .formatted(name, held.tensor().shape(), sides));
        }
    }

    /** Where the embedding is to serve as the output too, an output that is there has to be the same. */
    private void requireOneTable() {
        var output = tensor(Part.OUTPUT, 0);
        if (tied && output != null && !isSame(output, rows(Part.EMBEDDING, 0))) {
            throw Foreign.unknown(
                    config.file(),
                    "it says that the embedding serves as the output too (tie_word_embeddings), and %s is another"
                            .formatted(output.name()),
                    "Save the model again as it was trained, with tie_word_embeddings false if it has two tables.");
        }
    }

    private static boolean isSame(WeightRows one, WeightRows other) {
        var rows = List.of(new Row(one.form(), one.columns()), new Row(other.form(), other.columns()));
        var readers = List.of(one.reader(), other.reader());
        for (long row = 0; row < one.rows(); row++) {
            readers.get(0).read(row, rows.get(0));
            readers.get(1).read(row, rows.get(1));
            if (!Arrays.equals(rows.get(0).numbers(), rows.get(1).numbers())) {
                return false;
            }
        }
        return true;
    }

    @Override
    public DecoderShape shape() {
        return shape;
    }

    @Override
    public boolean isInPairs() {
        return false;
    }

    @Override
    public Optional<WeightRows> find(Part part, int layer) {
        return tied && part == Part.OUTPUT ? Optional.empty() : Optional.ofNullable(tensor(part, layer));
    }

    @Override
    public WeightRows rows(Part part, int layer) {
        return find(part, layer).orElseThrow(() -> new IllegalStateException("no " + part.huggingFace(layer)));
    }

    private @Nullable WeightRows tensor(Part part, int layer) {
        var held = files.tensors().get(part.huggingFace(layer));
        return held == null ? null : new SafetensorsRows(held.file(), held.tensor());
    }
}
