package pantheon.night.contract;

import org.jspecify.annotations.Nullable;

/**
 * One way in which a value breaks its schema.
 *
 * @param pointer JSON Pointer to the value (RFC 6901), empty for the whole
 * @param keyword the schema's keyword that it breaks, for example {@code required}
 * @param property the property that is missing or not allowed, null where the violation is about the value itself
 * @param message what is wrong with it, in words
 */
public record Violation(
        String pointer, String keyword, @Nullable String property, String message) {
    @Override
    public String toString() {
        return (pointer.isEmpty() ? "the whole value" : pointer) + ": " + message;
    }
}
