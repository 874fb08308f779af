package pantheon.night.draft;

/** A schema that no grammar can be made of, with the place and the reason. */
public final class UnusableSchema extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String pointer;

    public UnusableSchema(String pointer, String reason) {
        super("%s %s".formatted(pointer.isEmpty() ? "the schema" : pointer, reason));
        this.pointer = pointer;
    }

    /** Where in the schema, as a JSON Pointer. */
    public String pointer() {
        return pointer;
    }
}
