package pantheon.night.language.pattern;

import java.util.Arrays;
import pantheon.night.language.pattern.PatternNode.Condition;
import pantheon.night.language.pattern.PatternProgram.Check;
import pantheon.night.language.pattern.PatternProgram.Split;
import pantheon.night.language.pattern.PatternProgram.Take;

/** The steps at which a program is, at one place of a text. */
final class PatternSteps {
    private final PatternProgram program;
    private final Conditions conditions;
    /** Where it came to by the last character, before any condition was asked. */
    private int[] arrived;

    private int arrivals;
    /** The steps that take a character here. */
    private final int[] taking;

    private int takers;
    /** The last round in which a step was reached. */
    private final int[] reached;

    private int round;
    private final int[] waiting;

    /** What is known of places. */
    @FunctionalInterface
    interface Conditions {
        boolean hold(Condition condition, int at);
    }

    PatternSteps(PatternProgram program, Conditions conditions) {
        this.program = program;
        this.conditions = conditions;
        arrived = new int[16];
        taking = new int[program.size()];
        reached = new int[program.size()];
        waiting = new int[program.size()];
    }

    /** Goes on from where it arrived, and begins anew, at a place; whether the program is found to end there. */
    boolean begin(int at) {
        round++;
        takers = 0;
        int all = 0;
        for (int i = 0; i < arrivals; i++) {
            all = wait(arrived[i], all);
        }
        all = wait(program.start(), all);
        while (all > 0) {
            all = follow(waiting[--all], at, all);
        }
        return reached[PatternProgram.FOUND] == round;
    }

    private int wait(int step, int all) {
        if (reached[step] == round) {
            return all;
        }
        reached[step] = round;
        waiting[all] = step;
        return all + 1;
    }

    private int follow(int step, int at, int waits) {
        int all = waits;
        switch (program.step(step)) {
            case Take take -> taking[takers++] = step;
            case Check check -> all = conditions.hold(check.condition(), at) ? wait(check.next(), all) : all;
            case Split split -> {
                for (int next : split.next()) {
                    all = wait(next, all);
                }
            }
        }
        return all;
    }

    /** Takes a character, at the place where it began last. */
    void take(int character) {
        arrivals = 0;
        if (arrived.length < takers) {
            arrived = Arrays.copyOf(arrived, Math.max(takers, 2 * arrived.length));
        }
        for (int i = 0; i < takers; i++) {
            if (program.step(taking[i]) instanceof Take take
                    && take.characters().contains(character)) {
                arrived[arrivals++] = take.next();
            }
        }
    }
}
