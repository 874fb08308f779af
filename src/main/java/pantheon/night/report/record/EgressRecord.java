package pantheon.night.report.record;

import java.time.Instant;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * The evidence that no network can be reached, as it was found at one moment of the night.
 *
 * @param moment {@code start}, {@code resume} or {@code command_tool}
 * @param evidence empty where nothing had changed since the start
 */
public record EgressRecord(Instant time, String moment, List<Item> evidence) {
    /** One thing that was tried. */
    public record Item(String check, String expected, String found, boolean holds, boolean required) {}

    /** Whether everything holds that has to. */
    public boolean holds() {
        return evidence.stream().allMatch(item -> item.holds() || !item.required());
    }

    static EgressRecord of(Instant time, JsonNode data) {
        var items = data.path("night.evidence")
                .valueStream()
                .map(item -> new Item(
                        item.get("check").stringValue(),
                        item.get("expected").stringValue(),
                        item.get("found").stringValue(),
                        item.get("holds").booleanValue(),
                        item.get("required").booleanValue()))
                .toList();
        return new EgressRecord(time, data.get("night.moment").stringValue(), items);
    }
}
