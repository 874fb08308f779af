package pantheon.night.language.pattern;

import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import pantheon.night.language.automaton.UnsupportedPattern;
import pantheon.night.language.pattern.PatternNode.Border;
import pantheon.night.language.pattern.PatternNode.Condition;
import pantheon.night.language.pattern.PatternNode.Edge;
import pantheon.night.language.pattern.PatternNode.Look;
import pantheon.night.language.pattern.PatternProgram.Check;
import pantheon.night.language.pattern.PatternProgram.Split;
import pantheon.night.language.pattern.PatternProgram.Take;

/**
 * The steps at which the search for a pattern without looks can be, before a character: those that take one, where a
 * letter of a word comes next, or anything else, and whether it is found by then.
 */
final class StepSets {
    private static final int MOST_WORK = 20_000_000;

    private final PatternProgram program;
    private final CharacterKinds kinds;
    private final boolean borders;
    /** For each step the kinds of characters that it takes. */
    private final BitSet[] taken;

    /** The last round in which a step was reached. */
    private final int[] reached;

    private int round;
    private final int[] waiting;
    private final int[] takers;
    private int work;

    /** What stands beside a place, as far as conditions ask. */
    enum Beside {
        EDGE,
        WORD,
        OTHER
    }

    /**
     * Steps that take a character, rising, and whether the pattern is found without one.
     *
     * @param hash of the steps
     */
    @SuppressWarnings("ArrayRecordComponent") // compared by its elements
    record Steps(int[] takers, boolean found, int hash) {
        @Override
        public boolean equals(Object other) {
            return other instanceof Steps that
                    && hash == that.hash
                    && found == that.found
                    && Arrays.equals(takers, that.takers);
        }

        @Override
        public int hashCode() {
            return hash;
        }
    }

    StepSets(PatternNode root, CharacterKinds kinds) {
        this.kinds = kinds;
        program = new PatternProgram(root, false);
        borders = root.has(Border.class);
        reached = new int[program.size()];
        waiting = new int[program.size()];
        takers = new int[program.size()];
        taken = taken();
    }

    private BitSet[] taken() {
        var bySet = new HashMap<Characters, BitSet>();
        var found = new BitSet[program.size()];
        for (int step = 0; step < found.length; step++) {
            found[step] = program.step(step) instanceof Take take
                    ? bySet.computeIfAbsent(take.characters(), this::kindsIn)
                    : new BitSet();
        }
        return found;
    }

    private BitSet kindsIn(Characters characters) {
        var in = new BitSet();
        for (int kind = 0; kind < kinds.count(); kind++) {
            in.set(kind, kinds.isIn(kind, characters));
        }
        return in;
    }

    /** The steps after some have taken a character of a kind; into the array, and how many. */
    int behind(Steps steps, int kind, int[] into) {
        int count = 0;
        for (int step : steps.takers()) {
            if (taken[step].get(kind) && program.step(step) instanceof Take take) {
                into[count++] = take.next();
            }
        }
        return count;
    }

    int size() {
        return program.size();
    }

    /**
     * Follows some steps, and the pattern's first, to those that take a character.
     *
     * @param before what is right before
     * @param next what is right behind
     */
    Steps follow(int[] from, int count, Beside before, Beside next) {
        round++;
        int waits = 0;
        for (int i = 0; i < count; i++) {
            waits = wait(from[i], waits);
        }
        waits = wait(program.start(), waits);
        int found = 0;
        while (waits > 0) {
            int step = waiting[--waits];
            switch (program.step(step)) {
                case Take take -> takers[found++] = step;
                case Split split -> waits = waitForAll(split, waits);
                case Check check -> waits = holds(check.condition(), before, next) ? wait(check.next(), waits) : waits;
            }
        }
        var rising = Arrays.copyOf(takers, found);
        Arrays.sort(rising);
        return new Steps(rising, reached[PatternProgram.FOUND] == round, Arrays.hashCode(rising));
    }

    private int waitForAll(Split split, int waits) {
        int all = waits;
        for (int i = 0; i < split.next().size(); i++) {
            all = wait(split.next().get(i), all);
        }
        return all;
    }

    private int wait(int step, int all) {
        if (++work > MOST_WORK) {
            throw new UnsupportedPattern("it is too complex for an automaton");
        }
        if (reached[step] == round) {
            return all;
        }
        reached[step] = round;
        waiting[all] = step;
        return all + 1;
    }

    private static boolean holds(Condition condition, Beside before, Beside next) {
        return switch (condition) {
            case Edge edge -> (edge.end() ? next : before) == Beside.EDGE;
            case Border border -> ((before == Beside.WORD) != (next == Beside.WORD)) != border.negated();
            case Look look -> throw new IllegalStateException(look + " is walked by its places");
        };
    }

    /** Whether what stands right before a place, or behind it, is asked for. */
    boolean asksForWords() {
        return borders;
    }
}
