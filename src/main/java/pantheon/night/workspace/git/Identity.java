package pantheon.night.workspace.git;

import pantheon.night.contract.PlainText;

/** Who a commit names as its author or committer. */
public record Identity(String name, String email) {
    public Identity {
        if (!PlainText.isIdentity(name) || !PlainText.isIdentity(email)) {
            throw new IllegalArgumentException("not an identity that git can write: %s <%s>".formatted(name, email));
        }
    }
}
