package pantheon.night.model.decoder;

import java.util.Optional;
import pantheon.night.model.weight.WeightRows;

/** The weights of a decoder, read from where they are. */
public interface DecoderWeights {
    DecoderShape shape();

    /**
     * Whether the rows of query and key are in pairs: what the rotation turns with one another lies side by side, and not
     * half a head apart.
     */
    boolean isInPairs();

    /**
     * A part, in the size that the shape says; empty where the model does without.
     *
     * @param layer the layer from 0 on; any for a part that is of none
     */
    Optional<WeightRows> find(Part part, int layer);

    /** A part that has to be there. */
    WeightRows rows(Part part, int layer);
}
