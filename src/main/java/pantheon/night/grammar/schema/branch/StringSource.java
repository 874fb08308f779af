package pantheon.night.grammar.schema.branch;

import java.util.List;

/**
 * Where an automaton of strings came from.
 *
 * @param languages the patterns and formats that all of the strings fit
 * @param others strings that are left out
 */
public record StringSource(List<Language> languages, List<String> others) {
    public StringSource {
        languages = List.copyOf(languages);
        others = List.copyOf(others);
    }
}
