package pantheon.night.report.section;

import java.util.List;
import pantheon.night.calibration.EveryChoice;
import pantheon.night.report.record.NightRecord;
import pantheon.night.report.record.NightTrend;
import pantheon.night.report.record.UnmergedNight;
import pantheon.night.review.Reviews;

/**
 * All that a report is made of.
 *
 * @param nights the last nights, oldest first, this one included
 * @param broken earlier journals that cannot be read, each with what is wrong
 * @param choices how sure models were in those nights, and how often they were right
 * @param unmerged those of the nights with work on no branch but their own
 */
public record ReportSource(
        NightRecord night,
        List<NightTrend> nights,
        List<String> broken,
        Reviews reviews,
        EveryChoice choices,
        List<UnmergedNight> unmerged,
        Places places) {
    public ReportSource {
        nights = List.copyOf(nights);
        broken = List.copyOf(broken);
        unmerged = List.copyOf(unmerged);
    }

    /** The same, where it is known what is not merged. */
    public ReportSource with(List<UnmergedNight> known) {
        return new ReportSource(night, nights, broken, reviews, choices, known, places);
    }
}
