package pantheon.night.grammar.schema;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Finds every way in which a conjunction can be fitted: a tableau, which adds what must hold, and splits where there
 * is a choice, the smallest first.
 */
final class Expansion {
    /** Where schemas leave more ways than this, no grammar of them would be of use. */
    private static final int MOST_BRANCHES = 200;

    private static final int MOST_SPLITS = 2_000;
    private static final int MOST_SPLITS_IN_ALL = 100_000;
    private static final int MOST_PAIRS = 8;

    private final SchemaDocument document;
    private final Keywords keywords;
    private final Loosenings loosenings;
    private final Predicate<Conjunction> impossible;
    private int splits;
    private int splitsInAll;
    private boolean lenient;

    /** @param impossible whether no value at all is known to fit */
    Expansion(SchemaDocument document, Keywords keywords, Loosenings loosenings, Predicate<Conjunction> impossible) {
        this.document = document;
        this.keywords = keywords;
        this.loosenings = loosenings;
        this.impossible = impossible;
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

    private List<Branch> find(Conjunction conjunction) {
        splits = 0;
        var found = new ArrayList<Branch>();
        var todo = new ArrayDeque<Integer>();
        for (int literal : conjunction.literals()) {
            todo.add(literal);
        }
        expand(new Branch(), todo, new HashSet<>(), new ArrayList<>(), found);
        return found;
    }

    private void expand(
            Branch branch, Deque<Integer> todo, Set<Integer> seen, List<List<Option>> choices, List<Branch> found) {
        while (!todo.isEmpty()) {
            int literal = todo.remove();
            if (seen.contains(literal ^ 1)) {
                return;
            }
            if (seen.add(literal) && !hold(literal, branch, todo, choices)) {
                return;
            }
        }
        if (choices.isEmpty()) {
            found.add(branch);
            if (found.size() > MOST_BRANCHES) {
                throw new TooManyWays();
            }
            return;
        }
        var choice = choices.stream().min(Comparator.comparingInt(List::size)).orElseThrow();
        for (var option : choice) {
            if (++splits > MOST_SPLITS || ++splitsInAll > MOST_SPLITS_IN_ALL) {
                throw new TooManyWays();
            }
            var side = new Branch(branch);
            if (option.constraints().stream().allMatch(constraint -> constraint.test(side))) {
                var others = new ArrayList<>(choices);
                others.remove(choice);
                expand(side, new ArrayDeque<>(option.literals()), new HashSet<>(seen), others, found);
            }
        }
    }

    /** Adds what a literal asks; whether anything can still fit. */
    private boolean hold(int literal, Branch branch, Deque<Integer> todo, List<List<Option>> choices) {
        var schema = document.get(literal);
        boolean positive = literal == schema.positive();
        if (schema.json().isBoolean()) {
            return schema.json().booleanValue() == positive;
        }
        if (document.dialect().refHidesSiblings() && schema.json().path("$ref").isString()) {
            var target = keywords.target(schema);
            todo.add(positive ? target.positive() : target.negative());
            return true;
        }
        if (!positive) {
            var ways = new ArrayList<>(keywords.opposites(schema));
            if (schema.has("oneOf")) {
                ways.addAll(notExactlyOne(schema));
            }
            choices.add(ways);
            return !ways.isEmpty();
        }
        if (!keywords.apply(schema, branch)) {
            return false;
        }
        todo.addAll(keywords.parts(schema));
        choices.addAll(keywords.choices(schema, lenient));
        if (schema.has("oneOf")) {
            choices.add(exactlyOne(schema));
        }
        return true;
    }

    /** One of the parts, and none of those that it does not rule out by itself. */
    private List<Option> exactlyOne(Subschema schema) {
        var parts = document.children(schema, "oneOf");
        var options = new ArrayList<Option>();
        if (lenient) {
            loosenings.add(schema, "oneOf", "more than one may fit, since ruling that out takes too many combinations");
        }
        for (var part : parts) {
            var option = Option.of(part.positive());
            for (var other : parts) {
                if (!lenient
                        && other.id() != part.id()
                        && !impossible.test(Conjunction.of(part.positive(), other.positive()))) {
                    option = option.and(other.negative());
                }
            }
            options.add(option);
        }
        return options;
    }

    private List<Option> notExactlyOne(Subschema schema) {
        var parts = document.children(schema, "oneOf");
        var options = new ArrayList<Option>();
        options.add(Option.of(parts.stream().mapToInt(Subschema::negative).toArray()));
        if (parts.size() > MOST_PAIRS) {
            loosenings.add(schema, "oneOf", "its opposite has too many pairs");
            options.add(Option.of());
            return options;
        }
        for (int i = 0; i < parts.size(); i++) {
            for (int j = i + 1; j < parts.size(); j++) {
                options.add(Option.of(parts.get(i).positive(), parts.get(j).positive()));
            }
        }
        return options;
    }
}
