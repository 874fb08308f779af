package pantheon.night.calibration;

import java.util.Collection;
import pantheon.night.sizing.math.Band;

/**
 * How many choices of some were wrong.
 *
 * @param choices 0 or more
 * @param wrong of them
 */
public record Share(int choices, int wrong) {
    static Share of(Collection<JudgedChoice> choices) {
        return new Share(choices.size(), (int)
                choices.stream().filter(choice -> !choice.isRight()).count());
    }

    /** The part that was wrong: 0 to 1, 0 where there are none. */
    public double error() {
        return choices == 0 ? 0 : (double) wrong / choices;
    }

    /** Wilson's 95 % interval of it. */
    public Band band() {
        return Band.wilson(wrong, choices);
    }
}
