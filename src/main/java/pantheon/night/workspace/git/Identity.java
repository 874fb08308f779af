package pantheon.night.workspace.git;

/** Who a commit names as its author or committer. */
public record Identity(String name, String email) {
    public Identity {
        if (!isPlain(name) || !isPlain(email)) {
            throw new IllegalArgumentException("not an identity that git can write: %s <%s>".formatted(name, email));
        }
    }

    private static boolean isPlain(String text) {
        return !text.isBlank() && text.chars().noneMatch(c -> c == '<' || c == '>' || c < ' ' || c == 0x7f);
    }
}
