package pantheon.night.grammar.schema.branch;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * One side of a choice: literals that hold on it, and constraints of its own.
 *
 * @param constraints each says whether anything can still fit
 */
public record Option(List<Integer> literals, List<Predicate<Branch>> constraints) {
    public static Option of(int... literals) {
        return new Option(IntStream.of(literals).boxed().toList(), List.of());
    }

    public static Option that(Predicate<Branch> constraint) {
        return new Option(List.of(), List.of(constraint));
    }

    /** Values of a type that meet a constraint. */
    public static Option that(int type, Predicate<Branch> constraint) {
        return that(branch -> branch.only(type) && constraint.test(branch));
    }

    public Option and(int literal) {
        var more = new ArrayList<>(literals);
        more.add(literal);
        return new Option(more, constraints);
    }

    public Option and(Predicate<Branch> constraint) {
        var more = new ArrayList<>(constraints);
        more.add(constraint);
        return new Option(literals, more);
    }

    /** Puts the constraints to a branch; whether anything can still fit. */
    public boolean meet(Branch branch) {
        return constraints.stream().allMatch(constraint -> constraint.test(branch));
    }
}
