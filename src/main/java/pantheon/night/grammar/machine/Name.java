package pantheon.night.grammar.machine;

import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A list of names as they are written, newest first; each one stands once in an object. */
final class Name {
    private final byte[] written;
    private final @Nullable Name older;
    private final int hash;

    private Name(byte[] written, @Nullable Name older) {
        this.written = written;
        this.older = older;
        hash = 31 * Arrays.hashCode(written) + (older == null ? 0 : older.hash);
    }

    static Name of(byte[] written) {
        return new Name(written, null);
    }

    /** This name at the head of others. */
    Name before(@Nullable Name others) {
        return new Name(written, others);
    }

    byte[] written() {
        return written;
    }

    @Nullable
    Name older() {
        return older;
    }

    @Override
    public boolean equals(Object other) {
        return this == other
                || (other instanceof Name that
                        && hash == that.hash
                        && Arrays.equals(written, that.written)
                        && Objects.equals(older, that.older));
    }

    @Override
    public int hashCode() {
        return hash;
    }
}
