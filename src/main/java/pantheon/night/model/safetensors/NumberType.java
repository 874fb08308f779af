package pantheon.night.model.safetensors;

import java.util.Arrays;
import java.util.Optional;

/** How a number is stored, by the format's name for it. */
public enum NumberType {
    F32(4),
    F16(2),
    BF16(2);

    private final int bytes;

    NumberType(int bytes) {
        this.bytes = bytes;
    }

    static Optional<NumberType> of(String name) {
        return Arrays.stream(values()).filter(type -> type.name().equals(name)).findFirst();
    }

    /** The bytes of one. */
    public int bytes() {
        return bytes;
    }
}
