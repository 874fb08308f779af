package pantheon.night.grammar.schema;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;
import java.util.Set;
import pantheon.night.draft.Loosening;
import pantheon.night.draft.SchemaDocument;
import pantheon.night.draft.UnusableSchema;
import pantheon.night.grammar.schema.branch.Branch;
import pantheon.night.grammar.schema.branch.Conjunction;
import pantheon.night.grammar.schema.branch.Languages;
import pantheon.night.grammar.schema.branch.Loosenings;
import pantheon.night.grammar.schema.branch.StringSource;
import pantheon.night.language.automaton.UnsupportedPattern;
import pantheon.night.language.text.ByteTable;
import tools.jackson.databind.JsonNode;

/**
 * Compiles a JSON Schema into the set of values that fit it.
 *
 * <p>Each conjunction of subschemas is split into branches, one for every way to fit it, and each branch becomes
 * alternatives of one type. So intersection, choice, and opposite are settled here, and what is left for the machine
 * is a plain union at each place.
 */
public final class SchemaCompiler {
    /** Where a schema needs more sets than this, no grammar of it would be of use. */
    private static final int MOST_SETS = 20_000;

    private final SchemaDocument document;
    private final Loosenings loosenings = new Loosenings();
    private final Languages languages = new Languages(loosenings);
    private final Map<Conjunction, List<Branch>> branches = new HashMap<>();
    private final Map<Conjunction, ValueSet> sets = new HashMap<>();
    private final Map<Conjunction, Boolean> impossible = new HashMap<>();
    private final Map<ValueSet, Conjunction> waiting = new HashMap<>();
    private final Set<Conjunction> expanding = new HashSet<>();
    private final Expansion expansion;
    private final Assembly assembly;

    private SchemaCompiler(JsonNode schema) {
        document = new SchemaDocument(schema);
        expansion = new Expansion(document, new Keywords(document, languages, loosenings, this::isImpossible));
        assembly = new Assembly(languages, this::set, new Acceptance(document, languages, this::branches));
    }

    /**
     * What became of a schema.
     *
     * @param values the values that fit it
     * @param loosenings the keywords that are not held exactly; with none, exactly the valid values fit
     * @param sources where the automata of its strings came from, as far as that is known
     */
    public record Result(ValueSet values, List<Loosening> loosenings, Map<ByteTable, StringSource> sources) {}

    /**
     * Compiles a schema.
     *
     * @throws UnusableSchema where it is broken, too large, or has no valid value at all
     */
    public static Result compile(JsonNode schema) {
        try {
            return new SchemaCompiler(schema).compile();
        } catch (UnsupportedPattern e) {
            throw new UnusableSchema("", "is too complex: " + e.getMessage());
        } catch (Expansion.TooManyWays e) {
            throw new UnusableSchema("", "leaves too many combinations of its anyOf, oneOf, and not; simplify them");
        } catch (StackOverflowError e) {
            throw new UnusableSchema("", "is nested too deeply");
        }
    }

    private Result compile() {
        var root = set(Conjunction.of(document.root().positive()));
        var all = reachable(root);
        measure(all);
        all.forEach(SchemaCompiler::finish);
        if (root.isEmpty()) {
            throw new UnusableSchema("", "has no valid value; its keywords contradict one another");
        }
        return new Result(root, loosenings.list(), languages.sources());
    }

    /** Measures new sets, whose alternatives are all there, and makes their tables. */
    static void complete(List<ValueSet> made) {
        if (!made.isEmpty()) {
            measure(new LinkedHashSet<>(made));
            made.forEach(SchemaCompiler::finish);
        }
    }

    private static void finish(ValueSet set) {
        set.drop();
        for (var alternative : set.alternatives()) {
            if (alternative instanceof ObjectShape object) {
                object.finish();
            }
        }
    }

    private List<Branch> branches(Conjunction conjunction) {
        var known = branches.get(conjunction);
        if (known == null) {
            if (!expanding.add(conjunction)) {
                throw new UnusableSchema("", "defines a value by itself, through enum or propertyNames");
            }
            known = expansion.branches(conjunction);
            expanding.remove(conjunction);
            branches.put(conjunction, known);
        }
        return known;
    }

    private ValueSet set(Conjunction conjunction) {
        return sets.computeIfAbsent(conjunction, missing -> {
            if (sets.size() > MOST_SETS) {
                throw new UnusableSchema("", "needs more than " + MOST_SETS + " sets of values");
            }
            var set = new ValueSet();
            waiting.put(set, conjunction);
            return set;
        });
    }

    /** The alternatives of a set, found now where it was waiting. */
    private void fill(ValueSet set) {
        var conjunction = waiting.remove(set);
        if (conjunction != null) {
            set.become(branches(conjunction).stream()
                    .flatMap(branch -> assembly.alternatives(branch).stream())
                    .toList());
        }
    }

    private SequencedSet<ValueSet> reachable(ValueSet root) {
        var found = new LinkedHashSet<ValueSet>();
        var queue = new ArrayDeque<ValueSet>();
        queue.add(root);
        while (!queue.isEmpty()) {
            var set = queue.remove();
            if (found.add(set)) {
                fill(set);
                set.alternatives().stream().flatMap(Alternative::children).forEach(queue::add);
            }
        }
        return found;
    }

    /** Measures sets until none becomes shorter; those that never do have no value. */
    private static void measure(SequencedSet<ValueSet> sets) {
        var order = sets.reversed();
        boolean shorter = true;
        while (shorter) {
            shorter = false;
            for (var set : order) {
                shorter |= set.measure();
            }
        }
    }

    /**
     * Whether no value fits a conjunction. While that conjunction is itself being expanded, or would take too long, it
     * counts as possible.
     */
    private boolean isImpossible(Conjunction conjunction) {
        var known = impossible.get(conjunction);
        if (known != null) {
            return known;
        }
        impossible.put(conjunction, false); // what depends on itself is not ruled out by itself
        boolean decided = decide(conjunction);
        impossible.put(conjunction, decided);
        return decided;
    }

    private boolean isExpanding(ValueSet set) {
        var conjunction = waiting.get(set);
        return conjunction != null && expanding.contains(conjunction);
    }

    private boolean decide(Conjunction conjunction) {
        var found = new LinkedHashSet<ValueSet>();
        var queue = new ArrayDeque<ValueSet>();
        queue.add(set(conjunction));
        while (!queue.isEmpty()) {
            var set = queue.remove();
            if (isExpanding(set)) {
                return false;
            }
            if (found.add(set)) {
                fill(set);
                set.alternatives().stream().flatMap(Alternative::needed).forEach(queue::add);
            }
        }
        measure(found);
        return found.getFirst().isEmpty();
    }
}
