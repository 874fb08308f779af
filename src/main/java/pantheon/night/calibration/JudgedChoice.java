package pantheon.night.calibration;

/**
 * A choice of a task of which it is known whether it was right.
 *
 * @param likelihood how likely the model found it: 0 to 1
 */
public record JudgedChoice(double likelihood, boolean isRight) {
    public JudgedChoice {
        if (!(likelihood >= 0 && likelihood <= 1)) {
            throw new IllegalArgumentException("likelihood is " + likelihood + "; expected 0 to 1");
        }
    }
}
