package pantheon.night.agent;

import java.time.Duration;
import java.util.List;
import pantheon.night.Contained;
import pantheon.night.acceptance.CheckResult;
import pantheon.night.engine.Generation;
import pantheon.night.prompt.Prompt;
import pantheon.night.tool.ToolResult;

/** What came of a {@link Wish}, with the state that it was wished in; only the loop looks into it. */
public sealed interface Answer {
    record Equipped(Contained.Outcome<Equipment> outcome) implements Answer {}

    record Generated(State.Prompting state, Prompt prompt, Generation generation) implements Answer {}

    /** The engine was lost before it had answered. */
    record Lost(State.Prompting state, String message) implements Answer {}

    /**
     * A call has ended.
     *
     * @param files the digest of the changes as the turn's last call left them; empty behind the calls before it
     * @param next what the next turn is held to, by all results so far
     */
    record Returned(State.Calling state, ToolResult result, Duration elapsed, String files, Hold next)
            implements Answer {}

    record Checked(State.Accepting state, List<Looked> checks) implements Answer {
        public Checked {
            checks = List.copyOf(checks);
        }
    }

    /** What one check found, and how long it took. */
    record Looked(CheckResult result, Duration elapsed) {}
}
