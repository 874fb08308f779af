package pantheon.night.report.record;

import java.time.Instant;
import java.util.List;
import pantheon.night.journal.NightEvent.EgressProven;
import pantheon.night.journal.NightEvent.Evidence;
import pantheon.night.journal.NightEvent.Moment;

/** The evidence that no network can be reached, as it was found at one moment of the night. */
public record EgressRecord(Instant time, EgressProven proven) {
    /** Why it was made. */
    public Moment moment() {
        return proven.moment();
    }

    /** Empty where nothing had changed since the start. */
    public List<Evidence> evidence() {
        return proven.evidence();
    }

    /** Whether everything holds that has to. */
    public boolean holds() {
        return evidence().stream().allMatch(item -> item.holds() || !item.required());
    }
}
