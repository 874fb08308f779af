package pantheon.night.model.decoder;

/** How the graph multiplies. */
public enum Arithmetic {
    /** In single precision, by the weights as the file has them. */
    EXACT(1),
    /** Activations are rounded to 8 bits first, block by block; where weights are rounded too, {@link RoundedWeights} says. */
    FAST(4);

    private final int accuracyLevel;

    Arithmetic(int accuracyLevel) {
        this.accuracyLevel = accuracyLevel;
    }

    /** What {@code MatMulNBits} calls it. */
    int accuracyLevel() {
        return accuracyLevel;
    }
}
