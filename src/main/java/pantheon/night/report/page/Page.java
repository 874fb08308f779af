package pantheon.night.report.page;

import java.time.ZoneId;
import java.util.List;

/**
 * A page.
 *
 * @param subtitle one line under the title
 * @param footer one line at the end
 * @param zone of the charts' times
 */
public record Page(String title, String subtitle, List<Section> sections, String footer, ZoneId zone) {
    public Page {
        sections = List.copyOf(sections);
    }
}
