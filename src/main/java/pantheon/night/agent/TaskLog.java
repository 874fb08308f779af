package pantheon.night.agent;

import java.time.Duration;
import java.util.List;
import pantheon.night.acceptance.CheckResult;
import pantheon.night.agent.choice.Chosen;
import pantheon.night.engine.Generation;
import pantheon.night.tool.ToolResult;
import tools.jackson.databind.node.ObjectNode;

/** Where the loop writes each of its steps, before it takes the next. */
public interface TaskLog {
    /**
     * The model has answered.
     *
     * @param chosen what the arguments that the agent limits were limited to in this turn, and what became of it
     */
    void generated(int step, String prompt, Generation generation, List<Chosen> chosen);

    void rejected(int step, int failures, Reply.OffSchema reply);

    /** A call is about to run with these arguments, bound ones included. */
    void called(int step, String callId, String tool, ObjectNode arguments);

    void returned(String callId, String tool, ToolResult result, Duration elapsed);

    void checked(CheckResult result, Duration elapsed);
}
