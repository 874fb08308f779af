package pantheon.night.sizing.past;

import java.util.List;

/**
 * By how much whole nights differ from what their tasks explain: on the logarithm of a night's length, Student's t about
 * a shift.
 *
 * <p>A night's machine may be busy, its documents longer, its rates on the move. Learned from the errors of earlier
 * forecasts, so bands that were too narrow become wider, and forecasts that were too short longer.
 *
 * @param shift the mean error that is corrected
 * @param deviation of one night
 * @param degreesOfFreedom how much is known of the deviation
 */
public record NightSpread(double shift, double deviation, double degreesOfFreedom) {
    /** What is held of nights before any was seen, and what that counts in nights. */
    private static final double PRIOR_DEVIATION = 0.02;

    private static final double PRIOR_NIGHTS = 2;
    private static final double SHIFT_HALF_LIFE = 3;
    private static final double DEVIATION_HALF_LIFE = 21;
    /** The nights' own weight against a shift of zero. */
    private static final double SHIFT_PRIOR_NIGHTS = 2;

    /** Nights that are what their tasks are, for arithmetic that has an exact answer. */
    public static final NightSpread NONE = new NightSpread(0, 0, 1);

    /**
     * Learns from errors.
     *
     * @param errors of earlier forecasts, oldest first
     */
    static NightSpread of(List<ForecastError> errors) {
        double squares = PRIOR_NIGHTS * PRIOR_DEVIATION * PRIOR_DEVIATION;
        double weights = PRIOR_NIGHTS;
        double whole = squares;
        for (int i = 0; i < errors.size(); i++) {
            var error = errors.get(i);
            double weight = Math.pow(0.5, (errors.size() - 1 - i) / DEVIATION_HALF_LIFE);
            squares += weight * (error.error() * error.error() - error.within() * error.within());
            whole += weight * error.error() * error.error();
            weights += weight;
        }
        double halfStandardError = whole / weights * Math.sqrt(2 / weights) / 2;
        double variance = Math.max(0, squares / weights) + (errors.isEmpty() ? 0 : halfStandardError);
        return new NightSpread(shift(errors), Math.sqrt(variance), weights);
    }

    private static double shift(List<ForecastError> errors) {
        double shift = 0;
        double weights = SHIFT_PRIOR_NIGHTS;
        for (int i = 0; i < errors.size(); i++) {
            var error = errors.get(i);
            double weight = Math.pow(0.5, (errors.size() - 1 - i) / SHIFT_HALF_LIFE);
            shift += weight * (error.error() + error.shift());
            weights += weight;
        }
        return shift / weights;
    }

    /**
     * How wrong a forecast was, on the logarithm.
     *
     * @param error ln of what came over the forecast's median
     * @param shift the shift that the forecast was made with
     * @param within the deviation that its tasks alone explained
     */
    record ForecastError(double error, double shift, double within) {}
}
