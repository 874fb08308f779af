package pantheon.night.model.importing;

import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import pantheon.night.NightException;
import pantheon.night.VisibleText;
import pantheon.night.model.decoder.DecoderShape;
import pantheon.night.model.decoder.DecoderWeights;
import pantheon.night.model.decoder.Part;
import pantheon.night.model.gguf.GgufFile;
import pantheon.night.model.gguf.GgufTensor;
import pantheon.night.model.weight.GgufRows;
import pantheon.night.model.weight.WeightRows;

/** The weights of a decoder in a GGUF file. */
public final class GgufWeights implements DecoderWeights {
    /** Read with the measures. */
    private static final String DIVISORS = "rope_freqs.weight";

    private final GgufFile file;
    private final DecoderShape shape;

    private GgufWeights(GgufFile file, DecoderShape shape) {
        this.file = file;
        this.shape = shape;
    }

    /**
     * The weights of a file, which stays open.
     *
     * @throws NightException with exit code 65 where a part is missing, has other sides than the metadata say, is of a type
     *     that cannot be read, or is not known
     */
    public static GgufWeights of(GgufFile file) {
        var weights = new GgufWeights(file, GgufShape.of(file));
        weights.requireComplete();
        return weights;
    }

    /**
     * The same for sequences of so many tokens at most; 0 for as many as the file claims.
     *
     * @throws NightException with exit code 64 where it claims fewer
     */
    GgufWeights withContext(int tokens) {
        return new GgufWeights(file, shape.withContext(Foreign.context(file.path(), tokens, shape.contextTokens())));
    }

    private void requireComplete() {
        var known = new TreeSet<>(Set.of(DIVISORS));
        for (var placed : Part.of(shape)) {
            known.add(placed.part().gguf(placed.layer()));
            if (placed.part().isNeededBy(shape.family())
                    || find(placed.part(), placed.layer()).isPresent()) {
                requireFit(placed.part(), placed.layer());
            }
        }
        for (var name : file.tensors().keySet()) {
            if (!known.contains(name)) {
                throw Foreign.unknown(
                        file.path(),
                        "tensor %s is no part of a %s decoder with %d layers as it is known here"
                                .formatted(
                                        VisibleText.line(name), shape.family().key(), shape.layers()),
                        "Run it in llama.cpp's server, or take a model without it.");
            }
        }
    }

    private void requireFit(Part part, int layer) {
        var tensor = file.tensor(part.gguf(layer));
        var size = part.size(shape);
        if (tensor.rows() != size.rows() || tensor.columns() != size.columns()) {
            throw Foreign.broken(
                    file.path(),
                    "tensor %s has the sides %s; its metadata make them [%d, %d]"
                            .formatted(tensor.name(), tensor.shape(), size.columns(), size.rows()));
        }
        GgufRows.requireReadable(file, tensor);
    }

    @Override
    public DecoderShape shape() {
        return shape;
    }

    @Override
    public boolean isInPairs() {
        return shape.family().pairsInGguf();
    }

    @Override
    public Optional<WeightRows> find(Part part, int layer) {
        return Optional.ofNullable(file.tensors().get(part.gguf(layer))).map(this::rows);
    }

    @Override
    public WeightRows rows(Part part, int layer) {
        return rows(file.tensor(part.gguf(layer)));
    }

    private WeightRows rows(GgufTensor tensor) {
        return GgufRows.of(file, tensor);
    }
}
