package pantheon.night.replay;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import pantheon.night.engine.Likelihood;
import pantheon.night.journal.NightEvent.Limited;
import pantheon.night.outcome.Scoring;

/**
 * How likely values were, as a turn's line in the journal has it. A turn has one call, so no two tools' arguments of one name
 * have a likelihood.
 */
record RecordedLikelihood(List<Limited> limited) implements Likelihood {
    RecordedLikelihood {
        limited = List.copyOf(limited);
    }

    @Override
    public OptionalDouble of(String argument, int from, int to) {
        return recorded(argument)
                .map(value -> OptionalDouble.of(Objects.requireNonNull(value.likelihood())))
                .orElse(OptionalDouble.empty());
    }

    @Override
    public Scoring scoring(String argument) {
        return recorded(argument).map(Limited::scoring).orElse(Scoring.PATH);
    }

    private Optional<Limited> recorded(String argument) {
        return limited.stream()
                .filter(value -> value.argument().equals(argument) && value.likelihood() != null)
                .findFirst();
    }
}
