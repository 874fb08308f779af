package pantheon.night.tool;

/** Where the values come from that an argument is limited to. */
public sealed interface Choice {
    /** The strings that a field of the task's input lists. */
    record FromInput(String field) implements Choice {}

    /** What a tool has returned in the same task so far. */
    record FromResults(String tool, ResultPointer at) implements Choice {}
}
