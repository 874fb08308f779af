package pantheon.night.language.pattern;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import pantheon.night.KeptOrder;
import pantheon.night.language.automaton.UnsupportedPattern;
import pantheon.night.language.pattern.PatternNode.Border;
import pantheon.night.language.pattern.PatternNode.Condition;
import pantheon.night.language.pattern.PatternNode.Edge;
import pantheon.night.language.pattern.PatternNode.Look;
import pantheon.night.language.pattern.PatternProgram.Check;
import pantheon.night.language.pattern.PatternProgram.Split;
import pantheon.night.language.pattern.PatternProgram.Take;

/**
 * The places that the search for a pattern comes to, found as they are asked for.
 *
 * <p>A place is a set of walkers. A walker is a step of the program, and what it owes: the places of those look-aheads
 * that it passed, which all have to end well, or badly where they are negated. Each look-ahead is a program of its own,
 * so they may stand, and be nested and repeated, anywhere. Whether a word, or nothing, is right before belongs to the
 * place; what is right behind is known when the next character is taken.
 */
final class PatternPlaces {
    private static final int NEVER = 0;
    private static final int ALWAYS = 1;
    private static final int END = -1;
    private static final int MOST_PLACES = 40_000;
    private static final int MOST_WORK = 5_000_000;
    private static final List<Integer> NONE = List.of();

    private final CharacterKinds kinds;
    private final Before first;
    private final boolean borders;
    private final List<PatternProgram> programs = new ArrayList<>();
    private final IdentityHashMap<Look, Integer> looks = new IdentityHashMap<>();
    private final List<Place> places = new ArrayList<>();
    private final Map<Place, Integer> numbers = new HashMap<>();
    private final Map<Long, Integer> ways = new HashMap<>();
    private int work;

    /** What is right before a place, as far as some condition of the pattern asks. */
    private enum Before {
        NOTHING,
        WORD,
        OTHER
    }

    /**
     * A step, and what is owed.
     *
     * @param debts places of look-aheads, each twice its number, and one more where it is negated; ascending
     */
    private record Walker(int step, List<Integer> debts) {}

    /** @param program its number; that of the whole pattern, 0, begins anew everywhere */
    private record Place(int program, Before before, Set<Walker> walkers) {}

    PatternPlaces(PatternNode root, CharacterKinds kinds) {
        this.kinds = kinds;
        boolean asks = root.all().anyMatch(part -> part instanceof Edge edge && !edge.end());
        first = asks ? Before.NOTHING : Before.OTHER;
        borders = root.has(Border.class);
        programs.add(new PatternProgram(root, false));
        root.all().forEach(this::addLook);
        places.add(new Place(NEVER, Before.OTHER, Set.of()));
        places.add(new Place(ALWAYS, Before.OTHER, Set.of()));
    }

    private void addLook(PatternNode part) {
        if (part instanceof Look look) {
            looks.put(look, programs.size());
            programs.add(new PatternProgram(look.body(), false));
        }
    }

    /** The place before the first character. */
    int first() {
        return start(0, first);
    }

    private int start(int program, Before before) {
        return number(program, before, Set.of(new Walker(programs.get(program).start(), NONE)));
    }

    private int number(int program, Before before, Set<Walker> walkers) {
        return numbers.computeIfAbsent(new Place(program, before, walkers), place -> {
            places.add(place);
            if (places.size() > MOST_PLACES) {
                throw tooComplex();
            }
            return places.size() - 1;
        });
    }

    private static UnsupportedPattern tooComplex() {
        return new UnsupportedPattern("its conditions are too complex for an automaton");
    }

    /** The place behind a character of a kind. */
    int behind(int place, int kind) {
        if (place <= ALWAYS) {
            return place;
        }
        long way = ((long) place << Integer.SIZE) | kind;
        var known = ways.get(way);
        if (known == null) {
            known = found(places.get(place), kind);
            ways.put(way, known);
        }
        return known;
    }

