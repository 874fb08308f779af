package pantheon.night.trainer;

import java.time.Duration;

/**
 * When training ends and how fast it learns on the way: a warm-up over the first steps, then a cosine down to a
 * twentieth of the peak, by the share of the steps or of the time that is spent.
 */
sealed interface Schedule {
    int WARM_UP_STEPS = 50;
    double FLOOR = 0.05;

    /** Share of the run that is done, from 0 to 1; at 1 it ends. */
    double progress(int step, Duration elapsed);

    /** Ends after a number of steps: the same seed gives the same model. */
    record Steps(int count) implements Schedule {
        @Override
        public double progress(int step, Duration elapsed) {
            return Math.min(1, (double) step / count);
        }
    }

    /** Ends after a span of time, counted over all runs that resumed one another. */
    record Time(Duration span) implements Schedule {
        @Override
        public double progress(int step, Duration elapsed) {
            return Math.min(1, (double) elapsed.toNanos() / span.toNanos());
        }
    }

    /** The factor on the peak learning rate, from 0 to 1. */
    default double factor(int step, Duration elapsed) {
        double warm = Math.min(1, (step + 1.0) / WARM_UP_STEPS);
        double cosine = 0.5 * (1 + Math.cos(Math.PI * progress(step, elapsed)));
        return warm * (FLOOR + (1 - FLOOR) * cosine);
    }
}
