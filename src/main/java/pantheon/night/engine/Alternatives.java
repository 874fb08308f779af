package pantheon.night.engine;

import java.util.List;

/**
 * Texts that could stand in one place of a turn.
 *
 * @param before what the turn has before the place
 * @param values the texts, two or more, each once
 * @param behind what follows the place; its first character ends a value
 */
public record Alternatives(String before, List<String> values, String behind) {
    public Alternatives {
        values = List.copyOf(values);
        if (values.size() < 2 || values.stream().distinct().count() < values.size() || behind.isEmpty()) {
            throw new IllegalArgumentException(
                    "%d values before \"%s\"; expected two or more, each once, and what ends them"
                            .formatted(values.size(), behind));
        }
    }
}