    private int found(Place place, int kind) {
        var after = new HashSet<Walker>();
        for (var walker : reached(place, kind)) {
            int next = next(place, walker, kind);
            if (next >= 0) {
                owing(walker, kind).ifPresent(debts -> after.add(new Walker(next, debts)));
            }
        }
        if (after.contains(new Walker(PatternProgram.FOUND, NONE))) {
            return ALWAYS;
        }
        if (place.program() == 0) {
            after.add(new Walker(programs.getFirst().start(), NONE));
        }
        var free = KeptOrder.set(after); // what owes nothing makes the same with debts needless
        after.removeIf(walker -> !walker.debts().isEmpty() && free.contains(new Walker(walker.step(), NONE)));
        boolean word = borders && kinds.isWord(kind);
        return after.isEmpty() ? NEVER : number(place.program(), word ? Before.WORD : Before.OTHER, after);
    }

    /** Where a walker goes by a character, -1 for nowhere; what is found stays found. */
    private int next(Place place, Walker walker, int kind) {
        if (walker.step() == PatternProgram.FOUND) {
            return PatternProgram.FOUND;
        }
        return step(place, walker) instanceof Take take && kinds.isIn(kind, take.characters()) ? take.next() : -1;
    }

    private PatternProgram.Step step(Place place, Walker walker) {
        return programs.get(place.program()).step(walker.step());
    }

    /** What a walker owes behind a character; empty where a debt can no longer be paid. */
    private Optional<List<Integer>> owing(Walker walker, int kind) {
        var owed = new TreeSet<Integer>();
        for (int debt : walker.debts()) {
            boolean negated = (debt & 1) != 0;
            int place = behind(debt >> 1, kind);
            if (place == (negated ? ALWAYS : NEVER)) {
                return Optional.empty();
            }
            if (place > ALWAYS) {
                owed.add((place << 1) | (debt & 1));
            }
        }
        return Optional.of(List.copyOf(owed));
    }

    /** Whether the text may end at a place. */
    boolean ends(int place) {
        if (place <= ALWAYS) {
            return place == ALWAYS;
        }
        return reached(places.get(place), END).stream()
                .filter(walker -> walker.step() == PatternProgram.FOUND)
                .anyMatch(this::isPaid);
    }

    private boolean isPaid(Walker walker) {
        return walker.debts().stream().allMatch(debt -> ends(debt >> 1) == ((debt & 1) == 0));
    }

    /** The walkers of a place that take a character, or have found, where one of a kind, or the end, is right behind. */
    private Set<Walker> reached(Place place, int kind) {
        var reached = new HashSet<Walker>();
        var waiting = new ArrayDeque<>(place.walkers());
        while (!waiting.isEmpty()) {
            var walker = waiting.remove();
            if (++work > MOST_WORK) {
                throw tooComplex();
            }
            if (reached.add(walker)) {
                switch (step(place, walker)) {
                    case Take take -> {}
                    case Split split -> split.next().forEach(next -> waiting.add(new Walker(next, walker.debts())));
                    case Check check -> passed(check, walker, place, kind).ifPresent(waiting::add);
                }
            }
        }
        return reached;
    }

    private Optional<Walker> passed(Check check, Walker walker, Place place, int kind) {
        if (check.condition() instanceof Look look) {
            return Optional.of(new Walker(check.next(), owing(look, walker, place.before())));
        }
        return holds(check.condition(), place.before(), kind)
                ? Optional.of(new Walker(check.next(), walker.debts()))
                : Optional.empty();
    }

    private List<Integer> owing(Look look, Walker walker, Before before) {
        var debts = new TreeSet<>(walker.debts());
        debts.add(start(looks.getOrDefault(look, 0), before) * 2 + (look.negated() ? 1 : 0));
        return List.copyOf(debts);
    }

    private boolean holds(Condition condition, Before before, int kind) {
        return switch (condition) {
            case Edge edge -> edge.end() ? kind == END : before == Before.NOTHING;
            case Border border -> ((before == Before.WORD) != (kind != END && kinds.isWord(kind))) != border.negated();
            case Look look -> throw new IllegalStateException(look + " is owed");
        };
    }
}
