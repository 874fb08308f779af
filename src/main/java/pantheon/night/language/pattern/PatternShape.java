package pantheon.night.language.pattern;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import pantheon.night.language.pattern.PatternNode.Back;
import pantheon.night.language.pattern.PatternNode.Choice;
import pantheon.night.language.pattern.PatternNode.Condition;
import pantheon.night.language.pattern.PatternNode.Edge;
import pantheon.night.language.pattern.PatternNode.Group;
import pantheon.night.language.pattern.PatternNode.Repeat;
import pantheon.night.language.pattern.PatternNode.Sequence;

/**
 * The whole strings in which a pattern is found, part by part as it is written, for those whose conditions stand at
 * their ends only.
 */
public final class PatternShape<T> {
    private static final List<Integer> ANY =
            List.of(0, Character.MIN_SURROGATE - 1, Character.MAX_SURROGATE + 1, Character.MAX_CODE_POINT);

    private final PatternForm<T> form;

    private PatternShape(PatternForm<T> form) {
        this.form = form;
    }

    /**
     * What a form makes of a pattern; empty where it has a condition elsewhere, or a back-reference.
     *
     * @throws pantheon.night.language.automaton.UnsupportedPattern where it is none of ECMA-262
     */
    public static <T> Optional<T> of(String pattern, PatternForm<T> form) {
        return new PatternShape<>(form).search(PatternParser.parse(pattern).root());
    }

    private Optional<T> search(PatternNode root) {
        if (root instanceof Choice choice) {
            var parts = choice.parts().stream().map(this::search).toList();
            return parts.stream().allMatch(Optional::isPresent)
                    ? Optional.of(
                            form.choice(parts.stream().flatMap(Optional::stream).toList()))
                    : Optional.empty();
        }
        if (root instanceof Group group) {
            return search(group.body());
        }
        if (root instanceof Sequence sequence && sequence.parts().size() == 1) {
            return search(sequence.parts().getFirst());
        }
        return anywhere(root instanceof Sequence sequence ? sequence.parts() : List.of(root));
    }

    private Optional<T> anywhere(List<PatternNode> parts) {
        boolean begins = !parts.isEmpty() && parts.getFirst() instanceof Edge first && !first.end();
        boolean ends = parts.size() > (begins ? 1 : 0) && parts.getLast() instanceof Edge last && last.end();
        var middle = new Sequence(parts.subList(begins ? 1 : 0, parts.size() - (ends ? 1 : 0)));
        if (middle.has(Condition.class) || middle.has(Back.class)) {
            return Optional.empty();
        }
        var anything = form.repeat(form.characters(ANY), 0, PatternForm.ENDLESS);
        var whole = new ArrayList<T>();
        if (!begins) {
            whole.add(anything);
        }
        whole.add(shape(middle));
        if (!ends) {
            whole.add(anything);
        }
        return Optional.of(form.sequence(whole));
    }

    private T shape(PatternNode node) {
        return switch (node) {
            case Characters characters -> form.characters(characters.ranges());
            case Sequence sequence -> form.sequence(shapes(sequence.parts()));
            case Choice choice -> form.choice(shapes(choice.parts()));
            case Repeat repeat -> form.repeat(shape(repeat.body()), repeat.min(), repeat.max());
            case Group group -> shape(group.body());
            case Back back -> throw new IllegalStateException(back + " has no shape");
            case Condition condition -> throw new IllegalStateException(condition + " has no shape");
        };
    }

    private List<T> shapes(List<PatternNode> parts) {
        return parts.stream().map(this::shape).toList();
    }
}
