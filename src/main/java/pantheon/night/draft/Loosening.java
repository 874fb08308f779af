package pantheon.night.draft;

/**
 * A keyword that a grammar does not hold exactly: it allows more, and validation afterwards decides.
 *
 * @param pointer the keyword's place in the schema, as a JSON Pointer
 * @param reason why it cannot be held
 */
public record Loosening(String pointer, String reason) {
    @Override
    public String toString() {
        return pointer + ": " + reason;
    }
}
