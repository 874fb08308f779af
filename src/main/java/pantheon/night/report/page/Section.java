package pantheon.night.report.page;

import java.util.List;

/**
 * A part of a page under its own heading.
 *
 * @param id the anchor, letters and hyphens
 */
public record Section(String id, String title, List<Block> blocks) {
    public Section {
        blocks = List.copyOf(blocks);
    }
}
