package pantheon.night.draft;

/**
 * What a {@code $ref} says.
 *
 * @param address of a resource, empty for the one it stands in
 * @param fragment a pointer or an anchor in there, empty for the whole
 */
record Reference(String address, String fragment) {
    static Reference of(String text) {
        int hash = text.indexOf('#');
        return hash < 0 ? new Reference(text, "") : new Reference(text.substring(0, hash), text.substring(hash + 1));
    }

    boolean isPointer() {
        return fragment.isEmpty() || fragment.startsWith("/");
    }
}
