package pantheon.night.contract;

/**
 * One way in which a value breaks its schema.
 *
 * @param pointer JSON Pointer to the value (RFC 6901), empty for the whole
 * @param keyword the schema's keyword that it breaks, for example {@code required}
 * @param message what is wrong with it, in words
 */
public record Violation(String pointer, String keyword, String message) {
    @Override
    public String toString() {
        return (pointer.isEmpty() ? "the whole value" : pointer) + ": " + message;
    }
}
