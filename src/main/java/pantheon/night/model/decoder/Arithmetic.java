package pantheon.night.model.decoder;

/** How the graph multiplies. The weights are those of the file in both. */
public enum Arithmetic {
    /** In single precision. */
    EXACT(1),
    /** Activations are rounded to 8 bits first, block by block. */
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
