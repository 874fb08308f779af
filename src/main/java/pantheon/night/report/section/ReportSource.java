package pantheon.night.report.section;

import java.util.List;
import pantheon.night.calibration.EveryChoice;
import pantheon.night.report.record.NightRecord;
import pantheon.night.report.record.NightTrend;
import pantheon.night.review.Reviews;

/**
 * All that a report is made of.
 *
 * @param nights the last nights, oldest first, this one included
 * @param broken earlier journals that cannot be read, each with what is wrong
 * @param choices how sure models were in those nights, and how often they were right
 */
public record ReportSource(
        NightRecord night,
        List<NightTrend> nights,
        List<String> broken,
        Reviews reviews,
        EveryChoice choices,
        Places places) {
    public ReportSource {
        nights = List.copyOf(nights);
        broken = List.copyOf(broken);
    }
}
