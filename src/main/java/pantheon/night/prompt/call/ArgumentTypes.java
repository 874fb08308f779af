package pantheon.night.prompt.call;

import java.util.Map;
import java.util.Set;
import pantheon.night.KeptOrder;
import pantheon.night.language.spelling.Kind;

/**
 * Of which types the arguments of some tools can be, as their schemas say: where values stand bare, that tells a string
 * from what looks the same.
 *
 * @param byTool by the tool's name, then by the argument's
 */
public record ArgumentTypes(Map<String, Map<String, Set<Kind>>> byTool) {
    /** No tool is known, so every argument is a string. */
    public static final ArgumentTypes NONE = new ArgumentTypes(Map.of());

    private static final Set<Kind> STRING = Set.of(Kind.STRING);

    public ArgumentTypes {
        byTool = KeptOrder.map(byTool);
    }

    /** Of one argument; a string where it is not known. */
    Set<Kind> of(String tool, String argument) {
        return byTool.getOrDefault(tool, Map.of()).getOrDefault(argument, STRING);
    }
}
