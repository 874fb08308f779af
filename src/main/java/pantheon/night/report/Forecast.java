package pantheon.night.report;

import pantheon.night.report.page.Block.Figure;
import pantheon.night.report.page.Tone;

/** What was expected of the night, beside what came of it. */
final class Forecast {
    private final NightRecord night;

    private Forecast(NightRecord night) {
        this.night = night;
    }

    static Forecast of(NightRecord night) {
        return new Forecast(night);
    }

    Figure figure() {
        if (night.forecast().isEmpty()) {
            return new Figure(
                    Tone.PLAIN, Amount.time(night.elapsed()), "from begin to end", "no forecast was made before it");
        }
        return new Figure(Tone.PLAIN, Amount.time(night.elapsed()), "from begin to end", "a forecast was made");
    }
}
