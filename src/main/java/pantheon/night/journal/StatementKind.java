package pantheon.night.journal;

/** What a signed statement can be over. */
public enum StatementKind {
    /** One task, and its artifacts. */
    TASK,
    /** The whole night. */
    NIGHT,
    /** What a person decided of a task. */
    DECISION
}
