package pantheon.night.language.pattern;

import java.util.ArrayList;
import java.util.List;
import pantheon.night.language.pattern.PatternNode.Back;
import pantheon.night.language.pattern.PatternNode.Choice;
import pantheon.night.language.pattern.PatternNode.Condition;
import pantheon.night.language.pattern.PatternNode.Group;
import pantheon.night.language.pattern.PatternNode.Repeat;
import pantheon.night.language.pattern.PatternNode.Sequence;

/**
 * A regular expression as numbered steps, without back-references; step {@link #FOUND} ends it.
 *
 * <p>It is read forwards or backwards; a repeat is written out.
 */
final class PatternProgram {
    static final int FOUND = 0;

    private final List<Step> steps = new ArrayList<>();
    private final boolean backwards;
    private final int start;

    /** @param backwards whether it takes characters from the last to the first */
    PatternProgram(PatternNode root, boolean backwards) {
        this.backwards = backwards;
        steps.add(new Split(List.of()));
        start = add(root, FOUND);
    }

    sealed interface Step {}

    /** Takes one character. */
    record Take(Characters characters, int next) implements Step {}

    /** Goes on in each of some ways. */
    record Split(List<Integer> next) implements Step {}

    /** Goes on where a condition holds. */
    record Check(Condition condition, int next) implements Step {}

    int start() {
        return start;
    }

    int size() {
        return steps.size();
    }

    Step step(int number) {
        return steps.get(number);
    }

    private int add(Step step) {
        steps.add(step);
        return steps.size() - 1;
    }

    /** Adds the steps of a part that leads to a step; returns the first of them. */
    private int add(PatternNode node, int next) {
        return switch (node) {
            case Characters characters -> add(new Take(characters, next));
            case Condition condition -> add(new Check(condition, next));
            case Group group -> add(group.body(), next);
            case Sequence sequence -> add(sequence, next);
            case Choice choice -> add(choice, next);
            case Repeat repeat -> add(repeat, next);
            case Back back -> throw new IllegalStateException(back + " is no step");
        };
    }

    private int add(Sequence sequence, int next) {
        int first = next;
        for (var part : backwards ? sequence.parts() : sequence.parts().reversed()) {
            first = add(part, first);
        }
        return first;
    }

    private int add(Choice choice, int next) {
        return add(
                new Split(choice.parts().stream().map(side -> add(side, next)).toList()));
    }

    private int add(Repeat repeat, int next) {
        int first = repeat.max() == Repeat.ENDLESS ? endless(repeat, next) : optional(repeat, next);
        for (int i = 0; i < repeat.min(); i++) {
            first = add(repeat.body(), first);
        }
        return first;
    }

    private int endless(Repeat repeat, int next) {
        int loop = add(new Split(List.of()));
        steps.set(loop, new Split(List.of(add(repeat.body(), loop), next)));
        return loop;
    }

    private int optional(Repeat repeat, int next) {
        int first = next;
        for (int i = repeat.min(); i < repeat.max(); i++) {
            first = add(new Split(List.of(add(repeat.body(), first), next)));
        }
        return first;
    }
}
