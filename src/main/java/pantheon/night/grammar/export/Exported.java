package pantheon.night.grammar.export;

import java.util.List;
import pantheon.night.draft.Loosening;

/**
 * A grammar in an engine's language. What it allows and ours does not is named, each by the tool's name and the argument's
 * place; our own validation refuses it.
 *
 * @param text the grammar
 * @param loosenings bounds that it does not hold
 * @param twice objects that may have a name twice: no grammar of this kind remembers names
 */
public record Exported(String text, List<Loosening> loosenings, List<Loosening> twice) {
    public Exported {
        loosenings = List.copyOf(loosenings);
        twice = List.copyOf(twice);
    }
}
