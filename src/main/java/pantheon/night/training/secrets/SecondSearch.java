package pantheon.night.training.secrets;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import pantheon.night.ExitCode;
import pantheon.night.NightException;

/** Searches what is about to be written, as it will stand there; what still looks like a secret must not leave the machine. */
public final class SecondSearch {
    /** Why a trace is left out whose rows hold what looks like a secret: a name, or only what JSON made of a text. */
    private static final String LEFT = "secret_left";

    /** Why a trace is left out that holds a secret which was taken out of another one. */
    private static final String OF_ANOTHER = "secret_of_another_trace";

    private final Secrets secrets;
    private final KnownSecrets known;

    /** @param known those of all traces */
    public SecondSearch(Secrets secrets, KnownSecrets known) {
        this.secrets = secrets;
        this.known = known;
    }

    /**
     * Why a trace may not be written, empty where it may.
     *
     * @param text what its rows are made of
     * @param rows each a line
     */
    public Optional<String> reason(ComposedText text, Collection<List<ComposedText>> rows) {
        if (known.areIn(text)) {
            return Optional.of(OF_ANOTHER);
        }
        for (var form : rows) {
            for (var row : form) {
                if (secrets.areIn(row)) {
                    return Optional.of(LEFT);
                }
            }
        }
        return Optional.empty();
    }

    /**
     * Sees that a file which is no trace's holds none.
     *
     * @throws NightException with exit code 65 where one does
     */
    public void requireClean(String name, String text) {
        var kinds = text.lines().flatMap(line -> secrets.find(line).stream()).toList();
        if (!kinds.isEmpty()) {
            throw new NightException(
                    ExitCode.DATA,
                    "%s would hold what looks like a secret (%s); nothing was written."
                                    .formatted(name, kinds.getFirst())
                            + " It is the id of a night, or the licence: leave that night out, or give another licence.");
        }
    }
}
