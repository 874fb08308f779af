package pantheon.night.grammar;

import java.util.List;
import pantheon.night.grammar.schema.ArgumentList;

/**
 * A tool's call with its arguments by their names, between the ends of its form.
 *
 * @param head what stands before the arguments
 * @param ways the ways in which the arguments can be given, one or more
 * @param tail what stands behind them
 */
public record NamedCall(String head, List<ArgumentList> ways, String tail) {
    public NamedCall {
        ways = List.copyOf(ways);
    }
}
