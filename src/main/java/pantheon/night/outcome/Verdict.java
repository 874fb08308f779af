package pantheon.night.outcome;

import java.util.Locale;

/** What a person decides of a task in the morning; in the journal of decisions in lower case. */
public enum Verdict {
    /** The task's commit may be merged. */
    ACCEPTED("accepted"),
    /** The task's work is not wanted; nothing of it is merged or learned from. */
    REJECTED("rejected"),
    /** Not decided yet, and looked at. */
    LATER("left for later"),
    /** The task was queued again, under another id. */
    REDONE("queued again");

    private final String words;

    Verdict(String words) {
        this.words = words;
    }

    /** For people: {@code left for later}. */
    public String words() {
        return words;
    }

    /** The verdict as the journal writes it, for example {@code accepted}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether nobody needs to look at the task any more. */
    public boolean isFinal() {
        return this != LATER;
    }
}
