package pantheon.night.prompt.call;

import java.util.Set;
import pantheon.night.language.spelling.Kind;

/**
 * Of which types the arguments of some tools can be, as their schemas say: where values stand bare, that tells a string
 * from what looks the same. Several threads may ask at once.
 */
@FunctionalInterface
public interface ArgumentTypes {
    Set<Kind> STRING = Set.of(Kind.STRING);

    /** No tool is known, so every argument is a string. */
    ArgumentTypes NONE = (tool, argument) -> STRING;

    /** Of one argument; a string where it is not known. */
    Set<Kind> of(String tool, String argument);
}
