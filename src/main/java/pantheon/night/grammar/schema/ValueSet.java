package pantheon.night.grammar.schema;

import java.util.List;
import java.util.Set;
import pantheon.night.contract.Json;
import pantheon.night.language.automaton.Automatons;
import pantheon.night.language.spelling.Kind;
import pantheon.night.language.text.ByteTable;
import pantheon.night.language.text.JsonText;
import tools.jackson.databind.JsonNode;

/**
 * A set of JSON values, as the union of alternatives of one type each.
 *
 * <p>Sets refer to one another, in circles where a schema recurs. Those that have no value at all are known by their
 * {@link #shortest}.
 */
public final class ValueSet {
    /** The length of what cannot be written. */
    public static final int NEVER = Integer.MAX_VALUE;

    private List<Alternative> alternatives = List.of();
    private int shortest = NEVER;

    ValueSet() {}

    /** A set of some alternatives that are known already. */
    public static ValueSet of(List<Alternative> alternatives) {
        var set = new ValueSet();
        set.become(alternatives);
        set.measure();
        return set;
    }

    /** Just these strings and numbers. */
    private static ValueSet only(List<JsonNode> choices) {
        return choices.isEmpty()
                ? new ValueSet()
                : of(List.of(new TextShape(ByteTable.of(Automatons.byteWords(
                        choices.stream().map(ValueSet::text).toList())))));
    }

    private static String text(JsonNode value) {
        return value.isString() ? '"' + JsonText.write(value.stringValue()) + '"' : Json.write(value);
    }

    /** The same, with one property of its objects narrowed to some strings and numbers. */
    public ValueSet narrowed(String property, List<JsonNode> choices) {
        var only = only(choices);
        return of(alternatives.stream()
                .map(alternative ->
                        alternative instanceof ObjectShape object ? object.with(property, only) : alternative)
                .toList());
    }

    void become(List<Alternative> found) {
        alternatives = List.copyOf(found);
    }

    /** Measures this set anew; whether it has become shorter. */
    boolean measure() {
        int best = shortest;
        for (var alternative : alternatives) {
            best = Math.min(best, alternative.shortest());
        }
        boolean shorter = best < shortest;
        shortest = best;
        return shorter;
    }

    void drop() {
        alternatives = alternatives.stream()
                .filter(alternative -> alternative.shortest() != NEVER)
                .toList();
    }

    public List<Alternative> alternatives() {
        return alternatives;
    }

    /** The types of its values. */
    public Set<Kind> kinds() {
        return Kind.of(first -> alternatives.stream().anyMatch(alternative -> alternative.startsWith(first)));
    }

    /** The bytes of the shortest text of any of the values, or {@link #NEVER} where there are none. */
    public int shortest() {
        return shortest;
    }

    public boolean isEmpty() {
        return shortest == NEVER;
    }
}
