package pantheon.night.grammar.schema.branch;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** What a subschema asks: of a branch right away, by literals that hold with it, and by choices that are still to be made. */
public final class Demands {
    private final boolean lenient;
    private final List<Predicate<Branch>> constraints = new ArrayList<>();
    private final List<Integer> literals = new ArrayList<>();
    private final List<List<Option>> choices = new ArrayList<>();

    /**
     * Nothing yet.
     *
     * @param lenient whether what a choice rules out beside itself may be taken too, since there are too many ways
     */
    public Demands(boolean lenient) {
        this.lenient = lenient;
    }

    public boolean isLenient() {
        return lenient;
    }

    /**
     * Adds a constraint.
     *
     * @param constraint says whether anything can still fit
     */
    public void constraint(Predicate<Branch> constraint) {
        constraints.add(constraint);
    }

    public void literal(int literal) {
        literals.add(literal);
    }

    public void choice(List<Option> options) {
        choices.add(options);
    }

    /** Puts the constraints to a branch; whether anything can still fit. */
    public boolean meet(Branch branch) {
        return constraints.stream().allMatch(constraint -> constraint.test(branch));
    }

    public List<Integer> literals() {
        return literals;
    }

    public List<List<Option>> choices() {
        return choices;
    }
}
