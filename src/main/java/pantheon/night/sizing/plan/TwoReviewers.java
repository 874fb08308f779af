package pantheon.night.sizing.plan;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import pantheon.night.contract.Json;
import pantheon.night.review.Agreement;
import pantheon.night.sizing.Forecast;
import tools.jackson.databind.node.ObjectNode;

/** How far two reviewers, who both have to accept, are taken to agree. */
public sealed interface TwoReviewers {
    /** Cohen's κ; that of chance where nothing is known. */
    double kappa();

    /** Where it is from, for a person. */
    String words();

    /** As {@code --kappa} says. */
    record Given(double kappa) implements TwoReviewers {
        @Override
        public String words() {
            return "κ %.2f, as given".formatted(kappa);
        }
    }

    /** As past reviews show. */
    record Seen(Agreement agreement) implements TwoReviewers {
        @Override
        public double kappa() {
            return agreement.kappa();
        }

        @Override
        public String words() {
            return "κ %.2f (%.2f to %.2f), of %,d tasks that two reviewed%s"
                    .formatted(
                            kappa(),
                            agreement.low(),
                            agreement.high(),
                            agreement.tasks(),
                            switch (agreement.state()) {
                                case GOOD, UNDEFINED -> "";
                                case TOO_FEW -> ", too few to judge them";
                                case ALERT -> ", ALERT: below %.1f".formatted(Agreement.ALERT);
                                case HALT -> ", HALT MERGES: below %.1f".formatted(Agreement.HALT);
                            });
        }
    }

    /** Nothing is known: they are taken to be independent. */
    record Assumed() implements TwoReviewers {
        @Override
        public double kappa() {
            return 0;
        }

        @Override
        public String words() {
            return "agreement unknown";
        }
    }

    /**
     * What is known of them.
     *
     * @param given by the user, null where nobody did
     */
    static TwoReviewers of(@Nullable Double given, Agreement seen) {
        if (given != null) {
            return new Given(given);
        }
        return seen.state() == Agreement.State.UNDEFINED ? new Assumed() : new Seen(seen);
    }

    /** The line of a dry run's text. */
    default String line(Forecast forecast) {
        double independent = forecast.acceptedTwice(0);
        return this instanceof Assumed
                ? "%,.0f if they are independent (T·Σ μ·p²), assumed; %s".formatted(independent, words())
                : "%,.0f at %s (p² + κp(1 − p)); %,.0f if they are independent (T·Σ μ·p²)"
                        .formatted(forecast.acceptedTwice(kappa()), words(), independent);
    }

    /** The same as {@code --json} tells it. */
    default ObjectNode json(Forecast forecast) {
        var json = Json.object();
        boolean isKnown = !(this instanceof Assumed);
        json.put("basis", getClass().getSimpleName().toLowerCase(Locale.ROOT));
        json.put("kappa", isKnown ? (Double) kappa() : null);
        json.put("accepted", isKnown ? (Double) forecast.acceptedTwice(kappa()) : null);
        json.put("accepted_independent", forecast.acceptedTwice(0));
        if (this instanceof Seen seen) {
            json.put("tasks", seen.agreement().tasks());
            json.put("low", seen.agreement().low());
            json.put("high", seen.agreement().high());
        }
        return json;
    }
}
