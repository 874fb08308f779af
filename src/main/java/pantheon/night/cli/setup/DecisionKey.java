package pantheon.night.cli.setup;

import java.nio.file.Files;
import java.util.Optional;
import java.util.function.Consumer;
import pantheon.night.proof.SigningKey;

/**
 * The night's signing key in the hands of a person who decides. Who may not read it decides all the same; the next
 * signed decision covers theirs.
 */
public record DecisionKey(Setup setup) {
    /**
     * The key, empty where there is none for this user.
     *
     * @param warnings takes a line where there is one and this user may not read it
     */
    public Optional<SigningKey> find(Consumer<String> warnings) {
        var file = setup.config().signingKey();
        if (file != null && Files.exists(file) && !Files.isReadable(file)) {
            warnings.accept("this decision is not signed: this user may not read %s".formatted(file));
            return Optional.empty();
        }
        return setup.signingKey(System.getenv());
    }
}
