package pantheon.night.grammar.schema;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import pantheon.night.draft.SchemaDocument;
import pantheon.night.draft.Subschema;
import pantheon.night.grammar.schema.branch.Branch;
import pantheon.night.grammar.schema.branch.Conjunction;
import pantheon.night.grammar.schema.branch.Demands;
import pantheon.night.grammar.schema.branch.Option;

/**
 * Finds every way in which a conjunction can be fitted: a tableau, which adds what must hold, and splits where there
 * is a choice, the smallest first.
 */
final class Expansion {
    /** Where schemas leave more ways than this, no grammar of them would be of use. */
    private static final int MOST_BRANCHES = 200;

    private static final int MOST_SPLITS = 2_000;
    private static final int MOST_SPLITS_IN_ALL = 100_000;

    private final SchemaDocument document;
    private final Keywords keywords;
    private int splits;
    private int splitsInAll;
    private boolean lenient;

    Expansion(SchemaDocument document, Keywords keywords) {
        this.document = document;
        this.keywords = keywords;
    }

    /**
     * The ways to fit a conjunction. Where they are too many, they are sought once more without what {@code oneOf} and
     * {@code if} rule out, and the report names those.
     */
    List<Branch> branches(Conjunction conjunction) {
        boolean outerLenient = lenient; // an expansion may begin inside of another one
        int outerSplits = splits;
        try {
            lenient = false;
            return find(conjunction);
        } catch (TooManyWays e) {
            lenient = true;
            return find(conjunction);
        } finally {
            lenient = outerLenient;
            splits = outerSplits;
        }
    }

    /** Ends a search. */
    static final class TooManyWays extends RuntimeException {
        private static final long serialVersionUID = 1L;

        TooManyWays() {
            super(null, null, false, false);
        }
    }

    /** What is known on the way to some branches. */
    private record Tableau(Branch branch, Deque<Integer> todo, Set<Integer> seen, List<List<Option>> choices) {
        static Tableau of(Conjunction conjunction) {
            var todo = new ArrayDeque<Integer>();
            IntStream.of(conjunction.literals()).forEach(todo::add);
            return new Tableau(new Branch(), todo, new HashSet<>(), new ArrayList<>());
        }

        List<Option> smallestChoice() {
            return choices.stream().min(Comparator.comparingInt(List::size)).orElseThrow();
        }

        /** The same on one side of a choice, whose constraints are already met. */
        Tableau taking(Option option, List<Option> choice, Branch side) {
            var others = new ArrayList<>(choices);
            others.remove(choice);
            return new Tableau(side, new ArrayDeque<>(option.literals()), new HashSet<>(seen), others);
        }
    }

    private List<Branch> find(Conjunction conjunction) {
        splits = 0;
        var found = new ArrayList<Branch>();
        expand(Tableau.of(conjunction), found);
        return found;
    }

    private void expand(Tableau tableau, List<Branch> found) {
        if (holdAll(tableau)) {
            if (tableau.choices().isEmpty()) {
                add(tableau.branch(), found);
            } else {
                choose(tableau, found);
            }
        }
    }

    private void choose(Tableau tableau, List<Branch> found) {
        var choice = tableau.smallestChoice();
        for (var option : choice) {
            countSplit();
            var side = new Branch(tableau.branch());
            if (option.meet(side)) {
                expand(tableau.taking(option, choice, side), found);
            }
        }
    }

    private static void add(Branch branch, List<Branch> found) {
        found.add(branch);
        if (found.size() > MOST_BRANCHES) {
            throw new TooManyWays();
        }
    }

    private void countSplit() {
        if (++splits > MOST_SPLITS || ++splitsInAll > MOST_SPLITS_IN_ALL) {
            throw new TooManyWays();
        }
    }

    /** Adds what all literals ask that are to hold; whether anything can still fit. */
    private boolean holdAll(Tableau tableau) {
        while (!tableau.todo().isEmpty()) {
            int literal = tableau.todo().remove();
            if (tableau.seen().contains(literal ^ 1)) {
                return false;
            }
            if (tableau.seen().add(literal) && !hold(literal, tableau)) {
                return false;
            }
        }
        return true;
    }

    /** Adds what a literal asks; whether anything can still fit. */
    private boolean hold(int literal, Tableau tableau) {
        var schema = document.get(literal);
        boolean positive = literal == schema.positive();
        if (schema.json().isBoolean()) {
            return schema.json().booleanValue() == positive;
        }
        if (document.dialect().refHidesSiblings() && schema.keyword("$ref").isString()) {
            var target = document.target(schema, "$ref");
            tableau.todo().add(positive ? target.positive() : target.negative());
            return true;
        }
        return positive ? demand(schema, tableau) : oppose(schema, tableau);
    }

    private boolean demand(Subschema schema, Tableau tableau) {
        var demands = new Demands(lenient);
        if (!keywords.hold(schema, tableau.branch(), demands)) {
            return false;
        }
        tableau.todo().addAll(demands.literals());
        tableau.choices().addAll(demands.choices());
        return true;
    }

    private boolean oppose(Subschema schema, Tableau tableau) {
        var ways = keywords.opposites(schema);
        tableau.choices().add(ways);
        return !ways.isEmpty();
    }
}
