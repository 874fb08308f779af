package pantheon.night.report;

import java.util.List;
import pantheon.night.review.Reviews;

/**
 * All that a report is made of.
 *
 * @param nights the last nights, oldest first, this one included
 * @param broken earlier journals that cannot be read, each with what is wrong
 */
record ReportSource(NightRecord night, List<NightTrend> nights, List<String> broken, Reviews reviews, Places places) {
    ReportSource {
        nights = List.copyOf(nights);
        broken = List.copyOf(broken);
    }
}
