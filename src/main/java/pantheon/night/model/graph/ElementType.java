package pantheon.night.model.graph;

/** What the elements of a tensor are; the numbers are those of {@code TensorProto.DataType}. */
public enum ElementType {
    FLOAT(1, Float.BYTES),
    UINT8(2, Byte.BYTES),
    INT32(6, Integer.BYTES),
    INT64(7, Long.BYTES);

    private final int number;
    private final int bytes;

    ElementType(int number, int bytes) {
        this.number = number;
        this.bytes = bytes;
    }

    int number() {
        return number;
    }

    /** The bytes of one. */
    public int bytes() {
        return bytes;
    }
}
