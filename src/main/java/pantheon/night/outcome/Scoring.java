package pantheon.night.outcome;

/** By what a model chooses among values that it is offered, and how likely it is said to find its choice. */
public enum Scoring {
    /** Token by token, the likeliest of those that can go on to a value. */
    PATH,
    /** By each value as a whole: how likely it is behind the prompt. */
    WHOLE,
    /** By what the tools' results add to that: how likely each value is behind the prompt, against behind one without them. */
    GAIN
}
