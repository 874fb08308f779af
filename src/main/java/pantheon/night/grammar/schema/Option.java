package pantheon.night.grammar.schema;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * One side of a choice: literals that hold on it, and constraints of its own.
 *
 * @param constraints each says whether anything can still fit
 */
record Option(List<Integer> literals, List<Predicate<Branch>> constraints) {
    static Option of(int... literals) {
        var list = new ArrayList<Integer>();
        for (int literal : literals) {
            list.add(literal);
        }
        return new Option(list, List.of());
    }

    static Option that(Predicate<Branch> constraint) {
        return new Option(List.of(), List.of(constraint));
    }

    Option and(int literal) {
        var more = new ArrayList<>(literals);
        more.add(literal);
        return new Option(more, constraints);
    }

    Option and(Predicate<Branch> constraint) {
        var more = new ArrayList<>(constraints);
        more.add(constraint);
        return new Option(literals, more);
    }
}
