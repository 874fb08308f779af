package pantheon.night.model.decoder;

import java.util.Optional;
import pantheon.night.model.weight.EightBitRows;
import pantheon.night.model.weight.WeightRows;

/** Weights whose plain matrices are rounded to 8 bits, so that they are multiplied fast. What is in blocks stays. */
public record RoundedWeights(DecoderWeights exact) implements DecoderWeights {
    @Override
    public DecoderShape shape() {
        return exact.shape();
    }

    @Override
    public boolean isInPairs() {
        return exact.isInPairs();
    }

    @Override
    public Optional<WeightRows> find(Part part, int layer) {
        return exact.find(part, layer).map(rows -> rounded(part, rows));
    }

    @Override
    public WeightRows rows(Part part, int layer) {
        return rounded(part, exact.rows(part, layer));
    }

    private static WeightRows rounded(Part part, WeightRows rows) {
        return part.isMatrix() && EightBitRows.isPossible(rows) ? new EightBitRows(rows) : rows;
    }
}
